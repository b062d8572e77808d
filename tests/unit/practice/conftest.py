"""These tests run on virtual time: none of them waits."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import VirtualClock, VirtualTimeLoop
from tests.lab.rpc import RpcClient


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualTimeLoop]]:
    return {"virtual": VirtualTimeLoop}


@pytest_asyncio.fixture
async def clock() -> VirtualClock:
    return VirtualClock(asyncio.get_running_loop())


@pytest.fixture
def world(clock: VirtualClock) -> StandIn:
    return StandIn(clock)


@pytest_asyncio.fixture
async def rpc(world: StandIn) -> AsyncIterator[RpcClient]:
    """A connection that is subscribed."""
    async with RpcClient.connect(world) as client:
        await client.call("subscribeReceive")
        yield client


@pytest_asyncio.fixture
async def ana(world: StandIn) -> StandInPhone:
    return await world.add_phone("Ana")


@pytest_asyncio.fixture
async def bo(world: StandIn) -> StandInPhone:
    return await world.add_phone("Bo")


@pytest_asyncio.fixture
async def cy(world: StandIn) -> StandInPhone:
    return await world.add_phone("Cy")
