"""The two worlds of the contract suite: the stand-in, and the real signal-cli in the lab."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from bot.practice.stand_in import StandIn
from bot.transport.signal_cli import SignalCli
from tests.contract.client_steps import Inbox, client_over
from tests.contract.steps import somebody
from tests.contract.world import Person, World
from tests.lab.rpc import RpcClient
from tests.lab.signal_lab import SignalLab

_WORLDS = ["stand_in", pytest.param("signal_cli", marks=pytest.mark.lab)]


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=_WORLDS)
async def kept_world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """One world for the whole suite; starting the real one takes six seconds."""
    if request.param == "stand_in":
        yield StandIn()
    else:
        async with SignalLab.start() as lab:
            yield lab


class Anchor:
    """A subscriber that stays from test to test.

    When the last one leaves and another comes within a third of a second, signal-cli goes on receiving with a
    thread too many: order is lost, and later messages are given to nobody (tests/lab/README.md has more).
    """

    def __init__(self) -> None:
        self._client: RpcClient | None = None

    async def hold(self, world: World) -> None:
        """Be subscribed, also to a signal-cli that was started anew."""
        if self._client is None or not self._client.is_open:
            await self.let_go()
            self._client = RpcClient(await world.endpoint().connect())
            await self._client.call("subscribeReceive")

    @asynccontextmanager
    async def beside(self, world: World) -> AsyncIterator[RpcClient]:
        """A subscriber to a signal-cli that has none yet; when it leaves, the anchor is there."""
        async with RpcClient.connect(world.endpoint()) as client:
            await client.call("subscribeReceive")
            yield client
            await self.hold(world)

    async def let_go(self) -> None:
        if self._client is not None:
            await self._client.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def anchor(kept_world: World) -> AsyncIterator[Anchor]:
    held = Anchor()
    yield held
    await held.let_go()


@pytest_asyncio.fixture(loop_scope="session")
async def world(kept_world: World, anchor: Anchor) -> AsyncIterator[World]:
    """A world without faults; what a test broke is mended."""
    await anchor.hold(kept_world)
    yield kept_world
    await kept_world.clear_faults()
    await kept_world.network("up")


@pytest_asyncio.fixture(loop_scope="session")
async def rpc(world: World) -> AsyncIterator[RpcClient]:
    """A connection that is subscribed."""
    async with RpcClient.connect(world.endpoint()) as client:
        await client.call("subscribeReceive")
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def ana(world: World) -> Person:
    return await somebody(world, "ana")


@pytest_asyncio.fixture(loop_scope="session")
async def bo(world: World) -> Person:
    return await somebody(world, "bo")


@pytest_asyncio.fixture(loop_scope="session")
async def cy(world: World) -> Person:
    return await somebody(world, "cy")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest_asyncio.fixture(loop_scope="session")
async def client(world: World, inbox: Inbox) -> AsyncIterator[SignalCli]:
    async with client_over(world, inbox) as started:
        yield started
