"""The job that stands for the earliest deadline: it wakes, once, and nothing can lose or repeat it."""

import asyncio
from datetime import UTC, datetime

import pytest
from apscheduler.jobstores.base import JobLookupError

from bot.practice.virtual_time import VirtualClock
from scheduler.job_store import JOB_ID, DeadlineJobStore
from tests.unit.scheduler.counting import CountingScheduler, running
from tests.virtual import HOUR, MINUTE, SECOND


class Waker:
    """Notes when it was woken."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.woken: list[float] = []

    async def wake(self) -> None:
        self.woken.append(asyncio.get_running_loop().time())


@pytest.fixture
def waker(clock: VirtualClock) -> Waker:
    return Waker(clock)


@pytest.fixture
def job_store(waker: Waker) -> DeadlineJobStore:
    return DeadlineJobStore(waker.wake)


@pytest.fixture
def scheduler(job_store: DeadlineJobStore) -> CountingScheduler:
    scheduler = CountingScheduler()
    scheduler.add_jobstore(job_store, "deadlines")
    return scheduler


async def test_it_wakes_at_the_earliest_moment_and_then_rests(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        job_store.set_earliest(clock.now() + 2 * HOUR)
        scheduler.wakeup()
        await asyncio.sleep(8 * 3600)
    assert waker.woken == [7200.0]
    assert scheduler.passes <= 4  # the start, our wake-up, the moment itself; a past moment would make it spin


async def test_a_moment_long_past_still_wakes(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        job_store.set_earliest(clock.now() - 3 * HOUR)
        scheduler.wakeup()
        await asyncio.sleep(3600)
    assert waker.woken == [0.0]


async def test_however_late_it_is_by_the_hosts_own_clock_it_wakes(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    """APScheduler's executor does not read our clock, and would drop what it takes for too late."""
    with running(scheduler, clock):
        job_store.set_earliest(datetime(2001, 1, 1, tzinfo=UTC))
        scheduler.wakeup()
        await asyncio.sleep(3600)
    assert waker.woken == [0.0]


async def test_a_new_earliest_moment_wakes_again(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        for minutes in (10, 20, 30):
            job_store.set_earliest(clock.now() + 10 * MINUTE)
            scheduler.wakeup()
            await asyncio.sleep(600 + 1)
            assert len(waker.woken) == minutes // 10
    assert [round(at / 600) for at in waker.woken] == [1, 2, 3]


async def test_an_earlier_moment_replaces_a_later_one(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        for after in (2 * HOUR, 10 * MINUTE):
            job_store.set_earliest(clock.now() + after)
            scheduler.wakeup()
            await asyncio.sleep(0)
        await asyncio.sleep(3 * 3600)
    assert waker.woken == [600.0]


async def test_nothing_to_wait_for_means_no_wake_up(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        job_store.set_earliest(clock.now() + MINUTE)
        job_store.set_earliest(None)
        scheduler.wakeup()
        await asyncio.sleep(3600)
    assert waker.woken == []
    assert scheduler.get_jobs() == []


async def test_in_hand_it_reports_no_moment_until_it_is_told_a_new_one(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, clock: VirtualClock
) -> None:
    due = clock.now()
    with running(scheduler, clock):
        job_store.set_earliest(due)
        (job,) = job_store.get_due_jobs(due)
        job_store.remove_job(job.id)
        assert job_store.get_due_jobs(due + HOUR) == []
        assert job_store.get_next_run_time() is None
        job_store.set_earliest(due + SECOND)
        assert job_store.get_next_run_time() == due + SECOND


async def test_nothing_that_apscheduler_does_to_the_job_loses_the_deadline(
    scheduler: CountingScheduler, job_store: DeadlineJobStore, waker: Waker, clock: VirtualClock
) -> None:
    with running(scheduler, clock):
        job_store.set_earliest(clock.now() + MINUTE)
        job_store.remove_all_jobs()
        assert job_store.get_next_run_time() == clock.now() + MINUTE
        assert job_store.lookup_job(JOB_ID) is not None
        with pytest.raises(JobLookupError):
            scheduler.add_job(waker.wake, "interval", seconds=1, jobstore="deadlines")


async def test_a_job_that_fails_is_told_again_and_loses_nothing(clock: VirtualClock) -> None:
    tries: list[float] = []

    async def fails() -> None:
        tries.append(asyncio.get_running_loop().time())
        raise RuntimeError

    job_store = DeadlineJobStore(fails)
    scheduler = CountingScheduler()
    scheduler.add_jobstore(job_store, "deadlines")
    with running(scheduler, clock):
        for _ in range(2):
            job_store.set_earliest(clock.now() + SECOND)
            scheduler.wakeup()
            await asyncio.sleep(2)
    assert tries == [1.0, 3.0]
