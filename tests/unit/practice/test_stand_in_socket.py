"""The stand-in for programs of their own, behind a UNIX socket."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.practice.stand_in import StandIn
from tests.lab.rpc import RpcClient, SocketEndpoint


def test_a_program_of_its_own_can_send_and_receive_over_a_socket(tmp_path: Path):
    async def conversation() -> str | None:
        world = StandIn(SystemClock())
        ana = await world.add_phone("Ana")
        server = await world.serve(tmp_path / "signal-cli")
        try:
            async with RpcClient.connect(SocketEndpoint(server.path)) as client:
                await client.call("subscribeReceive")
                await ana.send("hello")
                await client.next_text("hello")
                await client.call("send", recipient=ana.aci, message="hello Ana")
                return (await ana.next_message()).body
        finally:
            await server.close()

    assert asyncio.run(conversation()) == "hello Ana"


def test_the_socket_tells_when_signal_cli_dies_and_works_again_after(tmp_path: Path):
    async def life_and_death() -> object:
        world = StandIn(SystemClock())
        server = await world.serve(tmp_path / "signal-cli")
        endpoint = SocketEndpoint(server.path)
        try:
            async with RpcClient.connect(endpoint) as client:
                world.faults.die_at_call("version")
                with pytest.raises(ConnectionError):
                    await client.call("version")
            connection = await endpoint.connect()
            assert await connection.read_line() == b""
            await connection.close()
            await world.start_signal_cli()
            async with RpcClient.connect(endpoint) as client:
                return await client.call("version")
        finally:
            await server.close()

    assert asyncio.run(life_and_death()) == {"version": "0.13.19"}
    assert not (tmp_path / "signal-cli").exists()
