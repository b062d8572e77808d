"""Deadlines that cannot be acted upon: tried again, never lost, never in the way of another."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.check_in import Stage, Step
from bot.errors import StorageUnavailable
from bot.practice.virtual_time import VirtualClock
from scheduler.due import LEASE
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.scheduler.deadlines_at_work import Due, add, add_poisonous
from tests.virtual import HOUR, MINUTE, SECOND


async def test_a_poisonous_deadline_does_not_stop_the_others_and_is_tried_again(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    due_at = clock.now() + MINUTE
    await add_poisonous(store, clock.now(), due_at)
    others = [await add(store, number, clock.now(), due_at + number * SECOND) for number in range(5)]
    async with due.at_work():
        await asyncio.sleep(70)
        assert [await due.stage(other) for other in others] == [Stage.ASKED] * 5
        await asyncio.sleep(600)
    assert 10 <= due.log.counts["deadline_failed"] <= 20  # 1, 2, 4 … 60 s between
    assert due.scheduler.passes < 200


async def test_a_poisonous_deadline_that_is_mended_is_acted_upon_within_a_minute(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    check_in_id = await add_poisonous(store, clock.now(), clock.now() + MINUTE)

    def mend(records: Records) -> None:
        check_in = records.check_ins.get(check_in_id)
        assert check_in is not None
        records.pairings.add(check_in.person_id, check_in.watches[0].buddy_id, "Ana", "Bo", clock.now())

    async with due.at_work():
        await asyncio.sleep(1000)
        await store.run(mend)
        await asyncio.sleep(61)
        assert await due.stage(check_in_id) is Stage.OVERDUE


async def test_a_step_that_the_table_does_not_know_is_tried_with_growing_pauses(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    await add(store, 1, clock.now(), clock.now())

    def corrupt(records: Records) -> None:
        records.scope.connection.exec_driver_sql("UPDATE check_ins SET step = 'repeat'")
        records.scope.connection.exec_driver_sql("UPDATE deadlines SET what = 'repeat'")

    await store.run(corrupt)
    async with due.at_work():
        await asyncio.sleep(300)
    assert 5 <= due.log.counts["deadline_failed"] <= 12


async def test_a_deadline_that_another_run_has_in_hand_is_left_to_it_until_its_lease_ends(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    check_in = await add(store, 1, clock.now(), clock.now())
    theirs = Lease("you", clock.now() + LEASE)
    await store.run(lambda records: records.deadlines.claim_due(clock.now(), 10, theirs))
    async with due.at_work():
        await asyncio.sleep(LEASE.total_seconds() - 1)
        assert await due.stage(check_in) is Stage.ARMED
        await asyncio.sleep(31)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_step_that_another_run_has_taken_meanwhile_is_not_taken_again(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    await add(store, 1, clock.now(), clock.now() + MINUTE)
    other = Due(store, clock, owner="you")
    async with due.at_work(), other.at_work(with_scheduler=False):
        await asyncio.sleep(120)
    assert due.log.counts["deadline"] + other.log.counts.get("deadline", 0) == 1
    assert await store.run(lambda records: records.outbox.count_waiting()) == 1


async def test_a_database_that_is_away_for_a_while_costs_no_deadline(
    due: Due, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + MINUTE)
    run, away = store.run_inline, True

    def flaky(work: Callable[[Records], object]) -> object:
        if away:
            raise StorageUnavailable("away")
        return run(work)

    async with due.at_work():
        await asyncio.sleep(50)
        monkeypatch.setattr(store, "run_inline", flaky)
        await asyncio.sleep(60)
        away = False
        await asyncio.sleep(1.1)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_database_that_is_away_at_the_start_is_asked_again_every_second(
    due: Due, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is known yet of what is due, so no sweep would notice that it is."""
    real, is_away = store.run_inline, True

    def flaky(work: Callable[[Records], object]) -> object:
        if is_away:
            raise StorageUnavailable("away")
        return real(work)

    check_in_id = await add(store, 1, clock.now(), clock.now() - MINUTE)
    monkeypatch.setattr(store, "run_inline", flaky)
    async with due.at_work():
        await asyncio.sleep(10)
        is_away = False
        await asyncio.sleep(2)
        assert await due.stage(check_in_id) is Stage.ASKED


async def test_a_late_error_does_not_put_off_a_deadline_that_was_moved_meanwhile(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    """A row given back after somebody has moved it must neither wait longer nor be looked at again and again."""
    check_in_id = await add(store, 1, clock.now(), clock.now())
    lease = Lease("me", clock.now() + LEASE)
    (claimed,) = await store.run(lambda records: records.deadlines.claim_due(clock.now(), 10, lease))
    later = clock.now() + HOUR

    def move_then_give_back(records: Records) -> None:
        records.deadlines.put("check_in", check_in_id, Step.ASK.value, later)
        records.deadlines.release(claimed, clock.now() + timedelta(seconds=1))

    await store.run(move_then_give_back)
    assert await store.run(lambda records: records.deadlines.earliest()) == later


async def test_a_database_that_goes_away_between_claim_and_act_costs_no_more_than_its_absence(
    due: Due, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease must not have to run out first, and it was no fault of the deadline."""
    check_in = await add(store, 1, clock.now(), clock.now() + MINUTE)
    run, away = store.run_inline, False

    def gone_after_the_claim(work: Callable[[Records], object]) -> object:
        nonlocal away
        if away:
            raise StorageUnavailable("away")
        result = run(work)
        if isinstance(result, list) and result:
            away = True
            asyncio.get_running_loop().call_later(10, back)
        return result

    def back() -> None:
        nonlocal away
        away = False
        monkeypatch.setattr(store, "run_inline", run)

    monkeypatch.setattr(store, "run_inline", gone_after_the_claim)
    async with due.at_work():
        await asyncio.sleep(60 + 10 + 1.1)
        assert await due.stage(check_in) is Stage.ASKED
    assert due.log.counts.get("deadline_failed") is None
