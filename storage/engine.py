"""Opens a database, and brings its schema up to date."""

import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from bot.errors import StorageError, StorageUnavailable
from storage.postgresql import open_postgresql
from storage.sqlite_dialect import COMPILED, DRIVER
from storage.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONLY_OWNER = 0o600
_BUSY_TIMEOUT_MS = 5_000
_WAIT_FOR_READERS_MS = 20
_PRIMARY = 0xFF  # of SQLite's error codes, the rest says more exactly where
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR})
_REFUSED = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
_NO_RIGHT = "42501"  # PostgreSQL: insufficient privilege
_OWNS_ALL = text(
    "SELECT coalesce(bool_and(pg_has_role(relowner, 'USAGE')), true) FROM pg_class "
    "JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = current_schema() "
    "WHERE relkind = 'r' AND relname = ANY(:names)"
)
_MIGRATION_LOCK = 0x62756464790001  # an advisory lock of PostgreSQL: one bot migrates at a time


def open_database(url: str, *, durable: bool = True) -> Engine:
    """An engine for `sqlite:///PATH` or `postgresql+psycopg://…`, after one connection has worked.

    `durable` False lets SQLite skip waiting for the disk: for simulations only. Raises StorageError with a text for
    whoever runs the bot, StorageUnavailable when the server does not answer.
    """
    try:
        parsed = make_url(url)
        if parsed.drivername == "postgresql+psycopg":
            return open_postgresql(parsed)
    except (ArgumentError, ValueError):  # no port, no host name, or more of these: its text may hold the password
        raise _wrong_url() from None
    if parsed.drivername == "sqlite":
        return _open_sqlite(parsed, durable=durable)
    raise _wrong_url()


def is_emptied(url: str) -> bool:
    """Whether there is a SQLite file without a single byte. Of a URL that is not understood False."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return False
    file = Path(parsed.database or "")
    return parsed.drivername == "sqlite" and file.is_file() and file.stat().st_size == 0


def migrate(engine: Engine, to: str = "head", *, before_changing: Callable[[Connection], None] | None = None) -> None:
    """Brings the schema to the newest revision. Raises StorageError when it is newer than this code, or cannot be
    changed; nothing is changed then.

    `before_changing` is called where tables that are in use would be changed, once nobody else can begin to change or
    to use them; it may raise a StorageError, and nothing is changed then.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in scripts.walk_revisions()}
    if engine.dialect.name == "postgresql":  # SERIALIZABLE would not see what another bot has just migrated
        engine = engine.execution_options(isolation_level="READ COMMITTED")
    engine = engine.execution_options(compiled_cache=None)  # its statements come once, and are never the same
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                _wait_for_turn(connection)
            found = set(MigrationContext.configure(connection).get_current_heads())
            _refuse_unknown(found, known)
            if before_changing and found and found != set(scripts.get_heads()):
                before_changing(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            if engine.dialect.name == "postgresql":
                _refuse_tables_of_others(connection)
    except DBAPIError as error:
        raise _not_migrated(error) from error


def _wait_for_turn(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0")
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def _refuse_tables_of_others(connection: Connection) -> None:
    """Only the owner of a table can rewrite it: for another role, what people erase would stay in its files."""
    if not connection.execute(_OWNS_ALL, {"names": list(metadata.tables)}).scalar_one():
        raise StorageError(
            "The database role does not own the bot's tables, so nothing could ever be erased from their files. Let "
            "the role that stands in the database URL own them: REASSIGN OWNED BY THEIR_OWNER TO ROLE. Nothing was "
            "changed."
        )


def empty_log(engine: Engine) -> None:
    """Moves all of SQLite's write-ahead log into the database and empties it. Raises StorageUnavailable.

    Another program that reads is hardly waited for: as long as SQLite waits for it, nobody can write.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_WAIT_FOR_READERS_MS}")
        (busy, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        busy = 1
    finally:
        connection.close()
    if busy:
        raise StorageUnavailable("Another program reads the database, so its log cannot be emptied just now.")


def _refuse_unknown(found: set[str], known: set[str]) -> None:
    if not found <= known:
        raise StorageError(
            "The database was made by a newer version of the bot. Nothing was changed. "
            "Start that version or a later one, or restore a backup from before."
        )
    if len(found) > 1:
        raise StorageError(
            "The database says that it is of more than one version of the bot (table alembic_version): somebody wrote "
            "into it, or it was put together of two. Nothing was changed. If you know which row is right, delete the "
            "others and start again; or restore a backup."
        )


def _not_migrated(error: DBAPIError) -> StorageError:
    if getattr(error.orig, "sqlstate", None) == _NO_RIGHT:
        return StorageError(
            "The database role may not make tables. Nothing was changed. Let the role that stands in the database URL "
            "own the database, or give it that right: GRANT CREATE, USAGE ON SCHEMA public TO ROLE."
        )
    kind = StorageUnavailable if isinstance(error, OperationalError) else StorageError
    return kind(
        "The tables could not be made or changed. Nothing was changed. Check that the database belongs to this bot "
        "alone, that its disk is not full, and that no other program holds it; then start again."
    )


def _wrong_url() -> StorageError:
    return StorageError(
        "The database URL is not understood. Write sqlite:////var/lib/buddy/buddy.db (an absolute path has four "
        "slashes) or postgresql+psycopg://USER@HOST/DATABASE."
    )


def _open_sqlite(url: URL, *, durable: bool) -> Engine:
    if not url.database or url.database == ":memory:" or url.query:
        raise _wrong_url()
    _make_private(Path(url.database))
    # No pool on either database: each thread keeps its connection, and a connection that is given back is closed.
    engine = create_engine(
        url.set(drivername=DRIVER),
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": 5},
        execution_options={"compiled_cache": COMPILED},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: object) -> None:
        """What holds for every connection: nothing is lost, and nothing that was erased is left."""
        connection.isolation_level = None  # BEGIN is ours, see `BuddySqlite`
        connection.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
        if connection.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
            raise StorageError("SQLite cannot use its write-ahead log here. Put the database on a local disk.")
        connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA temp_store=MEMORY")  # else pages with what is being erased go to /var/tmp
        connection.execute("PRAGMA foreign_keys=ON")

    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except DBAPIError as error:
        engine.dispose()
        raise _unusable_sqlite(error) from None
    return engine


def _unusable_sqlite(error: DBAPIError) -> StorageError:
    """A backup is advised only where nothing else helps: with it the timers that run now would be lost."""
    if "locked" in str(error.orig) or "busy" in str(error.orig):
        return StorageUnavailable("The database is locked by another program. Close that program and start again.")
    code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY
    if code in _DAMAGED:
        return StorageError(
            "The database file cannot be used: it is not a SQLite database, or it is damaged. Restore a backup, or "
            "name another file in BUDDY_DATABASE_URL."
        )
    if code in _REFUSED:
        return StorageError(
            "The database cannot be opened: the bot may not write to its file or to the folder around it. Let the "
            "bot's user own both, on a disk that is not mounted read-only, then start again. Restore no backup: the "
            "database itself need not be damaged."
        )
    return StorageUnavailable(
        "The database cannot be opened: its disk is full, or fails. Make room on it, or have the disk looked at, then "
        "start again. Restore no backup before that: the database itself need not be damaged."
    )


def _make_private(path: Path) -> None:
    """SQLite gives its -wal and -shm files the mode of the database file, so that one is made first."""
    if not path.parent.is_dir():
        raise StorageError(
            f"The folder for the database does not exist: {path.parent}. Make it, readable only for the bot's user."
        )
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, _ONLY_OWNER))
    except FileExistsError:
        # Not opened here: closing it again would drop SQLite's own locks if this bot has it open already.
        for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            _tighten(file)
    except OSError as error:
        raise _forbidden(path) from error


def _tighten(file: Path) -> None:
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise StorageError(f"{file} is not an ordinary file. The database must be one, and no link to one.")
        if stat.S_IMODE(found.st_mode) & ~_ONLY_OWNER:
            file.chmod(_ONLY_OWNER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _forbidden(file) from error


def _forbidden(file: Path) -> StorageError:
    return StorageError(
        f"The database file {file} cannot be made or opened. Check who owns it and its folder. If that is right, its "
        "disk is full, or mounted read-only."
    )
