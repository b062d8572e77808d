"""Acting on due deadlines: never lost, never twice, one never in the way of another."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.domain.check_in import Stage, Step, Watch
from bot.domain.timing import Timing
from bot.errors import StorageUnavailable
from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from scheduler.due import LEASE, DueDeadlines
from scheduler.wake_ups import WakeUps
from storage.leases import Lease
from storage.records import Records
from storage.transactions import Touched
from storage.unit_of_work import Store
from tests.unit.scheduler.counting import CountingScheduler, running
from tests.virtual import HOUR, MINUTE, SECOND, add_check_in, armed

TIMING = Timing()


async def settled() -> None:
    """Nothing is waited for."""


class Due:
    """The deadlines of one run of the bot, with all that belongs to them."""

    def __init__(self, store: Store, clock: VirtualClock, owner: str = "me") -> None:
        self.store = store
        self.clock = clock
        self.log = Log(clock, io.StringIO())
        self.scheduler = CountingScheduler()
        self.wake_ups = WakeUps(self.scheduler, clock)
        self.owner = owner
        self.settled: Callable[[], Awaitable[None]] = settled

    @asynccontextmanager
    async def at_work(self, *, with_scheduler: bool = True) -> AsyncIterator[None]:
        """Until the end of the block. Without its scheduler only the sweep is left."""
        due = DueDeadlines(self.store, self.wake_ups, self.clock, TIMING, self.owner, self.settled, self.log)

        def tell(touched: Touched) -> None:
            if touched.deadlines:
                due.changed()

        self.store.after_commit(tell)
        task = asyncio.ensure_future(due.run())
        try:
            if with_scheduler:
                with running(self.scheduler, self.clock):
                    yield
            else:
                yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def stage(self, check_in_id: str) -> Stage:
        check_in = await self.store.run(lambda records: records.check_ins.get(check_in_id))
        assert check_in is not None
        return check_in.stage


@pytest.fixture
def due(store: Store, clock: VirtualClock) -> Due:
    return Due(store, clock)


async def add(store: Store, number: int, now: datetime, due_at: datetime) -> str:
    return await store.run(lambda records: add_check_in(records, number, now, due_at))


async def add_poisonous(store: Store, now: datetime, due_at: datetime) -> str:
    """A check-in whose alert cannot be made: its buddy has no pairing."""

    def work(records: Records) -> str:
        ana, bo = records.people.add("ana", now), records.people.add("bo", now)
        watch = Watch(bo.id, None, 1, on_call=True)
        check_in = armed("f" * 32, ana.id, now, due_at, watch)
        records.check_ins.add(check_in)
        records.scope.connection.exec_driver_sql("UPDATE check_ins SET stage = 'asked', step = 'alert'")
        records.scope.connection.exec_driver_sql("UPDATE deadlines SET what = 'alert'")
        return check_in.id

    return await store.run(work)


async def test_a_deadline_is_acted_upon_when_it_is_due(due: Due, store: Store, clock: VirtualClock) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + 2 * HOUR)
    async with due.at_work():
        await asyncio.sleep(2 * 3600 - 0.001)
        assert await due.stage(check_in) is Stage.ARMED
        await asyncio.sleep(0.002)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_deadline_added_later_is_acted_upon_when_it_is_due(due: Due, store: Store, clock: VirtualClock) -> None:
    async with due.at_work():
        await asyncio.sleep(100.5)
        check_in = await add(store, 1, clock.now(), clock.now() + 5 * SECOND)
        await asyncio.sleep(5.001)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_lost_wake_up_is_healed_by_the_sweep_within_a_second(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    """Between two looks at the database, which would heal it too, but only after half a minute."""
    check_in = await add(store, 1, clock.now(), clock.now() + 2 * HOUR + 7 * SECOND)
    async with due.at_work(with_scheduler=False):
        await asyncio.sleep(2 * 3600 + 8)
        assert await due.stage(check_in) is Stage.ASKED


async def test_an_idle_night_asks_the_database_twice_a_minute_and_no_more(
    due: Due, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add(store, 1, clock.now(), clock.now() + 100 * HOUR)
    looks = 0
    run_inline = store.run_inline

    def counted(work: Callable[[Records], object]) -> object:
        nonlocal looks
        looks += 1
        return run_inline(work)

    monkeypatch.setattr(store, "run_inline", counted)
    async with due.at_work():
        await asyncio.sleep(8 * 3600)
    assert looks <= 2 * (8 * 60 * 2 + 2)  # claim and earliest
    assert due.scheduler.passes <= 8 * (360 + 120) + 10  # ticks, and the earliest deadline told anew


async def test_a_clock_stepped_forwards_makes_due_what_it_passed(due: Due, store: Store, clock: VirtualClock) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + 2 * HOUR)
    async with due.at_work():
        await asyncio.sleep(10)
        clock.step(2 * 3600)
        await asyncio.sleep(1.001)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_clock_stepped_back_puts_the_deadline_off_with_it(due: Due, store: Store, clock: VirtualClock) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + 2 * HOUR)
    async with due.at_work():
        await asyncio.sleep(3600)
        clock.step(-1800)
        await asyncio.sleep(5399)
        assert await due.stage(check_in) is Stage.ARMED
        await asyncio.sleep(2)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_clock_stepped_back_between_claim_and_act_costs_no_more_than_the_step(
    due: Due, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + MINUTE)
    run, stepped = store.run_inline, False

    def step_after_the_claim(work: Callable[[Records], object]) -> object:
        nonlocal stepped
        result = run(work)
        if result and isinstance(result, list) and not stepped:
            stepped = True
            clock.step(-3)
        return result

    monkeypatch.setattr(store, "run_inline", step_after_the_claim)
    async with due.at_work():
        await asyncio.sleep(60 + 3 + 1.001)
        assert stepped
        assert await due.stage(check_in) is Stage.ASKED


async def test_ten_thousand_due_at_once_are_all_acted_upon_once(due: Due, store: Store, clock: VirtualClock) -> None:
    due_at = clock.now() + MINUTE

    def fill(records: Records) -> None:
        for number in range(10_000):
            add_check_in(records, number, clock.now(), due_at)

    await store.run(fill)
    async with due.at_work():
        await asyncio.sleep(61)
    questions = await store.run(lambda records: records.outbox.count_waiting())
    assert questions == 10_000
    assert due.log.counts["deadline"] == 10_000
    earliest = await store.run(lambda records: records.deadlines.earliest())
    assert earliest == due_at + 5 * MINUTE


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


@pytest.mark.parametrize("handled_after", [0.5, 2.0, 4.5])
async def test_a_deadline_waits_for_an_earlier_message_of_hers(
    due: Due, store: Store, clock: VirtualClock, handled_after: float
) -> None:
    await add(store, 1, clock.now(), clock.now() + MINUTE)
    lease = Lease("me", clock.now() + HOUR)

    def arrive(records: Records) -> str | None:
        now = clock.now()
        return records.inbox.add("bot", "account 1", 1, now, now, {}, lease)

    row = await store.run(arrive)
    assert row is not None
    async with due.at_work():
        await asyncio.sleep(60 + handled_after)
        assert due.log.counts.get("deadline") is None
        await store.run(lambda records: records.inbox.finish(row, changed=False))
        await asyncio.sleep(0.1)
        assert due.log.counts["deadline"] == 1


async def test_a_deadline_waits_for_a_buddys_message_too(due: Due, store: Store, clock: VirtualClock) -> None:
    def work(records: Records) -> None:
        now = clock.now()
        ana, bo = records.people.add("ana", now), records.people.add("bo", now)
        watch = Watch(bo.id, None, 1, on_call=True)
        records.check_ins.add(armed("1" * 32, ana.id, now, now + MINUTE, watch))
        records.inbox.add("bot", "bo", 1, now, now, {}, Lease("me", now + HOUR))

    await store.run(work)
    async with due.at_work():
        await asyncio.sleep(64.9)
        assert due.log.counts.get("deadline") is None
        await asyncio.sleep(0.2)
        assert due.log.counts["deadline"] == 1


async def test_a_message_that_is_never_handled_holds_a_deadline_up_for_five_seconds(
    due: Due, store: Store, clock: VirtualClock
) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + MINUTE)
    other = await add(store, 2, clock.now(), clock.now() + MINUTE)
    lease = Lease("me", clock.now() + HOUR)
    await store.run(lambda records: records.inbox.add("bot", "account 1", 1, clock.now(), clock.now(), {}, lease))
    async with due.at_work():
        await asyncio.sleep(60.001)
        assert await due.stage(other) is Stage.ASKED
        await asyncio.sleep(4.9)
        assert await due.stage(check_in) is Stage.ARMED
        await asyncio.sleep(0.2)
        assert await due.stage(check_in) is Stage.ASKED


async def test_a_strangers_message_holds_nothing_up(due: Due, store: Store, clock: VirtualClock) -> None:
    check_in = await add(store, 1, clock.now(), clock.now() + MINUTE)
    lease = Lease("me", clock.now() + HOUR)
    await store.run(lambda records: records.inbox.add("bot", "stranger", 1, clock.now(), clock.now(), {}, lease))
    async with due.at_work():
        await asyncio.sleep(60.001)
        assert await due.stage(check_in) is Stage.ASKED


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


async def test_nothing_is_acted_upon_before_it_is_settled(due: Due, store: Store, clock: VirtualClock) -> None:
    quiet = asyncio.Event()

    async def until_quiet() -> None:
        await quiet.wait()

    due.settled = until_quiet
    check_in = await add(store, 1, clock.now(), clock.now())
    async with due.at_work():
        await asyncio.sleep(30)
        assert await due.stage(check_in) is Stage.ARMED
        quiet.set()
        await asyncio.sleep(0.001)
        assert await due.stage(check_in) is Stage.ASKED


async def test_the_oldest_deadline_goes_first(due: Due, store: Store, clock: VirtualClock) -> None:
    now = clock.now()
    for number, minutes in enumerate((3, 1, 2)):
        await add(store, number, now - HOUR, now - minutes * MINUTE)
    async with due.at_work():
        await asyncio.sleep(0.001)
    rows = await store.run(lambda records: records.outbox.claim(clock.now(), 10, Lease("x", now), urgent=True))
    assert [row.facts["until"] for row in sorted(rows, key=lambda row: row.id)] == [
        now - minutes * MINUTE for minutes in (3, 2, 1)
    ]


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
