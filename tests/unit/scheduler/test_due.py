"""Acting on due deadlines: never lost, never twice, one never in the way of another."""

import asyncio
from collections.abc import Callable

import pytest

from bot.domain.check_in import Stage, Watch
from bot.domain.reception import Reception
from bot.practice.virtual_time import VirtualClock
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.scheduler.deadlines_at_work import Due, add
from tests.virtual import HOUR, MINUTE, SECOND, add_check_in, armed


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
    assert looks <= 8 * 60 * 2 + 2
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


async def test_nothing_is_acted_upon_before_it_is_settled(due: Due, store: Store, clock: VirtualClock) -> None:
    quiet = asyncio.Event()

    async def until_quiet() -> Reception:
        await quiet.wait()
        return Reception.HEARS

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
