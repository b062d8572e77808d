"""Groups that people make and change, as the bot sees them."""

import pytest

from tests.contract.steps import (
    bot_message,
    group_as_listed,
    make_group,
    says_hello,
    success,
    types,
    uuids,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


def is_update(group: str):
    return lambda e: (
        (e.get("dataMessage") or {}).get("groupInfo", {}).get("groupId") == group
        and e["dataMessage"]["groupInfo"]["type"] == "UPDATE"
    )


async def test_a_member_who_leaves_is_an_update_and_is_left_out(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    await bo.leave_group(group)
    envelope = await rpc.next_envelope(is_update(group))
    assert envelope["sourceUuid"] == bo.aci
    assert envelope["dataMessage"]["message"] is None
    assert envelope["dataMessage"]["groupInfo"] == {
        "groupId": group,
        "groupName": "Timer",
        "revision": 1,
        "type": "UPDATE",
    }
    assert bo.aci not in uuids((await group_as_listed(rpc, group))["members"])
    sent = await rpc.call("send", groupId=group, message="still here?")
    assert types(sent["results"]) == success(ana)


async def test_a_renamed_group_is_an_update_with_the_new_name(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    await ana.change_group(group, title="Renamed by Ana")
    envelope = await rpc.next_envelope(is_update(group))
    assert envelope["sourceUuid"] == ana.aci
    assert envelope["dataMessage"]["groupInfo"]["groupName"] == "Renamed by Ana"
    assert envelope["dataMessage"]["groupInfo"]["revision"] == 1
    assert (await group_as_listed(rpc, group))["name"] == "Renamed by Ana"


async def test_a_changed_group_timer_is_an_update(rpc, ana):
    group = await make_group(rpc, ana)
    await ana.change_group(group, expiration=600)
    await rpc.next_envelope(is_update(group))
    assert (await group_as_listed(rpc, group))["messageExpirationTime"] == 600


async def test_after_a_member_adds_somebody_sends_fail_until_a_change_free_update(rpc, ana, bo, cy):
    group = await make_group(rpc, ana, bo)
    await says_hello(rpc, cy)
    await ana.change_group(group, add=[cy.name])
    await rpc.next_envelope(is_update(group))
    error = await rpc.refused("send", groupId=group, message="perhaps sent")
    assert error.code == -32603
    assert error.message == "Failed requirement. (IllegalArgumentException)"
    assert error.data is None
    for person in (ana, bo):
        await bot_message(person, "perhaps sent")
    assert await rpc.call("updateGroup", groupId=group) == {}
    sent = await rpc.call("send", groupId=group, message="to all")
    assert types(sent["results"]) == success(ana, bo, cy)
    await bot_message(cy, "to all")
    await cy.expect_none(lambda e: e.body == "perhaps sent", during=0.1)


async def test_after_the_invited_accept_a_change_free_update_is_needed(rpc, ana, bo):
    await says_hello(rpc, ana)
    name = f"{ana.name} invites"
    await rpc.refused("updateGroup", name=name, member=[ana.aci, bo.aci])
    (group,) = [g["id"] for g in await rpc.call("listGroups") if g["name"] == name]
    await rpc.call("send", groupId=group, message="for members")
    await bot_message(ana, "for members")
    await bo.accept_invitation(group)
    await rpc.next_envelope(is_update(group))
    listed = await group_as_listed(rpc, group)
    assert listed["pendingMembers"] == []
    assert bo.aci in uuids(listed["members"])
    assert (await rpc.refused("send", groupId=group, message="too early")).code == -32603
    await rpc.call("updateGroup", groupId=group)
    sent = await rpc.call("send", groupId=group, message="welcome")
    assert types(sent["results"]) == success(ana, bo)


async def test_the_bot_is_put_into_a_group_and_out_of_it(rpc, ana, bo):
    await says_hello(rpc, ana, bo)
    group = (await ana.create_group("Made by Ana", ["bot", bo.name]))["group_id"]
    envelope = await rpc.next_envelope(
        lambda e: (e.get("dataMessage") or {}).get("groupInfo", {}).get("groupId") == group
    )
    assert envelope["dataMessage"]["message"] is None
    assert envelope["dataMessage"]["groupInfo"]["type"] == "DELIVER"
    listed = await group_as_listed(rpc, group)
    assert (listed["name"], listed["isMember"]) == ("Made by Ana", True)
    await ana.change_group(group, remove=["bot"])
    await rpc.next_envelope(is_update(group))
    assert (await group_as_listed(rpc, group))["isMember"] is False
    error = await rpc.refused("send", groupId=group, message="hello?")
    assert (error.code, error.message) == (-1, f"User is not a member in group: Made by Ana ({group})")
