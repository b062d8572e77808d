"""Groups that the bot makes, changes and dissolves."""

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
from tests.lab.rpc import RpcClient

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_people_who_have_written_become_members_at_once(rpc, ana, bo):
    await says_hello(rpc, ana, bo)
    made = await rpc.call("updateGroup", name="Timer", member=[ana.aci, bo.aci])
    assert set(made) == {"groupId", "results", "timestamp"}
    assert types(made["results"]) == success(ana, bo)
    assert "groupId" not in made["results"][0]
    for person in (ana, bo):
        update = await person.expect(lambda e: e.kind == "group_update")
        assert update.group_id == made["groupId"]


async def test_a_group_is_listed_with_members_admins_and_permissions(world, rpc, ana, bo):
    group = await make_group(rpc, ana, bo, name="Timer of Ana")
    listed = await group_as_listed(rpc, group)
    assert uuids(listed.pop("members")) == {ana.aci, bo.aci, world.account_aci}
    assert listed == {
        "id": group,
        "name": "Timer of Ana",
        "description": "",
        "isMember": True,
        "isBlocked": False,
        "messageExpirationTime": 0,
        "pendingMembers": [],
        "requestingMembers": [],
        "admins": [{"number": world.account, "uuid": world.account_aci}],
        "banned": [],
        "permissionAddMember": "EVERY_MEMBER",
        "permissionEditDetails": "EVERY_MEMBER",
        "permissionSendMessage": "EVERY_MEMBER",
        "groupInviteLink": None,
    }


async def test_one_group_can_be_asked_for(rpc, ana):
    group = await make_group(rpc, ana)
    (listed,) = await rpc.call("listGroups", groupId=[group])
    assert listed["id"] == group
    assert ana.aci in uuids(listed["members"])


async def test_who_never_wrote_is_only_invited_although_the_call_fails(rpc, ana, bo):
    await says_hello(rpc, ana)
    error = await rpc.refused("updateGroup", name="With a stranger", member=[ana.aci, bo.aci])
    assert error.code == -32603
    assert error.message.startswith("Failed requirement.")
    assert error.data is None
    (listed,) = [g for g in await rpc.call("listGroups") if bo.aci in uuids(g["pendingMembers"])]
    assert listed["name"] == "With a stranger"
    assert ana.aci in uuids(listed["members"])


async def test_the_invited_hear_nothing_until_they_accept(rpc, ana, bo):
    await says_hello(rpc, ana)
    await rpc.refused("updateGroup", name="Half a group", member=[ana.aci, bo.aci])
    (listed,) = [g for g in await rpc.call("listGroups") if bo.aci in uuids(g["pendingMembers"])]
    sent = await rpc.call("send", groupId=listed["id"], message="for members")
    assert types(sent["results"]) == success(ana)
    await bot_message(ana, "for members")
    await bo.expect_none(lambda e: e.body == "for members", during=0.2)


async def test_name_timer_and_permissions_are_set_in_one_call(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    done = await rpc.call(
        "updateGroup",
        groupId=group,
        name="Timer of Ana",
        expiration=86400,
        setPermissionAddMember="only-admins",
        setPermissionEditDetails="only-admins",
    )
    assert set(done) == {"results", "timestamp"}
    assert types(done["results"]) == success(ana, bo)
    listed = await group_as_listed(rpc, group)
    assert listed["name"] == "Timer of Ana"
    assert listed["messageExpirationTime"] == 86400
    assert listed["permissionAddMember"] == "ONLY_ADMINS"
    assert listed["permissionEditDetails"] == "ONLY_ADMINS"
    assert listed["permissionSendMessage"] == "EVERY_MEMBER"


async def test_messages_in_a_group_with_a_timer_disappear(rpc, ana):
    group = await make_group(rpc, ana)
    await rpc.call("updateGroup", groupId=group, expiration=3600)
    await rpc.call("send", groupId=group, message="gone in an hour")
    assert (await bot_message(ana, "gone in an hour")).data["expire_timer"] == 3600


async def test_a_change_free_update_is_harmless(rpc, ana):
    group = await make_group(rpc, ana)
    before = await group_as_listed(rpc, group)
    assert await rpc.call("updateGroup", groupId=group) == {}
    assert await group_as_listed(rpc, group) == before


async def test_a_member_can_be_added_later(rpc, ana, bo):
    group = await make_group(rpc, ana)
    await says_hello(rpc, bo)
    done = await rpc.call("updateGroup", groupId=group, member=[bo.aci])
    assert types(done["results"]) == success(ana, bo)
    assert bo.aci in uuids((await group_as_listed(rpc, group))["members"])
    sent = await rpc.call("send", groupId=group, message="welcome")
    assert types(sent["results"]) == success(ana, bo)
    await bot_message(bo, "welcome")


async def test_a_removed_member_gets_nothing_more_and_is_not_told(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    bo.forget()
    done = await rpc.call("updateGroup", groupId=group, removeMember=[bo.aci])
    assert types(done["results"]) == success(ana)
    assert bo.aci not in uuids((await group_as_listed(rpc, group))["members"])
    sent = await rpc.call("send", groupId=group, message="without Bo")
    assert types(sent["results"]) == success(ana)
    await bot_message(ana, "without Bo")
    await bo.expect_none(lambda e: e.event == "message", during=0.2)


async def test_an_unknown_group_is_refused(rpc: RpcClient):
    unknown = "A" * 43 + "="
    error = await rpc.refused("send", groupId=unknown, message="anybody?")
    assert (error.code, error.message, error.data) == (-1, f"Group not found: {unknown}", None)


async def test_a_malformed_group_id_is_refused(rpc: RpcClient):
    error = await rpc.refused("send", groupId="no group", message="anybody?")
    assert error.code == -1
    assert error.message.startswith("Invalid group id:")


async def test_the_last_admin_cannot_leave(rpc, ana):
    group = await make_group(rpc, ana)
    error = await rpc.refused("quitGroup", groupId=group)
    assert error.code == -1
    assert error.message.startswith("You need to specify a new admin with --admin:")
    assert (await group_as_listed(rpc, group))["isMember"] is True


async def test_a_group_is_dissolved_by_removing_everyone_and_leaving(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    done = await rpc.call("updateGroup", groupId=group, removeMember=[ana.aci, bo.aci])
    assert done["results"] == []
    left = await rpc.call("quitGroup", groupId=group)
    assert set(left) == {"timestamp", "results"}
    assert left["results"] == []
    listed = await group_as_listed(rpc, group)
    assert listed["isMember"] is False
    assert listed["members"] == listed["admins"] == []


async def test_a_group_that_was_left_can_be_forgotten(rpc, ana):
    group = await make_group(rpc, ana)
    await rpc.call("updateGroup", groupId=group, removeMember=[ana.aci])
    await rpc.call("quitGroup", groupId=group)
    assert await rpc.call("quitGroup", groupId=group, delete=True) == {}
    assert group not in {listed["id"] for listed in await rpc.call("listGroups")}


async def test_leaving_and_forgetting_is_one_call_when_nobody_else_is_left(rpc, ana):
    group = await make_group(rpc, ana)
    await rpc.call("updateGroup", groupId=group, removeMember=[ana.aci])
    left = await rpc.call("quitGroup", groupId=group, delete=True)
    assert left["results"] == []
    assert group not in {listed["id"] for listed in await rpc.call("listGroups")}


async def test_the_bot_cannot_write_into_a_group_it_has_left(rpc, ana):
    group = await make_group(rpc, ana, name="Over")
    await rpc.call("updateGroup", groupId=group, removeMember=[ana.aci])
    await rpc.call("quitGroup", groupId=group)
    error = await rpc.refused("send", groupId=group, message="hello?")
    assert error.code == -1
    assert error.message == f"User is not a member in group: Over ({group})"


async def test_the_bot_may_hand_the_group_over_and_leave(rpc, ana, bo):
    group = await make_group(rpc, ana, bo)
    left = await rpc.call("quitGroup", groupId=group, admin=[ana.aci])
    assert types(left["results"]) == success(ana, bo)
    assert (await group_as_listed(rpc, group))["isMember"] is False
