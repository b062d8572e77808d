"""Groups: their rules, and what signal-cli makes of them."""

import pytest

from bot.practice.stand_in import StandIn
from bot.practice.stand_in_groups import ADMINISTRATOR, DEFAULT, GroupChange, GroupRefusedError, GroupState
from bot.practice.stand_in_phone import StandInPhone
from tests.lab.rpc import RpcClient

GROUP = GroupState("id", "Timer", {"bot": ADMINISTRATOR, "ana": DEFAULT}, {"cy": DEFAULT})


def test_every_change_is_a_revision():
    after = GROUP.after(GroupChange(title="Other", expiration=60), "ana")
    assert (after.revision, after.title, after.expiration, GROUP.title) == (1, "Other", 60, "Timer")


@pytest.mark.parametrize(
    "change",
    [
        GroupChange(remove=("bot",)),
        GroupChange(promote=("ana",)),
        GroupChange(announcements_only=True),
        GroupChange(members_access=ADMINISTRATOR),
        GroupChange(attributes_access=ADMINISTRATOR),
    ],
)
def test_only_admins_may(change: GroupChange):
    with pytest.raises(GroupRefusedError):
        GROUP.after(change, "ana")
    assert GROUP.after(change, "bot").revision == 1


def test_what_is_reserved_for_admins_is_refused_to_others():
    reserved = GROUP.after(GroupChange(members_access=ADMINISTRATOR), "bot")
    reserved = reserved.after(GroupChange(attributes_access=ADMINISTRATOR), "bot")
    for change in (GroupChange(add=("bo",)), GroupChange(title="Mine"), GroupChange(expiration=1)):
        with pytest.raises(GroupRefusedError):
            reserved.after(change, "ana")


def test_everybody_may_leave():
    assert set(GROUP.after(GroupChange(remove=("ana",)), "ana").members) == {"bot"}


def test_who_is_not_in_the_group_changes_nothing():
    with pytest.raises(GroupRefusedError):
        GROUP.after(GroupChange(title="Mine"), "dee")


def test_only_who_is_invited_can_accept():
    state = GROUP.after(GroupChange(accept=("cy",)), "bot")
    assert ("cy" in state.members, state.pending) == (True, {})
    with pytest.raises(GroupRefusedError):
        GROUP.after(GroupChange(accept=("dee",)), "bot")


async def test_who_never_wrote_is_only_invited_and_the_group_exists_in_spite_of_the_error(
    world: StandIn, rpc: RpcClient, ana: StandInPhone, cy: StandInPhone
):
    await ana.send("hello")
    await rpc.next_text("hello")
    error = await rpc.refused("updateGroup", name="Timer", member=[ana.aci, cy.aci])
    assert (error.code, error.message) == (-32603, "Failed requirement. (IllegalArgumentException)")
    (group,) = await rpc.call("listGroups")
    view = await world.group(group["id"])
    assert [person["name"] for person in view["members"]] == ["bot", "Ana"]
    assert [person["name"] for person in view["pending"]] == ["Cy"]


async def test_somebody_added_by_a_buddy_breaks_sending_until_a_change_free_update(
    rpc: RpcClient, ana: StandInPhone, bo: StandInPhone, cy: StandInPhone
):
    for phone in (ana, bo):
        await phone.send("hello")
        await rpc.next_text("hello")
    group = (await rpc.call("updateGroup", name="Timer", member=[ana.aci, bo.aci]))["groupId"]
    await ana.change_group(group, add=["Cy"])
    await rpc.next_envelope(lambda e: e.get("dataMessage", {}).get("groupInfo", {}).get("type") == "UPDATE")
    assert (await rpc.refused("send", groupId=group, message="broken")).code == -32603
    assert (await bo.next_message()).body == "broken"
    await cy.expect_none(lambda e: e.kind == "text")
    assert await rpc.call("updateGroup", groupId=group) == {}
    await rpc.call("send", groupId=group, message="mended")
    assert (await cy.next_message()).body == "mended"


async def test_each_setting_of_one_call_is_a_revision_of_its_own(rpc: RpcClient, ana: StandInPhone):
    await ana.send("hello")
    await rpc.next_text("hello")
    made = await rpc.call(
        "updateGroup",
        name="At once",
        member=[ana.aci],
        description="words",
        expiration=3600,
        setPermissionAddMember="only-admins",
        setPermissionEditDetails="only-admins",
        setPermissionSendMessages="only-admins",
    )
    revisions = [(await ana.expect(lambda e: e.kind == "group_update")).data["group_revision"] for _ in range(6)]
    assert revisions == [0, 1, 2, 3, 4, 5]
    assert len(made["results"]) == 2
    (group,) = await rpc.call("listGroups", groupId=made["groupId"])
    assert (group["description"], group["messageExpirationTime"]) == ("words", 3600)
    assert {group[f"permission{name}"] for name in ("AddMember", "EditDetails", "SendMessage")} == {"ONLY_ADMINS"}


async def test_the_last_admin_cannot_leave_others_behind(rpc: RpcClient, ana: StandInPhone):
    await ana.send("hello")
    await rpc.next_text("hello")
    group = (await rpc.call("updateGroup", name="Timer", member=[ana.aci]))["groupId"]
    assert (await rpc.refused("quitGroup", groupId=group)).message.startswith("You need to specify a new admin")
    await rpc.call("quitGroup", groupId=group, admin=[ana.aci], delete=True)
    assert await rpc.call("listGroups") == []
