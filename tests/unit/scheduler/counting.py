"""An APScheduler that counts how often it looks at its jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from scheduler.clock_seam import apscheduler_reads


class CountingScheduler(AsyncIOScheduler):
    """`passes` counts the looks."""

    passes = 0

    def _process_jobs(self) -> Any:
        self.passes += 1
        return super()._process_jobs()


@contextmanager
def running(scheduler: CountingScheduler, clock: Clock) -> Iterator[None]:
    """The scheduler at work, under the given clock."""
    with apscheduler_reads(clock):
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
