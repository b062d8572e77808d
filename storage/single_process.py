"""One bot per SQLite file; on PostgreSQL, knowing which bots are alive.

A lease names its owner. A bot that was killed leaves leases behind; the next one need not wait until they run out.
"""

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Any, Protocol

from sqlalchemy import BindParameter, Connection, Engine, bindparam, select, text, union, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.domain.outgoing import UNKNOWN
from bot.errors import AnotherBotRuns, StorageError, StorageUnavailable
from bot.ids import Ids
from storage.engine import open_database
from storage.records import Records
from storage.tables import deadlines, inbox, outbox

_LEASED = (deadlines, inbox, outbox)
_OF_THE_DEAD: BindParameter[Any] = bindparam("dead", expanding=True)
_OWNERS = union(*(select(table.c.lease_owner).where(table.c.lease_owner.is_not(None)) for table in _LEASED))
_RELEASES = tuple(
    update(table)
    .where(table.c.lease_owner.in_(_OF_THE_DEAD))
    .values(lease_owner=None, lease_until=None, **({"failure": UNKNOWN} if table is outbox else {}))
    for table in _LEASED
)
"""What a dead bot was sending may have left."""
_ALERTS_TAKEN_BACK = (
    select(outbox.c.id)
    .where(outbox.c.lease_owner.in_(_OF_THE_DEAD), outbox.c.state == "withdrawn", outbox.c.purpose == "alert")
    .order_by(outbox.c.id)
)

_COUNT_BOTS = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
    "WHERE locktype = 'advisory' AND granted AND datname = current_database() AND pid <> pg_backend_pid()"
)
"""Whoever asks may hold the lock for migrating."""

_OPENING = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC

ANSWERS_WITHIN = 8.0
"""Seconds; longer than a session waits for its lock."""
LETS_GO_WITHIN = 1.0
"""Seconds; an orderly end does not wait longer for the server."""


class Ownership(Protocol):
    """That this bot runs. Held from start to end, given up by the system when the bot dies."""

    @property
    def owner(self) -> str:
        """The name under which this bot takes leases; another one at each start."""
        ...

    @property
    def is_alone(self) -> bool:
        """Whether no other bot can run beside this one."""
        ...

    def is_alive(self, owner: str, records: Records) -> bool:
        """Whether the bot with this name still runs."""
        ...

    def renew(self) -> None:
        """Own it again if the database has let go of it: others would take this bot for dead. Waits for the database,
        so not on the event loop. Raises StorageUnavailable."""
        ...

    def give_up(self) -> None:
        """This bot has ended."""
        ...


def own(engine: Engine, ids: Ids) -> Ownership:
    """Raises AnotherBotRuns when the SQLite file is in use by another bot."""
    if engine.dialect.name == "sqlite":
        return _OwnFile(_lock_file(engine), ids.new())
    return _OwnSession(engine, ids.new())


def is_in_use(url: str) -> bool:
    """Whether a bot runs on this database right now. Raises StorageError like `open_database`."""
    engine = open_database(url)
    try:
        with engine.connect() as connection:
            return _a_bot_runs(connection)
    finally:
        engine.dispose()


def refuse_beside_an_older_bot(connection: Connection) -> None:
    """For `migrate`: raises AnotherBotRuns when a bot runs on this database, which must be an older one then.

    A bot owns the database before it looks at its tables, and looks at them when nobody changes them. So one that is
    not seen here yet finds them changed, and does not start.
    """
    if _a_bot_runs(connection):
        raise AnotherBotRuns(
            "The database is of an older version, and a bot of that version is using it: it could fail if its tables "
            "were changed meanwhile. Nothing was changed. Stop that bot and start the new version, which brings the "
            "database up to date; then do this again."
        )


def _a_bot_runs(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return _is_locked(_lock_file(connection.engine))
    return bool(connection.execute(_COUNT_BOTS).scalar_one())


def dead_owners(records: Records, ownership: Ownership) -> frozenset[str]:
    """The bots that have something in hand and do not run, as far as the database knows."""
    owners = [owner for owner in records.scope.connection.execute(_OWNERS).scalars() if owner != ownership.owner]
    return frozenset(owner for owner in owners if not ownership.is_alive(owner, records))


def release_leases(records: Records, owners: Collection[str]) -> list[str]:
    """Frees what these bots have in hand. One that runs all the same notices it before it changes anything.

    Returns the ids of alerts that were taken back while they were on their way: nobody will record what became of them.
    """
    if not owners:
        return []
    dead = {"dead": list(owners)}
    taken_back = list(records.scope.connection.execute(_ALERTS_TAKEN_BACK, dead).scalars())
    for statement in _RELEASES:
        records.scope.connection.execute(statement, dead)
    records.scope.outbox_touched = records.scope.deadlines_touched = True
    return taken_back


def _lock_file(engine: Engine) -> Path:
    database = Path(str(engine.url.database))
    return database.with_name(database.name + ".lock")


def _is_locked(path: Path) -> bool:
    """Makes no lock file: it would belong to whoever only looks, and keep the bot's own user from starting."""
    try:
        descriptor = os.open(path, _OPENING)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _lock_unusable(path) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _lock_unusable(path: Path) -> StorageError:
    return StorageError(f"The lock file {path} cannot be made or opened. Check who owns it and its folder.")


class _OwnFile:
    """An exclusive lock on a file beside the database."""

    is_alone = True

    def __init__(self, path: Path, owner: str) -> None:
        self.owner = owner
        try:
            self._descriptor = os.open(path, _OPENING | os.O_CREAT, 0o600)
        except OSError as error:
            raise _lock_unusable(path) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise AnotherBotRuns(
                "Another bot is already using this database. Stop that one first, or name another file in "
                "BUDDY_DATABASE_URL. Nothing was started."
            ) from None

    def is_alive(self, owner: str, records: Records) -> bool:
        return False  # nobody else can be

    def renew(self) -> None:
        pass  # the system takes it from nobody who lives

    def give_up(self) -> None:
        os.close(self._descriptor)


class _OwnSession:
    """An advisory lock, numbered after the owner, on a session of its own."""

    is_alone = False

    def __init__(self, engine: Engine, owner: str) -> None:
        self.owner = owner
        self._engine = engine
        self._connection: Connection | None = None
        self.renew()

    def is_alive(self, owner: str, records: Records) -> bool:
        question = text("SELECT pg_try_advisory_xact_lock(:number)")
        return not records.scope.connection.execute(question, {"number": lock_number(owner)}).scalar_one()

    def renew(self) -> None:
        """See `Ownership`."""
        with self._answering(ANSWERS_WITHIN):
            if self._connection is not None:
                with suppress(SQLAlchemyError):  # also that an earlier look was broken off
                    self._connection.execute(text("SELECT 1"))
                    return
                self._hang_up()
            try:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                self._connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": lock_number(self.owner)})
            except DBAPIError as error:
                self._hang_up()
                raise StorageUnavailable("PostgreSQL does not answer. Check that it runs.") from error

    def give_up(self) -> None:
        if self._connection is not None:
            number = {"number": lock_number(self.owner)}
            with self._answering(LETS_GO_WITHIN), suppress(SQLAlchemyError):  # the server is gone, and the lock with it
                self._connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)
        self._hang_up()

    @contextmanager
    def _answering(self, seconds: float) -> Iterator[None]:
        """Until the end of the block; whatever waits for a server that does not answer ends with an error in time."""
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        connection = self._connection
        if connection is None or connection.closed:
            return
        with suppress(OSError, SQLAlchemyError), socket(fileno=os.dup(connection.connection.fileno())) as line:
            line.shutdown(SHUT_RDWR)

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def lock_number(owner: str) -> int:
    """The number of the advisory lock that the bot of this name holds."""
    return int.from_bytes(hashlib.sha256(owner.encode()).digest()[:8], "big", signed=True)
