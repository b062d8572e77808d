"""Units of work inside transactions, on either database. Plain synchronous code; threads are `runner`'s business."""

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    PendingRollbackError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StorageConflict, StorageError, StorageUnavailable
from bot.ids import Ids
from storage.records import Records
from storage.sealing import Sealer
from storage.turns import Turns

Unit = Callable[[Records], Any]

_OVERTAKEN = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock
_WAITS = (0.0, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, *[0.12] * 20)
"""Seconds before the next try, in the mean: by chance, so that two who disturb each other fall out of step."""
_ALONE_AFTER = 3
"""So often may a unit be overtaken; then no other of this process runs beside it."""


@dataclass(frozen=True)
class Touched:
    """What a commit touched, so that whoever waits for it need not wait for the sweep. `erased`: what somebody left,
    or wrote."""

    outbox: bool
    deadlines: bool
    erased: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one unit: its result, or the error for its caller."""

    result: Any = None
    error: BaseException | None = None
    touched: Touched = Touched(outbox=False, deadlines=False)


class Transactions(Protocol):
    """Runs units on a connection of its own; used by one thread at a time."""

    def perform(self, units: Sequence[Unit]) -> list[Outcome]:
        """Runs the units and commits; one outcome for each, in order. Errors stand in the outcomes."""
        ...

    def close(self) -> None:
        """Gives the connection back; the next `perform` takes another one."""
        ...


class _Connected:
    def __init__(self, engine: Engine, sealer: Sealer, ids: Ids) -> None:
        self._engine = engine
        self._sealer = sealer
        self._ids = ids
        self._open: Connection | None = None

    def close(self) -> None:
        """Gives the connection back."""
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()

    def _connection(self) -> Connection:
        if self._open is None:
            self._open = self._engine.connect()
        return self._open

    def _run(self, connection: Connection, unit: Unit) -> Outcome:
        records = Records(connection, self._sealer, self._ids)
        result = unit(records)
        scope = records.scope
        return Outcome(result, touched=Touched(scope.outbox_touched, scope.deadlines_touched, scope.erased))


class SqliteTransactions(_Connected):
    """All units in one BEGIN IMMEDIATE … COMMIT, each in its savepoint: one wait for the disk for all of them."""

    def __init__(self, engine: Engine, sealer: Sealer, ids: Ids, turns: Turns | None = None) -> None:
        """`turns`: shared with what has to come between two transactions."""
        super().__init__(engine, sealer, ids)
        self._turns = turns or Turns()

    def perform(self, units: Sequence[Unit]) -> list[Outcome]:
        """See `Transactions`. When the commit fails every unit has that error, whatever it is: if this thread ended,
        all would wait for ever."""
        try:
            connection = self._connection()
            with self._turns.beside_others(), connection.begin():
                return [self._in_savepoint(connection, unit) for unit in units]
        except BaseException as error:  # noqa: BLE001 (handed to the callers)
            self.close()
            return [Outcome(error=translated(error))] * len(units)

    def _in_savepoint(self, connection: Connection, unit: Unit) -> Outcome:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("SAVEPOINT unit")
        try:
            outcome = self._run(connection, unit)
        except BaseException as error:  # noqa: BLE001 (handed to its caller; the writer goes on for all others)
            outcome = Outcome(error=translated(error))
        if not raw.in_transaction:
            # A full or failing disk makes SQLite roll everything back by itself; what came after would stand alone.
            raise StorageUnavailable("The database cannot be written. Check that the disk is not full.")
        if outcome.error is not None:
            raw.execute("ROLLBACK TO unit")
        raw.execute("RELEASE unit")
        return outcome


class PostgresTransactions(_Connected):
    """Each unit in its own SERIALIZABLE transaction, repeated when another one came in between."""

    def __init__(
        self,
        engine: Engine,
        sealer: Sealer,
        ids: Ids,
        turns: Turns | None = None,
        pause: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`turns`: shared by all that work on this database in this process. `chance`: from 0 to 1, for the pauses."""
        super().__init__(engine, sealer, ids)
        self._turns = turns or Turns()
        self._pause = pause
        self._chance = chance

    def perform(self, units: Sequence[Unit]) -> list[Outcome]:
        """See `Transactions`."""
        return [self._perform(unit) for unit in units]

    def _perform(self, unit: Unit) -> Outcome:
        reconnected = False
        for tries, wait in enumerate(_WAITS):
            try:
                with self._turns.beside_others() if tries < _ALONE_AFTER else self._turns.alone():
                    return self._try(unit)
            except (DBAPIError, PendingRollbackError) as error:
                # The second comes where a unit went on after its connection was lost: it hid what it was told first.
                lost = not isinstance(error, DBAPIError) or error.connection_invalidated
                if lost:
                    self.close()
                if not _overtaken(error) and (reconnected or not lost):
                    return Outcome(error=translated(error))
                reconnected = reconnected or lost
            except BaseException as error:  # noqa: BLE001 (handed to its caller; the thread goes on)
                return Outcome(error=translated(error))
            self._pause(wait * (0.5 + self._chance()))
        return Outcome(error=StorageUnavailable("The database is too busy: a change was overtaken again and again."))

    def _try(self, unit: Unit) -> Outcome:
        connection = self._connection()
        transaction = connection.begin()
        try:
            outcome = self._run(connection, unit)
            _refuse_failed(connection)
        except BaseException:
            transaction.rollback()
            raise
        try:
            transaction.commit()
        except DBAPIError as error:
            transaction.rollback()
            if _overtaken(error):
                raise
            self.close()
            raise StorageUnavailable("The connection broke while a change was being committed.") from error
        except BaseException:  # the connection may be in any state: the next unit takes a fresh one
            self.close()
            raise
        return outcome


_AWAY = (OperationalError, InterfaceError, PendingRollbackError, PoolTimeoutError, sqlite3.OperationalError)


def translated(error: BaseException) -> BaseException:
    """The same error in the words of `bot.errors`; what is not from the database stays as it is."""
    if isinstance(error, IntegrityError):
        ours: StorageError = StorageConflict("A row contradicts another one. Nothing was changed.")
    elif isinstance(error, _AWAY):
        ours = StorageUnavailable(
            "The database cannot be reached or written just now. Check that it runs, that its disk is not full, and "
            "that the bot may write to it."
        )
    elif isinstance(error, DBAPIError | sqlite3.Error):
        ours = StorageError("The database refused a statement. Nothing was changed.")
    elif isinstance(error, StopIteration):
        return RuntimeError("A unit of work raised StopIteration.")  # no future takes that one
    else:
        return error
    ours.__cause__ = error
    return ours


def _overtaken(error: SQLAlchemyError) -> bool:
    return getattr(getattr(error, "orig", None), "sqlstate", None) in _OVERTAKEN


def _refuse_failed(connection: Connection) -> None:
    """A unit that hid a refused statement: its COMMIT would quietly be a ROLLBACK."""
    raw: Any = connection.connection.driver_connection
    if raw.info.transaction_status == TransactionStatus.INERROR:
        raise StorageError("A unit of work went on after the database had refused a statement.")
