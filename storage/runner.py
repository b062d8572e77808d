"""The threads in which units of work run, off the event loop."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.errors import StorageUnavailable
from storage.transactions import Outcome, Touched, Transactions, Unit

Listener = Callable[[Touched], None]


OTHERS_AT_ONCE = 64
"""So many units that are not urgent run in one transaction: what is urgent waits for no more of them than these."""


@dataclass(frozen=True)
class _Job:
    unit: Unit
    answer: asyncio.Future[Any]


class Runner:
    """A few threads that take waiting units, up to `batch` at a time each, and answer on the loop after the commit."""

    def __init__(self, transactions: list[Transactions], batch: int, tell: Listener) -> None:
        self._batch = batch
        self._tell = tell
        self._first: deque[_Job] = deque()
        self._others: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._threads = [
            threading.Thread(target=self._work, args=(own,), name=f"storage-{number}", daemon=True)
            for number, own in enumerate(transactions)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, unit: Unit, *, first: bool) -> Any:
        """Runs the unit; returns after its commit. Cancelling the waiting does not stop the unit."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        with self._changed:
            if self._closing:
                raise StorageUnavailable("The database has been closed.")
            (self._first if first else self._others).append(_Job(unit, answer))
            self._changed.notify()
        return await answer

    async def close(self) -> None:
        """Finishes what is in hand and ends the threads."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self, transactions: Transactions) -> None:
        while jobs := self._take():
            outcomes = transactions.perform([job.unit for job in jobs])
            self._answer(jobs, outcomes)
        transactions.close()

    def _take(self) -> list[_Job]:
        with self._changed:
            while not (self._first or self._others or self._closing):
                self._changed.wait()
            jobs: list[_Job] = []
            for queue, at_most in ((self._first, self._batch), (self._others, OTHERS_AT_ONCE)):
                jobs.extend(queue.popleft() for _ in range(min(len(queue), at_most, self._batch - len(jobs))))
            return jobs

    def _answer(self, jobs: list[_Job], outcomes: list[Outcome]) -> None:
        with suppress(RuntimeError):  # the loop has been closed: nobody waits any more
            jobs[0].answer.get_loop().call_soon_threadsafe(self._deliver, jobs, outcomes)

    def _deliver(self, jobs: list[_Job], outcomes: list[Outcome]) -> None:
        for job, outcome in zip(jobs, outcomes, strict=True):
            if job.answer.done():
                continue
            if outcome.error is None:
                job.answer.set_result(outcome.result)
            else:
                job.answer.set_exception(outcome.error)
        self._tell(together(outcomes))


def together(outcomes: list[Outcome]) -> Touched:
    """What any of them touched."""
    return Touched(
        outbox=any(outcome.touched.outbox for outcome in outcomes),
        deadlines=any(outcome.touched.deadlines for outcome in outcomes),
        erased=any(outcome.touched.erased for outcome in outcomes),
    )
