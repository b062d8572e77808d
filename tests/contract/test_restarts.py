"""signal-cli ends and starts again; the bot comes and goes."""

import asyncio

import pytest

from tests.contract.steps import make_group, says_hello, send, success, types
from tests.contract.world import Person, World
from tests.lab.rpc import RpcClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXTS = [f"message {n}" for n in range(1, 6)]


async def texts_of(rpc: RpcClient, person: Person, count: int) -> list[str]:
    envelopes = [
        await rpc.next_envelope(lambda e: e["sourceUuid"] == person.aci and "dataMessage" in e) for _ in range(count)
    ]
    return [envelope["dataMessage"]["message"] for envelope in envelopes]


async def test_what_came_before_anybody_subscribed_is_delivered_in_order(world: World, anchor, ana: Person):
    # A new signal-cli, because one that a subscriber has just left may still take a message in, and lose it.
    await world.kill_signal_cli()
    await world.start_signal_cli()
    for text in TEXTS:
        await ana.send(text)
    async with anchor.beside(world) as rpc:
        assert await texts_of(rpc, ana, len(TEXTS)) == TEXTS


async def test_what_came_while_signal_cli_was_dead_is_delivered_in_order(world: World, anchor, ana: Person):
    async with anchor.beside(world) as rpc:
        await says_hello(rpc, ana)
    await world.kill_signal_cli()
    for text in TEXTS:
        await ana.send(text)
    await world.start_signal_cli()
    async with anchor.beside(world) as rpc:
        assert await texts_of(rpc, ana, len(TEXTS)) == TEXTS


async def test_a_connection_ends_when_signal_cli_is_killed(world: World):
    connection = await world.endpoint().connect()
    await world.kill_signal_cli()
    assert await connection.read_line() == b""
    await connection.close()
    with pytest.raises(OSError):
        await world.endpoint().connect()
    await world.start_signal_cli()


async def test_a_call_in_flight_ends_with_the_connection(world: World):
    async with RpcClient.connect(world.endpoint()) as rpc:
        await world.network("stall")
        waiting = asyncio.create_task(rpc.call("listDevices"))
        await rpc.call("version")
        await world.kill_signal_cli()
        with pytest.raises(ConnectionError):
            await waiting
    await world.network("up")
    await world.start_signal_cli()


async def test_groups_and_people_are_known_after_a_restart(world: World, anchor, ana: Person, bo: Person):
    async with anchor.beside(world) as rpc:
        group = await make_group(rpc, ana, bo)
    await world.kill_signal_cli()
    await world.start_signal_cli()
    async with anchor.beside(world) as rpc:
        assert group in {listed["id"] for listed in await rpc.call("listGroups")}
        assert types((await send(rpc, ana, "still here"))["results"]) == success(ana)
        sent = await rpc.call("send", groupId=group, message="still here")
        assert types(sent["results"]) == success(ana, bo)
