"""Sends that fail, in part or altogether."""

import base64

import pytest

from tests.contract.steps import bot_message, make_group, no_network, says_hello, send, success, types, uuids
from tests.contract.world import World
from tests.lab.rpc import RpcClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOBODY = "00000000-0000-4000-8000-000000000000"
FAILED = "Failed to send message"


async def test_the_only_recipient_is_gone(rpc, ana):
    await says_hello(rpc, ana)
    await ana.unregister()
    error = await rpc.refused("send", recipient=[ana.aci], message="hello?")
    assert (error.code, error.message) == (-1, FAILED)
    assert types(error.results) == {ana.aci: "UNREGISTERED_FAILURE"}
    assert set(error.data["response"]) == {"timestamp", "results"}


async def test_an_account_that_never_was(rpc: RpcClient):
    error = await rpc.refused("send", recipient=[NOBODY], message="hello?")
    assert (error.code, error.message) == (-1, FAILED)
    assert types(error.results) == {NOBODY: "UNREGISTERED_FAILURE"}


async def test_one_of_several_recipients_is_gone(rpc, ana, bo):
    await says_hello(rpc, ana, bo)
    await bo.unregister()
    sent = await rpc.call("send", recipient=[ana.aci, bo.aci], message="to both")
    assert types(sent["results"]) == {ana.aci: "SUCCESS", bo.aci: "UNREGISTERED_FAILURE"}
    await bot_message(ana, "to both")


async def test_one_member_of_a_group_is_gone(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    await bo.unregister()
    sent = await rpc.call("send", groupId=group, message="to both")
    assert types(sent["results"]) == {ana.aci: "SUCCESS", bo.aci: "UNREGISTERED_FAILURE"}
    await bot_message(ana, "to both")


async def test_who_comes_back_is_reached_again(rpc, ana):
    await says_hello(rpc, ana)
    await ana.unregister()
    await rpc.refused("send", recipient=[ana.aci], message="hello?")
    await ana.register()
    assert types((await send(rpc, ana, "welcome back"))["results"]) == success(ana)
    await bot_message(ana, "welcome back")


async def test_a_rate_limit_is_an_error_of_its_own(world: World, rpc, ana):
    await says_hello(rpc, ana)
    await world.rate_limit(ana.name, 429)
    error = await rpc.refused("send", recipient=[ana.aci], message="slow down")
    assert (error.code, error.message) == (-5, "Failed to send message due to rate limiting")
    (result,) = error.results
    assert result["type"] == "RATE_LIMIT_FAILURE"
    assert result.get("token") is None
    assert result.get("retryAfterSeconds") is None
    await world.clear_faults()
    assert types((await send(rpc, ana, "again"))["results"]) == success(ana)


async def test_a_proof_that_is_asked_for_comes_with_token_and_seconds(world: World, rpc, ana):
    await says_hello(rpc, ana)
    await world.rate_limit(ana.name, 428, retry_after=7)
    error = await rpc.refused("send", recipient=[ana.aci], message="are you human?")
    assert error.code == -5
    (result,) = error.results
    assert result["type"] == "RATE_LIMIT_FAILURE"
    assert result["retryAfterSeconds"] == 7
    assert isinstance(result["token"], str)
    assert result["token"]


async def test_a_rate_limit_for_one_of_several_is_a_result(world: World, rpc, ana, bo):
    await says_hello(rpc, ana, bo)
    await world.rate_limit(bo.name, 429)
    sent = await rpc.call("send", recipient=[ana.aci, bo.aci], message="to both")
    assert types(sent["results"]) == {ana.aci: "SUCCESS", bo.aci: "RATE_LIMIT_FAILURE"}


async def test_a_rate_limit_ends_after_the_given_number_of_times(world: World, rpc, ana):
    await world.rate_limit(ana.name, 429, times=1)
    await rpc.refused("send", recipient=[ana.aci], message="first")
    assert types((await send(rpc, ana, "second"))["results"]) == success(ana)


async def test_a_rate_limit_for_one_member_of_a_group_is_a_result(world: World, rpc, ana, bo, cy):
    group = await make_group(rpc, ana, bo, cy)
    await world.rate_limit(ana.name, 429, groups=True)
    sent = await rpc.call("send", groupId=group, message="all three")
    assert types(sent["results"]) == success(bo, cy) | {ana.aci: "RATE_LIMIT_FAILURE"}
    await bot_message(bo, "all three")


async def test_a_rate_limit_for_the_only_other_member_is_an_error_of_its_own(world: World, rpc, ana):
    group = await make_group(rpc, ana)
    await world.rate_limit(ana.name, 429)
    error = await rpc.refused("send", groupId=group, message="slow down")
    assert error.code == -5
    assert types(error.results) == {ana.aci: "RATE_LIMIT_FAILURE"}


@pytest.mark.parametrize("status", [429, 428, 413, 500, 503, 403, 508])
async def test_a_group_message_that_the_server_refuses_as_a_whole_has_no_results(world: World, rpc, ana, bo, status):
    group = await make_group(rpc, ana, bo)
    await world.fault("^/v1/messages/multi_recipient", status, times=None)
    error = await rpc.refused("send", groupId=group, message="slow down")
    assert error.code == -32603
    assert error.message.startswith("Failed to send message:")
    assert error.message.endswith("(UnexpectedErrorException)")
    assert error.data is None


@pytest.mark.parametrize("status", [500, 503, 403])
async def test_a_direct_message_that_the_server_refuses_is_a_network_failure(world: World, rpc, ana, status):
    await says_hello(rpc, ana)
    await world.fault("^/v1/messages/", status, times=None)
    error = await rpc.refused("send", recipient=[ana.aci], message="hello?")
    assert (error.code, error.message) == (-1, FAILED)
    assert types(error.results) == {ana.aci: "NETWORK_FAILURE"}


async def test_without_network_a_direct_message_fails_at_once(world: World, rpc, ana):
    await says_hello(rpc, ana)
    async with no_network(world, rpc):
        error = await rpc.refused("send", recipient=[ana.aci], message="anybody?")
    assert (error.code, error.message) == (-1, FAILED)
    assert types(error.results) == {ana.aci: "NETWORK_FAILURE"}


async def test_without_network_a_group_message_fails_without_results(world: World, rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    async with no_network(world, rpc):
        error = await rpc.refused("send", groupId=group, message="anybody?")
        change = await rpc.refused("updateGroup", groupId=group, name="Renamed")
    assert (error.code, error.data) == (-32603, None)
    assert (change.code, change.data) == (-32603, None)


async def test_without_network_a_dead_group_of_the_old_kind_is_made(world: World, rpc, ana):
    """It answers sends with success and reaches nobody: its id is shorter (16 bytes; a group of today has 32)."""
    await says_hello(rpc, ana)
    name = f"Nowhere of {ana.name}"
    async with no_network(world, rpc):
        error = await rpc.refused("updateGroup", name=name, member=[ana.aci])
    assert (error.code, error.data) == (-32603, None)
    (dead,) = [group for group in await rpc.call("listGroups") if group["name"] == name]
    assert len(base64.b64decode(dead["id"])) == 16
    assert dead["isMember"] is True
    assert dead["admins"] == []
    assert uuids(dead["members"]) == {ana.aci, world.account_aci}
    await rpc.call("quitGroup", groupId=dead["id"])
    assert await rpc.call("quitGroup", groupId=dead["id"], delete=True) == {}
    assert name not in {group["name"] for group in await rpc.call("listGroups")}


async def test_a_failed_message_is_not_repeated_when_the_network_returns(world: World, rpc, ana):
    await says_hello(rpc, ana)
    async with no_network(world, rpc):
        await rpc.refused("send", recipient=[ana.aci], message="lost")
    assert types((await send(rpc, ana, "sent again by the bot"))["results"]) == success(ana)
    await bot_message(ana, "sent again by the bot")
    await ana.expect_none(lambda e: e.body == "lost", during=0.1)


async def test_without_network_listing_devices_fails_at_once_and_works_again_after(world: World, rpc):
    async with no_network(world, rpc):
        error = await rpc.refused("listDevices")
    assert error.code == -3
    assert error.message.startswith("Failed to get linked devices:")
    assert len(await rpc.call("listDevices")) == 2


async def test_what_needs_no_network_is_answered_without(world: World, rpc, ana):
    group = await make_group(rpc, ana)
    async with no_network(world, rpc):
        assert await rpc.call("version") == {"version": "0.13.19"}
        assert group in {listed["id"] for listed in await rpc.call("listGroups")}


async def test_messages_sent_while_the_network_was_down_arrive_after_it_returns(world: World, rpc, ana):
    await says_hello(rpc, ana)
    await world.network("down")
    for text in ("first", "second"):
        await ana.send(text)
    await world.network("up")
    received = [await rpc.next_envelope(lambda e: e["sourceUuid"] == ana.aci, timeout=30) for _ in range(2)]
    received.sort(key=lambda envelope: envelope["serverReceivedTimestamp"])
    assert [envelope["dataMessage"]["message"] for envelope in received] == ["first", "second"]
