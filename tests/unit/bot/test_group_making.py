"""A pairing's group is made once, whatever happens in between, and ended once (DESIGN, section Signal)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, ToGroup
from bot.domain.person_settings import DEFAULT_LIFETIME
from bot.group_making import SETTING_TRIES, GroupMaking
from bot.parcels import Parcel
from bot.practice.virtual_time import VirtualClock
from bot.transport.errors import Refusal, SignalRefused, SignalTimeout
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, BOT, FakeCalls, group, parcel

CY = "cy-account"


@pytest.fixture
def calls() -> FakeCalls:
    return FakeCalls()


@pytest.fixture
def making(calls: FakeCalls, store: Store) -> GroupMaking:
    return GroupMaking(calls, store)


async def to_make(store: Store, clock: VirtualClock) -> Parcel:
    def queue(records: Records) -> tuple[str, str]:
        to = ToGroup(records.groups.add(clock.now()).id)
        outgoing = Outgoing(to, Priority.REST, Purpose.GROUP, Action.MAKE_GROUP)
        return to.group_id, records.outbox.add(outgoing, clock.now())

    group_id, row_id = await store.run(queue)
    given = parcel(ToGroup(group_id), action=Action.MAKE_GROUP, signal_group=None)
    return replace(given, row=replace(given.row, id=row_id))


async def signal_id(store: Store, of: Parcel) -> str | None:
    assert isinstance(of.row.to, ToGroup)
    group_id = of.row.to.group_id
    kept = await store.run(lambda records: records.groups.get(group_id))
    assert kept is not None
    return kept.signal_id


def created(calls: FakeCalls) -> int:
    return sum(call[0] == "create" for call in calls.calls)


async def begin_in_vain(making: GroupMaking, calls: FakeCalls, wanted: Parcel) -> None:
    """A first try; which groups are there after it is for the test to say."""
    calls.errors["create"] = [SignalTimeout()]
    with pytest.raises(SignalTimeout):
        await making.make(wanted)


async def test_a_group_is_made_with_its_members_only_and_then_set_up(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    wanted = await to_make(store, clock)
    await making.make(wanted)
    assert calls.calls == [
        ("groups",),
        ("create", ANA, BO),
        ("group", "group-0"),
        ("change", "group-0", "expiration", "only_admins"),
    ]
    assert await signal_id(store, wanted) == "group-0"
    assert DEFAULT_LIFETIME.total_seconds() == 4 * 3600


async def test_a_group_that_was_recorded_is_only_set_up(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("known", ANA, BO)]
    await making.make(parcel(ToGroup("g"), action=Action.MAKE_GROUP, signal_group="known"))
    assert calls.calls == [("group", "known"), ("change", "known", "expiration", "only_admins")]


async def test_its_messages_disappear_as_she_has_set_it(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("known", ANA, BO, expiration=8 * 3600)]
    wanted = parcel(ToGroup("g"), action=Action.SET_LIFETIME, lifetime=timedelta(hours=8))
    await making.set_lifetime(wanted, "known")
    assert calls.calls == [("group", "known")]
    await making.set_lifetime(parcel(ToGroup("g"), lifetime=timedelta(hours=1)), "known")
    assert calls.calls[1:] == [("group", "known"), ("change", "known", "expiration")]


async def test_a_group_that_is_as_it_should_be_is_left_alone(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("known", ANA, BO, expiration=4 * 3600, only_admins=True)]
    await making.make(parcel(ToGroup("g"), action=Action.MAKE_GROUP, signal_group="known"))
    assert calls.calls == [("group", "known")]


async def test_a_refusal_after_the_work_was_done_is_looked_through(making: GroupMaking, calls: FakeCalls) -> None:
    """signal-cli refuses what it has done where somebody is only invited; the group's first lines must not wait."""
    calls.known_groups = [group("known", ANA, BO)]
    calls.errors["change"] = [SignalRefused(-32603, Refusal.FAILED_REQUIREMENT)] * 9
    for tries in range(SETTING_TRIES):
        with pytest.raises(SignalRefused):
            await making.make(parcel(ToGroup("g"), action=Action.MAKE_GROUP, signal_group="known", attempts=tries))
    await making.make(parcel(ToGroup("g"), action=Action.MAKE_GROUP, signal_group="known", attempts=SETTING_TRIES))


@pytest.mark.parametrize("error", [SignalTimeout(), SignalRefused(-32603, Refusal.UNEXPECTED)])
async def test_a_group_made_by_a_try_that_was_cut_off_is_found_and_not_made_again(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock, error: SignalTimeout | SignalRefused
) -> None:
    wanted = await to_make(store, clock)
    calls.errors["create"] = [error]  # after it was carried out
    with pytest.raises(type(error)):
        await making.make(wanted)
    await making.make(wanted)
    assert created(calls) == 1
    assert await signal_id(store, wanted) == "group-0"


async def test_a_left_over_group_counts_although_somebody_in_it_is_only_invited(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    wanted = await to_make(store, clock)
    await begin_in_vain(making, calls, wanted)
    calls.known_groups = [group("left-over", ANA, pending=frozenset({BO}))]
    await making.make(wanted)
    assert created(calls) == 1
    assert await signal_id(store, wanted) == "left-over"


async def test_it_is_set_up_as_any_other_with_its_title(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    wanted = await to_make(store, clock)
    await begin_in_vain(making, calls, wanted)
    calls.known_groups = [group("left-over", ANA, BO, name="Night shift")]
    await making.make(wanted)
    assert calls.calls[-1] == ("change", "left-over", "name", "expiration", "only_admins")


@pytest.mark.parametrize("cut_off", [False, True])
async def test_a_group_that_was_there_before_is_not_taken_for_it(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock, cut_off: bool
) -> None:
    """Somebody may have prepared it with the same people, and left the bot alone to administer it."""
    wanted = await to_make(store, clock)
    calls.known_groups = [group("prepared", ANA, BO)]
    if cut_off:
        calls.errors["create"] = [SignalTimeout()]
        with pytest.raises(SignalTimeout):
            await making.make(wanted)
    await making.make(wanted)
    assert created(calls) == 1
    assert await signal_id(store, wanted) == "group-1"


async def test_nor_one_that_only_becomes_like_it_after_the_making_was_begun(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    wanted = await to_make(store, clock)
    calls.known_groups = [group("prepared", BO, admins=frozenset({BO}))]
    await begin_in_vain(making, calls, wanted)
    calls.known_groups = [group("prepared", ANA, BO)]
    await making.make(wanted)
    assert created(calls) == 2
    assert await signal_id(store, wanted) == "group-1"


@pytest.mark.parametrize(
    "other",
    [
        group("with somebody else", ANA, CY),
        group("with one more", ANA, BO, CY),
        group("left already", ANA, BO, is_member=False),
        group("somebody else's", ANA, BO, admins=frozenset({ANA})),
        group("with two admins", ANA, BO, admins=frozenset({ANA, BOT})),
        group("with a link that lets others in", ANA, BO, has_link=True),
    ],
    ids=lambda other: other.id,
)
async def test_no_other_group_is_taken_for_it(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock, other: object
) -> None:
    wanted = await to_make(store, clock)
    await begin_in_vain(making, calls, wanted)
    calls.known_groups = [other]  # type: ignore[list-item]
    await making.make(wanted)
    assert created(calls) == 2


async def test_the_group_of_another_pairing_of_the_same_two_is_not_taken_for_it(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    first, second = await to_make(store, clock), await to_make(store, clock)
    await making.make(first)
    await making.make(second)
    assert created(calls) == 2
    assert await signal_id(store, first) != await signal_id(store, second)


async def test_a_failed_setting_is_told_and_the_group_stays_recorded(
    making: GroupMaking, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    wanted = await to_make(store, clock)
    calls.errors["change"] = [SignalTimeout()]
    with pytest.raises(SignalTimeout):
        await making.make(wanted)
    assert await signal_id(store, wanted) == "group-0"


# --- mending


def to_mend(**fields: Any) -> Parcel:
    return parcel(ToGroup("g"), action=Action.MEND_GROUP, purpose=Purpose.MENDING, signal_group="g", **fields)


SET_UP = {"expiration": 3600, "only_admins": True}


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (SET_UP, ()),
        (SET_UP | {"name": "Bo + Ana"}, ()),
        (SET_UP | {"name": "Night shift"}, ("name",)),
        (SET_UP | {"members": frozenset({ANA, BO, CY, BOT})}, ("remove",)),
        (SET_UP | {"pending": frozenset({CY})}, ("remove",)),
        (SET_UP | {"members": frozenset({BOT})}, ()),
        ({"expiration": 3600}, ("expiration", "only_admins")),
        (SET_UP | {"expiration": 0}, ("expiration",)),
        (SET_UP | {"expiration": 8 * 86400}, ("expiration",)),
    ],
)
async def test_what_is_amiss_is_mended(
    making: GroupMaking, calls: FakeCalls, state: dict[str, Any], changes: tuple[str, ...]
) -> None:
    """How long messages stay only where nobody has set it, or somebody else."""
    calls.known_groups = [group("g", ANA, BO, **state)]
    await making.mend(to_mend(lifetime=timedelta(hours=4)), "g")
    assert calls.calls[1:] == ([("change", "g", *changes)] if changes else [])


async def test_while_a_line_about_a_timer_stands_there_only_what_protects(
    making: GroupMaking, calls: FakeCalls
) -> None:
    calls.known_groups = [group("g", ANA, BO, CY, name="Night shift")]
    await making.mend(to_mend(titles=(), lifetime=None), "g")
    assert calls.calls[1:] == [("change", "g", "only_admins", "remove")]


async def test_a_refusal_after_the_mending_was_done_is_looked_through(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("g", ANA, BO, name="Night shift", **SET_UP)]
    calls.errors["change"] = [SignalRefused(-32603, Refusal.FAILED_REQUIREMENT)]
    with pytest.raises(SignalRefused):
        await making.mend(to_mend(), "g")
    calls.errors["change"] = [SignalRefused(-32603, Refusal.FAILED_REQUIREMENT)]
    mended = [group("g", ANA, BO, **SET_UP)]
    calls.once_changed = mended
    await making.mend(to_mend(), "g")


# --- the end


async def test_ending_takes_everybody_out_and_leaves(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("g", ANA, BO)]
    await making.end("g")
    assert calls.calls == [("group", "g"), ("change", "g", "remove"), ("quit", "g")]


async def test_ending_a_group_that_was_left_already_is_no_error(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("g", is_member=False)]
    await making.end("g")
    assert calls.calls == [("group", "g")]


@pytest.mark.parametrize("reason", [Refusal.GROUP_NOT_FOUND, Refusal.NOT_A_MEMBER])
async def test_ending_a_group_that_is_gone_is_no_error(making: GroupMaking, calls: FakeCalls, reason: Refusal) -> None:
    calls.errors["group"] = [SignalRefused(-1, reason)]
    await making.end("g")


async def test_ending_that_fails_otherwise_is_told(making: GroupMaking, calls: FakeCalls) -> None:
    calls.errors["group"] = [SignalRefused(-1, Refusal.NOT_ACCEPTED)]
    with pytest.raises(SignalRefused):
        await making.end("g")


async def test_an_end_that_was_cut_off_goes_on_where_it_stopped(making: GroupMaking, calls: FakeCalls) -> None:
    calls.known_groups = [group("g")]  # all others are out already
    await making.end("g")
    assert calls.calls == [("group", "g"), ("quit", "g")]
