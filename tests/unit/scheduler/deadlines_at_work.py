"""The deadlines of one run of the bot at work, and check-ins that have some."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.domain.check_in import Stage, Watch
from bot.domain.reception import Reception
from bot.domain.timing import Timing
from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from scheduler.due import DueDeadlines
from scheduler.wake_ups import WakeUps
from storage.records import Records
from storage.transactions import Touched
from storage.unit_of_work import Store
from tests.unit.scheduler.counting import CountingScheduler, running
from tests.virtual import add_check_in, armed

TIMING = Timing()


async def settled() -> Reception:
    """Nothing is waited for, and whoever objects is heard."""
    return Reception.HEARS


class Due:
    """The deadlines of one run of the bot, with all that belongs to them."""

    def __init__(self, store: Store, clock: VirtualClock, owner: str = "me") -> None:
        self.store = store
        self.clock = clock
        self.log = Log(clock, io.StringIO())
        self.scheduler = CountingScheduler()
        self.wake_ups = WakeUps(self.scheduler, clock)
        self.owner = owner
        self.settled: Callable[[], Awaitable[Reception]] = settled

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
