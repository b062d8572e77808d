"""After every change of a group it is looked at again (DESIGN, section Signal)."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.pairing import PairingState
from bot.group_care import AGAIN_AFTER, LOOKS_A_MINUTE, GroupCare
from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from bot.transport.errors import SignalTimeout, SignalUnavailable
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, FakeCalls, group


@pytest.fixture
def calls() -> FakeCalls:
    calls = FakeCalls()
    calls.known_groups = [group("g", ANA), group("h", ANA)]
    return calls


def make_known(records: Records, signal_id: str, now: datetime) -> None:
    records.groups.set_signal_id(records.groups.add(now).id, signal_id)


@pytest.fixture
async def care(calls: FakeCalls, store: Store, clock: VirtualClock) -> AsyncIterator[GroupCare]:
    for signal_id in ("g", "h"):
        await store.run(lambda records, made=signal_id: make_known(records, made, clock.now()))
    care = GroupCare(calls, store, clock, Log(clock, io.StringIO()))
    running = asyncio.ensure_future(care.run())
    yield care
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_changed_group_is_mended_and_read_again(care: GroupCare, calls: FakeCalls) -> None:
    care.changed("g")
    await asyncio.sleep(1)
    assert calls.calls == [("repair", "g"), ("group", "g")]


async def test_a_group_of_strangers_is_left_alone(care: GroupCare, calls: FakeCalls) -> None:
    """The call that mends would accept an invitation to it: they would see that somebody is there."""
    calls.known_groups = [*calls.known_groups, group("theirs", ANA)]
    care.changed("theirs")
    care.changed("g")
    await asyncio.sleep(1)
    assert calls.calls == [("repair", "g"), ("group", "g")]


async def test_many_reports_about_one_group_are_one_piece_of_work(care: GroupCare, calls: FakeCalls) -> None:
    for _ in range(50):
        care.changed("g")
    care.changed("h")
    await asyncio.sleep(1)
    assert sorted(call[1] for call in calls.calls if call[0] == "repair") == ["g", "h"]


@pytest.mark.parametrize("error", [SignalTimeout(), SignalUnavailable()])
async def test_a_group_that_cannot_be_mended_stops_nothing(
    care: GroupCare, calls: FakeCalls, error: SignalTimeout | SignalUnavailable
) -> None:
    calls.errors["repair"] = [error]
    care.changed("g")
    await asyncio.sleep(1)
    care.changed("h")
    await asyncio.sleep(AGAIN_AFTER)
    assert ("group", "h") in calls.calls


async def test_a_signal_cli_that_is_away_is_waited_for(care: GroupCare, calls: FakeCalls) -> None:
    calls.errors["repair"] = [SignalUnavailable(), SignalUnavailable()]
    care.changed("g")
    await asyncio.sleep(AGAIN_AFTER / 2)
    assert ("group", "g") not in calls.calls
    await asyncio.sleep(2 * AGAIN_AFTER)
    assert calls.calls[-2:] == [("repair", "g"), ("group", "g")]


async def test_one_group_is_not_looked_at_without_pause(care: GroupCare, calls: FakeCalls) -> None:
    """Its members could have signal-cli do nothing else."""
    for _ in range(50):
        care.changed("g")
        await asyncio.sleep(1)
    assert calls.calls.count(("group", "g")) == LOOKS_A_MINUTE
    care.changed("h")
    await asyncio.sleep(AGAIN_AFTER + 1)
    assert ("group", "h") in calls.calls
    await asyncio.sleep(60)
    assert calls.calls.count(("group", "g")) == LOOKS_A_MINUTE + 1


async def test_another_group_does_not_wait_for_it(care: GroupCare, calls: FakeCalls) -> None:
    for _ in range(LOOKS_A_MINUTE + 1):
        care.changed("g")
        await asyncio.sleep(0.1)
    care.changed("h")
    await asyncio.sleep(0.1)
    assert calls.calls[-1] == ("group", "h")


# --- all groups, now and then


async def pair(store: Store, clock: VirtualClock, signal_id: str) -> None:
    """Ana and Bo have this group."""

    def unit(records: Records) -> None:
        people = [records.people.add(account, clock.now()) for account in (ANA, BO)]
        for person, name in zip(people, ("Ana", "Bo"), strict=True):
            records.people.set_name(person.id, name)
        pairing = records.pairings.add(people[0].id, people[1].id, "Ana", "Bo", clock.now())
        kept = records.groups.by_signal_id(signal_id)
        assert kept is not None
        records.pairings.save(replace(pairing, state=PairingState.ACTIVE, group_id=kept.id))

    await store.run(unit)


async def mendings(store: Store) -> int:
    return await store.run(lambda records: records.outbox.count_waiting())


async def test_what_is_not_as_it_should_be_is_looked_at_and_mended_once(
    care: GroupCare, calls: FakeCalls, store: Store, clock: VirtualClock
) -> None:
    await pair(store, clock, "g")
    calls.known_groups = [group("g", ANA, BO), group("h", ANA)]
    for _ in range(3):
        await care.look_at_all()
        await asyncio.sleep(1)
    assert calls.calls == [("groups",), ("repair", "g"), ("group", "g")] * 3
    assert await mendings(store) == 1


@pytest.mark.parametrize("state", [{}, {"only_admins": False, "is_member": False}])
async def test_what_is_as_it_should_be_or_gone_is_left_alone(
    care: GroupCare, calls: FakeCalls, store: Store, clock: VirtualClock, state: dict[str, bool]
) -> None:
    await pair(store, clock, "g")
    calls.known_groups = [group("g", ANA, BO, **{"expiration": 3600, "only_admins": True} | state)]
    await care.look_at_all()
    await asyncio.sleep(1)
    assert calls.calls == [("groups",)]


async def test_groups_of_strangers_are_left_alone_then_too(care: GroupCare, calls: FakeCalls) -> None:
    calls.known_groups = [group("theirs", ANA, BO)]
    await care.look_at_all()
    await asyncio.sleep(1)
    assert calls.calls == [("groups",)]


@pytest.mark.parametrize("error", [SignalTimeout(), SignalUnavailable()])
async def test_a_signal_cli_that_cannot_say_is_asked_again_next_time(
    care: GroupCare, calls: FakeCalls, store: Store, clock: VirtualClock, error: SignalTimeout | SignalUnavailable
) -> None:
    await pair(store, clock, "g")
    calls.known_groups = [group("g", ANA, BO)]
    calls.errors["groups"] = [error]
    await care.look_at_all()
    await care.look_at_all()
    await asyncio.sleep(1)
    assert calls.calls == [("groups",), ("groups",), ("repair", "g"), ("group", "g")]
