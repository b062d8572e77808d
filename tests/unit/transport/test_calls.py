"""What each call asks of signal-cli, and how its answer is read."""

import asyncio

import pytest

from bot.transport.accounts import OwnIdentity
from bot.transport.calls import Quote, SignalCalls, ToGroup, ToPerson
from bot.transport.errors import Refusal, SignalAnswerUnclear, SignalRefused, SignalTimeout, answer_from
from bot.transport.outcomes import FailureKind
from tests.unit.transport.fake_signal import ANA, BO, BOT, CY, GROUP, refused, result_for, sent

SENT = 1795406622204


class Desk:
    """Notes each call and answers as told."""

    def __init__(self):
        self.asked = []
        self.answers = {}

    async def __call__(self, method, params, timeout=None):
        self.asked.append((method, params))
        told = self.answers.get(method, {})
        return answer_from(told(params) if callable(told) else told)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def calls(desk):
    return SignalCalls(desk, None)


async def test_direct_message(desk, calls):
    desk.answers["send"] = sent(result_for(ANA))
    outcome = await calls.send_to_person(ANA, "hello", Quote(BO, SENT, "earlier"))
    quote = {"quoteAuthor": BO, "quoteTimestamp": SENT, "quoteMessage": "earlier"}
    assert desk.asked == [("send", {"recipient": [ANA], "message": "hello", **quote})]
    assert (outcome.reached, outcome.sent_ms) == ({ANA}, SENT)


async def test_group_message_is_compared_with_the_members_expected(desk, calls):
    desk.answers["send"] = sent(result_for(ANA))
    outcome = await calls.send_to_group(GROUP, "hello", {ANA, BO})
    assert desk.asked == [("send", {"groupId": GROUP, "message": "hello"})]
    assert outcome.failures[BO].kind is FailureKind.MISSING


async def test_late_answer_is_read_as_one_in_time_would_have_been():
    late = asyncio.get_running_loop().create_future()

    async def give_up(method, params, timeout=None):
        raise SignalTimeout(late)

    outcome = await SignalCalls(give_up, None).send_to_group(GROUP, "hello", {ANA, BO})
    assert outcome.unknown
    late.set_result(answer_from(sent(result_for(ANA))))
    told = await outcome.late()
    assert (told.reached, told.sent_ms, set(told.failures)) == ({ANA}, SENT, {BO})


async def test_reaction_in_a_group(desk, calls):
    await calls.react(ToGroup(GROUP), ANA, SENT, "\N{THUMBS UP SIGN}", remove=True)
    target = {"targetAuthor": ANA, "targetTimestamp": SENT}
    assert desk.asked == [("sendReaction", {"groupId": GROUP, **target, "emoji": "\N{THUMBS UP SIGN}", "remove": True})]


async def test_message_is_deleted_for_everyone(desk, calls):
    await calls.delete_for_everyone(ToPerson(ANA), SENT)
    assert desk.asked == [("remoteDelete", {"recipient": [ANA], "targetTimestamp": SENT})]


async def test_group_is_made_with_name_and_members_only(desk, calls):
    desk.answers["updateGroup"] = {"result": {"groupId": GROUP, "timestamp": SENT, "results": []}}
    assert await calls.create_group("Timer", {BO, ANA}) == GROUP
    assert desk.asked == [("updateGroup", {"name": "Timer", "member": [ANA, BO]})]


async def test_group_that_was_perhaps_made_is_said_to_be(desk, calls):
    desk.answers["updateGroup"] = refused(-32603, "Failed requirement. (IllegalArgumentException)")
    with pytest.raises(SignalRefused) as caught:
        await calls.create_group("Timer", {ANA})
    assert caught.value.perhaps_done
    desk.answers["updateGroup"] = {"result": {}}
    with pytest.raises(SignalAnswerUnclear) as unclear:
        await calls.create_group("Timer", {ANA})
    assert unclear.value.perhaps_done


async def test_each_change_of_a_group_is_a_call_of_its_own(desk, calls):
    await calls.change_group(GROUP, name="New", expiration=0, add=[BO], remove=[CY], only_admins=True)
    assert [params for _, params in desk.asked] == [
        {"groupId": GROUP, "name": "New"},
        {"groupId": GROUP, "expiration": 0},
        {"groupId": GROUP, "setPermissionAddMember": "only-admins"},
        {"groupId": GROUP, "setPermissionEditDetails": "only-admins"},
        {"groupId": GROUP, "member": [BO]},
        {"groupId": GROUP, "removeMember": [CY]},
    ]


async def test_change_that_is_refused_does_not_keep_the_others_back(desk, calls):
    desk.answers["updateGroup"] = lambda params: refused(-32603, "Failed requirement.") if "name" in params else {}
    with pytest.raises(SignalRefused):
        await calls.change_group(GROUP, name="New", expiration=60)
    assert len(desk.asked) == 2


async def test_repair_changes_nothing(desk, calls):
    await calls.repair_group(GROUP)
    assert desk.asked == [("updateGroup", {"groupId": GROUP})]


LISTED = {
    "id": GROUP,
    "name": "Shapes",
    "isMember": True,
    "messageExpirationTime": 3600,
    "members": [{"number": None, "uuid": ANA}, {"number": "+1", "uuid": BOT}, {"number": "+2"}, 5],
    "pendingMembers": [{"uuid": BO}],
    "admins": [{"uuid": BOT}],
    "permissionAddMember": "ONLY_ADMINS",
    "permissionEditDetails": "ONLY_ADMINS",
}


async def test_group_facts(desk, calls):
    desk.answers["listGroups"] = {"result": [{"id": 5}, "x", LISTED]}
    group = await calls.group(GROUP)
    assert desk.asked == [("listGroups", {"groupId": GROUP})]
    assert (group.id, group.name, group.expiration, group.is_member) == (GROUP, "Shapes", 3600, True)
    assert (group.members, group.pending, group.admins) == ({ANA, BOT}, {BO}, {BOT})
    assert group.only_admins
    assert [listed.id for listed in await calls.groups()] == [GROUP]


async def test_group_that_is_not_listed_is_not_found(desk, calls):
    desk.answers["listGroups"] = {"result": []}
    with pytest.raises(SignalRefused) as caught:
        await calls.group(GROUP)
    assert caught.value.reason is Refusal.GROUP_NOT_FOUND


async def test_timer_of_a_direct_chat_is_checked_when_a_linked_device_refuses_after_doing_it(desk, calls):
    desk.answers["updateContact"] = refused(-1, "This command doesn't work on linked devices.")
    desk.answers["listContacts"] = {"result": [{"uuid": ANA, "messageExpirationTime": 3600}]}
    await calls.set_expiration(ANA, 3600)
    with pytest.raises(SignalRefused):
        await calls.set_expiration(ANA, 60)


async def test_timer_of_a_direct_chat_is_not_set_again_where_it_is_so(desk, calls):
    desk.answers["listContacts"] = {"result": [{"uuid": ANA, "messageExpirationTime": 3600}]}
    await calls.set_expiration(ANA, 3600)
    assert [method for method, _ in desk.asked] == ["listContacts"]


async def test_own_account_is_found_without_the_network_by_its_own_safety_number(desk, calls):
    half, other = "27754 03911 42909 91948 10894 26552", "12345 03911 42909 91948 10894 26552"
    desk.answers["listIdentities"] = {
        "result": [
            {"uuid": ANA, "number": None, "fingerprint": "05 8f", "safetyNumber": f"{half} {other}"},
            {"uuid": BOT, "number": "+14155550100", "fingerprint": "05 39", "safetyNumber": f"{half} {half}"},
        ]
    }
    own = await calls.own_identity()
    assert own == OwnIdentity("+14155550100", BOT)
    identities = await calls.identities()
    assert [(identity.aci, identity.fingerprint) for identity in identities] == [(ANA, "05 8f"), (BOT, "05 39")]


async def test_own_account_that_cannot_be_found_is_unknown(desk, calls):
    desk.answers["listIdentities"] = {"result": [{"uuid": ANA, "safetyNumber": ""}, {"uuid": BO}, 5]}
    assert await calls.own_identity() == OwnIdentity(None, None)


async def test_probe_fails_when_the_network_does(desk, calls):
    await calls.probe()
    desk.answers["listDevices"] = refused(-3, "Failed to get linked devices: Closed unexpectedly")
    with pytest.raises(SignalRefused) as caught:
        await calls.probe()
    assert caught.value.reason is Refusal.NETWORK


async def test_quitting_a_group_forgets_it(desk, calls):
    await calls.quit_group(GROUP)
    assert desk.asked == [("quitGroup", {"groupId": GROUP, "delete": True})]
