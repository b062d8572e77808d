"""When to look at the deadlines: APScheduler's job, a sweep, and a watchdog over both (DESIGN, invariant 5)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from scheduler.every import Every
from scheduler.job_store import DeadlineJobStore

TICK_EVERY = timedelta(seconds=10)
CLOSE = timedelta(minutes=1)
DEAD_AFTER = timedelta(seconds=30)
"""A scheduler that has not ticked for so long is woken by hand."""


class WakeUps:
    """Lets whoever waits in `wait` go on when a deadline is due. Losing a wake-up costs a sweep, never a deadline."""

    def __init__(self, scheduler: AsyncIOScheduler, clock: Clock) -> None:
        self._scheduler = scheduler
        self._clock = clock
        self._store = DeadlineJobStore(self._wake)
        self._due = asyncio.Event()
        self._earliest: datetime | None = None
        self._is_known = self._is_relied_on = False
        self._ticked_at = clock.now()
        scheduler.add_jobstore(self._store, "deadlines")
        self.every(TICK_EVERY, self._tick, "tick")

    def every(self, interval: timedelta, work: Callable[[], Awaitable[None]], name: str) -> None:
        """Have `work` done again and again; it must look after its own errors."""
        self._scheduler.add_job(
            work,
            Every(interval),
            id=name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    def set_earliest(self, earliest: datetime | None, *, relied_on: bool = True) -> None:
        """The earliest deadline as stored now (aware UTC), or None; whether people rely on any."""
        self._earliest = earliest
        self._is_relied_on = relied_on
        self._is_known = True
        self._store.set_earliest(earliest)
        if self._scheduler.running:
            self._scheduler.wakeup()

    def nudge(self) -> None:
        """Something about the deadlines has changed: look now."""
        self._due.set()

    async def wait(self, at_most: timedelta) -> None:
        """Return when a deadline is due, something changed, or after `at_most`: the sweep."""
        sweep = asyncio.get_running_loop().call_later(at_most.total_seconds(), self._due.set)
        try:
            await self._due.wait()
        finally:
            sweep.cancel()
            self._due.clear()

    def is_waiting(self) -> bool:
        """Whether anybody depends on the bot now, as far as is known; asks no database."""
        return self._earliest is not None and self._is_relied_on

    def is_close(self) -> bool:
        """Whether the earliest known deadline has passed or will within a minute; asks no database."""
        return self._earliest is not None and self._earliest <= self._clock.now() + CLOSE

    def may_be_overdue(self) -> bool:
        """Whether the earliest deadline has passed, or is not known yet."""
        return not self._is_known or self.is_overdue()

    def is_overdue(self) -> bool:
        """Whether the earliest known deadline has passed; asks no database."""
        return self._earliest is not None and self._earliest <= self._clock.now()

    def watch_scheduler(self) -> bool:
        """Wake a scheduler that has stopped ticking, or whose clock was set back. False when it had to be woken."""
        now = self._clock.now()
        if timedelta(0) <= now - self._ticked_at < DEAD_AFTER:
            return True
        self._ticked_at = now
        if self._scheduler.running:
            for job in self._scheduler.get_jobs("default"):
                job.modify(next_run_time=now)  # after a step back it would rest until the old time comes again
            self._scheduler.wakeup()
        return False

    async def _wake(self) -> None:
        self._due.set()

    async def _tick(self) -> None:
        self._ticked_at = self._clock.now()
