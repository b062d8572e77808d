"""The store: the one way to read and write rows (DESIGN, invariant 11)."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy import Engine

from bot.errors import StorageUnavailable
from bot.ids import Ids
from storage.engine import empty_log
from storage.records import Records
from storage.rewriting import rewrite_tables
from storage.runner import Listener, Runner, together
from storage.sealing import Sealer
from storage.transactions import PostgresTransactions, SqliteTransactions, Touched, Transactions
from storage.turns import Turns

T = TypeVar("T")

_BATCH = 256
_POSTGRES_THREADS = 4


class Store:
    """Runs units of work.

    A unit is one plain synchronous function of `Records`: load, decide, write. It has no other effect (it may run
    twice), does not wait, does not catch errors of the database, and keeps no `Records` beyond its end. It runs
    whole, in one transaction; an exception undoes it alone and reaches its caller. Units that wait at the same time
    may run in any order.
    """

    def __init__(self, engine: Engine, sealer: Sealer, ids: Ids, *, inline: bool = False) -> None:
        """`inline`: units run on the event loop's own thread (virtual time), else in threads."""
        self._engine = engine
        self._listeners: list[Listener] = []
        self._closed = False
        self._turns = turns = Turns()
        ids = _OneAtATime(ids)
        make: Callable[[], Transactions]
        if engine.dialect.name == "sqlite":
            make, threads, batch = lambda: SqliteTransactions(engine, sealer, ids, turns), 1, _BATCH
        else:
            make, threads, batch = lambda: PostgresTransactions(engine, sealer, ids, turns), _POSTGRES_THREADS, 1
        self._inline = make() if inline else None
        self._runner = None if inline else Runner([make() for _ in range(threads)], batch, self._tell)

    async def run(self, work: Callable[[Records], T], *, first: bool = False) -> T:
        """Runs the unit and returns its result after the commit; `first` goes ahead of all others that wait:
        for what arrives, which must not be lost, and for the road of an alert.

        Raises what the unit raises; StorageUnavailable, StorageConflict or another StorageError when the database
        does not do its part. The next call tries with a new connection.
        """
        if self._runner is not None:
            return cast("T", await self._runner.run(work, first=first))
        await asyncio.sleep(0)  # others get their turn, as they would with threads
        return self.run_inline(work)

    def run_inline(self, work: Callable[[Records], T]) -> T:
        """Like `run`, here and now. Only for a store made with `inline`."""
        if self._inline is None or self._closed:
            raise StorageUnavailable("The database has been closed.")
        (outcome,) = outcomes = self._inline.perform([work])
        self._tell(together(outcomes))
        if outcome.error is not None:
            raise outcome.error
        return cast("T", outcome.result)

    def after_commit(self, listener: Callable[[Touched], None]) -> None:
        """Calls the listener on the event loop after each commit that touched the outbox or the deadlines."""
        self._listeners.append(listener)

    async def checkpoint(self) -> None:
        """What was erased is gone from the disk: SQLite's write-ahead log is emptied, PostgreSQL's tables are written
        anew. Raises StorageUnavailable when that cannot be done just now."""
        await self._leave_no_trace(self._empty_log if self._is_sqlite() else rewrite_tables)

    async def checkpoint_if_cheap(self) -> None:
        """The same where it takes no longer than a change: on SQLite."""
        if self._is_sqlite():
            await self._leave_no_trace(self._empty_log)

    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _empty_log(self, engine: Engine) -> None:
        with self._turns.alone():  # our own units hold the log only for so long, and then it need not wait for any
            empty_log(engine)

    async def _leave_no_trace(self, leave_no_trace: Callable[[Engine], None]) -> None:
        if self._inline is not None:
            leave_no_trace(self._engine)
        else:
            await asyncio.to_thread(leave_no_trace, self._engine)

    async def close(self) -> None:
        """Finishes what is in hand and gives all connections back."""
        self._closed = True
        if self._runner is not None:
            await self._runner.close()
        if self._inline is not None:
            self._inline.close()

    def _tell(self, touched: Touched) -> None:
        if touched != Touched(outbox=False, deadlines=False):
            for listener in self._listeners:
                listener(touched)


class _OneAtATime:
    """Ids for several threads."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._lock = threading.Lock()

    def new(self) -> str:
        with self._lock:
            return self._ids.new()
