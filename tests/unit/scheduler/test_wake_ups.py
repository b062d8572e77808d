"""Waking, the recurring work, and the watchdog over APScheduler."""

import asyncio
from datetime import timedelta

import pytest

from bot.practice.virtual_time import VirtualClock
from scheduler.wake_ups import DEAD_AFTER, TICK_EVERY, WakeUps
from tests.unit.scheduler.counting import CountingScheduler, running
from tests.virtual import HOUR, MINUTE, SECOND

YEAR = timedelta(days=365)


@pytest.fixture
def scheduler() -> CountingScheduler:
    return CountingScheduler()


@pytest.fixture
def wake_ups(scheduler: CountingScheduler, clock: VirtualClock) -> WakeUps:
    return WakeUps(scheduler, clock)


class Recurring:
    """Work that notes when it was done."""

    def __init__(self) -> None:
        self.done_at: list[float] = []

    async def work(self) -> None:
        self.done_at.append(asyncio.get_running_loop().time())


async def test_recurring_work_of_a_night_is_done_the_expected_number_of_times(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock
) -> None:
    beat, purge = Recurring(), Recurring()
    wake_ups.every(15 * SECOND, beat.work, "beat")
    wake_ups.every(10 * MINUTE, purge.work, "purge")
    with running(scheduler, clock):
        await asyncio.sleep(8 * 3600 + 1)
    assert len(beat.done_at) == 8 * 3600 // 15
    assert purge.done_at == [600.0 * count for count in range(1, 49)]


async def test_however_late_it_is_by_the_hosts_own_clock_recurring_work_is_done(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock
) -> None:
    """APScheduler's executor does not read our clock, and would drop what it takes for too late."""
    clock.step(-(30 * YEAR).total_seconds())
    beat = Recurring()
    wake_ups.every(15 * SECOND, beat.work, "beat")
    with running(scheduler, clock):
        await asyncio.sleep(61)
    assert beat.done_at == [15.0, 30.0, 45.0, 60.0]


async def test_a_night_costs_one_look_for_each_moment_at_which_something_is_due(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        for hours in range(1, 9):
            wake_ups.set_earliest(clock.now() + HOUR)
            await wake_ups.wait(2 * HOUR)
            assert clock.now().hour == (18 + hours) % 24
    ticks = 8 * HOUR // TICK_EVERY
    assert scheduler.passes <= ticks + 3 * 8 + 2


async def test_waiting_ends_when_the_earliest_deadline_is_due(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        wake_ups.set_earliest(clock.now() + 90 * SECOND)
        await wake_ups.wait(HOUR)
        assert asyncio.get_running_loop().time() == 90
        assert wake_ups.is_overdue()


async def test_waiting_ends_with_a_nudge_and_with_the_sweep(wake_ups: WakeUps) -> None:
    loop = asyncio.get_running_loop()
    loop.call_later(3, wake_ups.nudge)
    await wake_ups.wait(HOUR)
    assert loop.time() == 3
    await wake_ups.wait(SECOND)
    assert loop.time() == 4


async def test_a_nudge_before_the_waiting_is_not_lost(wake_ups: WakeUps) -> None:
    wake_ups.nudge()
    await wake_ups.wait(HOUR)
    assert asyncio.get_running_loop().time() == 0


async def test_the_watchdog_wakes_a_scheduler_that_has_died(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat = Recurring()
    wake_ups.every(15 * SECOND, beat.work, "beat")
    with running(scheduler, clock):
        await asyncio.sleep(21)
        assert wake_ups.watch_scheduler()
        scheduler._stop_timer()  # what an error in a job store leaves behind: "running", but without a timer
        await asyncio.sleep(60)
        assert beat.done_at == [15.0]
        assert not wake_ups.watch_scheduler()
        await asyncio.sleep(15)
        assert wake_ups.watch_scheduler()
        assert len(beat.done_at) >= 2


@pytest.mark.timeout(20)
@pytest.mark.parametrize("leap", [HOUR, 57 * YEAR])
async def test_after_a_leap_of_the_clock_recurring_work_is_done_once_and_goes_on(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock, leap: timedelta
) -> None:
    """A small computer without a battery begins in 1970 and leaps when it finds the time."""
    beat = Recurring()
    wake_ups.every(15 * SECOND, beat.work, "beat")
    with running(scheduler, clock):
        await asyncio.sleep(1)
        clock.step(leap.total_seconds())
        await asyncio.sleep(60)
    assert 4 <= len(beat.done_at) <= 6


async def test_after_a_step_back_recurring_work_goes_on_at_once(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock
) -> None:
    beat = Recurring()
    wake_ups.every(15 * SECOND, beat.work, "beat")
    with running(scheduler, clock):
        await asyncio.sleep(20)
        clock.step(-3600)
        assert not wake_ups.watch_scheduler()
        await asyncio.sleep(60)
        assert 4 <= len(beat.done_at) <= 6
        assert wake_ups.watch_scheduler()


async def test_the_watchdog_is_quiet_while_the_scheduler_ticks(
    scheduler: CountingScheduler, wake_ups: WakeUps, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        for _ in range(60):
            await asyncio.sleep(DEAD_AFTER.total_seconds() / 2)
            assert wake_ups.watch_scheduler()


async def test_a_deadline_is_close_from_a_minute_before_it_on(wake_ups: WakeUps, clock: VirtualClock) -> None:
    assert not wake_ups.is_close()
    wake_ups.set_earliest(clock.now() + 2 * MINUTE)
    await asyncio.sleep(59)
    assert not wake_ups.is_close()
    for _ in range(3):
        await asyncio.sleep(60)
        assert wake_ups.is_close()


async def test_before_the_first_look_something_may_be_overdue(wake_ups: WakeUps, clock: VirtualClock) -> None:
    assert wake_ups.may_be_overdue()
    wake_ups.set_earliest(None)
    assert not wake_ups.may_be_overdue()
    wake_ups.set_earliest(clock.now() + SECOND)
    assert not wake_ups.may_be_overdue()
    await asyncio.sleep(1)
    assert wake_ups.may_be_overdue()


async def test_somebody_waits_while_a_deadline_is_known_that_people_rely_on(
    wake_ups: WakeUps, clock: VirtualClock
) -> None:
    assert not wake_ups.is_waiting()
    wake_ups.set_earliest(clock.now() + HOUR, relied_on=True)
    assert wake_ups.is_waiting()
    wake_ups.set_earliest(clock.now() + HOUR, relied_on=False)  # the end of a pairing, or the like
    assert not wake_ups.is_waiting()
    wake_ups.set_earliest(None, relied_on=False)
    assert not wake_ups.is_waiting()
