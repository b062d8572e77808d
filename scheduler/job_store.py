"""APScheduler's view of our deadlines: one job that stands for the earliest due row (DESIGN, invariant 5).

APScheduler only wakes. It keeps no deadline of its own, so it cannot drop, delete or misfire one: this store says
when the earliest row is due, and after the job was handed out, nothing more until the rows have been looked at again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.base import BaseJobStore, JobLookupError
from apscheduler.triggers.date import DateTrigger

JOB_ID = "earliest-deadline"


class DeadlineJobStore(BaseJobStore):  # type: ignore[misc]
    """Holds the earliest due moment. `wake` is an async function without arguments, called when it has come."""

    def __init__(self, wake: Callable[[], Any]) -> None:
        super().__init__()
        self._wake = wake
        self._earliest: datetime | None = None
        self._in_hand = False

    def set_earliest(self, earliest: datetime | None) -> None:
        """The earliest row as it stands now (aware UTC); follow it with the scheduler's `wakeup()`."""
        self._earliest = earliest
        self._in_hand = False

    def lookup_job(self, job_id: str) -> Job | None:
        """The one job, if there is anything to wait for."""
        return self._job() if job_id == JOB_ID and self._earliest is not None else None

    def get_due_jobs(self, now: datetime) -> list[Job]:
        """The job, once its moment has come and nobody has it in hand."""
        if self._in_hand or self._earliest is None or self._earliest > now:
            return []
        return [self._job()]

    def get_next_run_time(self) -> datetime | None:
        """When to wake; None while the job is in hand, for a moment in the past would make the scheduler spin."""
        return None if self._in_hand else self._earliest

    def get_all_jobs(self) -> list[Job]:
        """At most one."""
        return [] if self._earliest is None else [self._job()]

    def add_job(self, job: Job) -> None:
        """Refused: deadlines are rows, made by units of work."""
        raise JobLookupError(job.id)

    def update_job(self, job: Job) -> None:
        """The job was handed to the executor."""
        self._in_hand = True

    def remove_job(self, job_id: str) -> None:
        """The job was handed to the executor; a job that fires once is removed by APScheduler."""
        self._in_hand = True

    def remove_all_jobs(self) -> None:
        """Nothing to do: the rows stay."""

    def _job(self) -> Job:
        job = Job(
            self._scheduler,
            id=JOB_ID,
            name=JOB_ID,
            func=self._wake,
            trigger=DateTrigger(self._earliest),
            executor="default",
            args=(),
            kwargs={},
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=self._earliest,
        )
        job._jobstore_alias = self._alias  # noqa: SLF001 (APScheduler asks this of every store)
        return job
