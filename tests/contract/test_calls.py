"""Calls that ask, and calls that are refused."""

import pytest

from tests.lab.rpc import RpcClient

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_version_is_told(rpc):
    assert await rpc.call("version") == {"version": "0.13.19"}


async def test_devices_are_listed_over_the_network(rpc):
    devices = await rpc.call("listDevices")
    assert [device["id"] for device in devices] == [1, 2]
    assert set(devices[0]) == {"id", "name", "createdTimestamp", "lastSeenTimestamp"}


async def test_the_account_is_listed(world, rpc):
    assert await rpc.call("listAccounts") == [{"number": world.account}]


async def test_an_unknown_method_is_refused(rpc: RpcClient):
    error = await rpc.refused("sendCarrierPigeon")
    assert (error.code, error.message) == (-32601, "Method not implemented")
    assert error.data is None


async def test_a_message_to_nobody_is_refused(rpc: RpcClient):
    error = await rpc.refused("send", message="hello?")
    assert (error.code, error.message, error.data) == (-1, "No recipients given", None)


async def test_an_empty_message_is_refused(rpc: RpcClient, ana):
    error = await rpc.refused("send", recipient=[ana.aci], message="")
    assert error.code == -1
    assert error.message.startswith("Sending empty message is not allowed")


async def test_what_is_not_json_is_refused_and_the_connection_goes_on(world):
    connection = await world.endpoint().connect()
    await connection.write_line(b"{not json")
    refused = await connection.read_line()
    assert b"-32700" in refused
    await connection.write_line(b'{"jsonrpc":"2.0","id":"1","method":"version"}')
    assert b"0.13.19" in await connection.read_line()
    await connection.close()
