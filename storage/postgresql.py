"""Opens a PostgreSQL database, and looks at how its server is set up."""

import os
from typing import Any

from psycopg import ProgrammingError
from psycopg.pq import Conninfo
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.errors import StorageError, StorageUnavailable

_ARGUMENTS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds: a connection that died without a word must not hold up a thread
    "application_name": "buddy",
}
_SESSION_SETTINGS = (
    # Index scans keep the predicate locks of SERIALIZABLE narrow: fewer needless retries on small tables.
    # A process that hangs within a transaction must not keep its rows from all others: they would skip what falls due.
    "-c enable_seqscan=off -c lock_timeout=5s -c statement_timeout=30s -c timezone=UTC "
    "-c idle_in_transaction_session_timeout=10s"
)
_NO_ENCRYPTION = "server does not support SSL"
_REFUSED = ("connection is bad: ", "could not match ")
_OF_A_SERVER = "connection to server"
_NO_TICKET = "GSSAPI encryption required"
_FILES = ("certificate file", "private key file")
_THIS_HOST = frozenset({"", "localhost", "127.0.0.1", "::1"})
_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
_LOGS_VALUES = """
    SELECT coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0' AND (
        current_setting('log_statement') IN ('mod', 'all')
        OR current_setting('log_min_duration_statement') <> '-1'
        OR coalesce(current_setting('log_min_duration_sample', true), '-1') <> '-1'
        OR coalesce(current_setting('log_transaction_sample_rate', true), '0') <> '0')
    OR coalesce(current_setting('log_parameter_max_length_on_error', true), '0') <> '0'
    OR coalesce(current_setting('auto_explain.log_min_duration', true), '-1') <> '-1' AND (
        coalesce(current_setting('auto_explain.log_parameter_max_length', true), '0') <> '0'
        OR coalesce(current_setting('auto_explain.log_verbose', true), 'off') = 'on')
    OR coalesce(current_setting('pgaudit.log_parameter', true), 'off') = 'on'
"""
"""A setting that is not there: of an older server, which logs all values with a statement, and none otherwise; or of a
module that is not loaded."""


def open_postgresql(url: URL) -> Engine:
    """An engine, after one connection has worked. Raises StorageError, StorageUnavailable when nothing answers."""
    _refuse_options_of_none(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level="SERIALIZABLE",
        connect_args=_ARGUMENTS | encryption(url) | {"options": _session_settings(url)},
    )
    try:
        with engine.connect() as connection:
            read_only = connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on"
    except TypeError:  # the driver gives bytes where the encoding has no name for characters
        engine.dispose()
        raise StorageError(
            "The database must be made with the encoding UTF8: CREATE DATABASE NAME ENCODING 'UTF8' TEMPLATE "
            "template0. Nothing was started."
        ) from None
    except DBAPIError as error:
        engine.dispose()
        raise _told(error) from None
    if read_only:
        engine.dispose()
        raise StorageError(
            "PostgreSQL lets the bot read only. Name the server that can be written to, or take back "
            "default_transaction_read_only. Nothing was started."
        )
    return engine


def logs_values(engine: Engine) -> bool:
    """Whether the server keeps, in a log of its own, what is written into its tables: sealed, but also after it was
    erased. False for SQLite. Raises StorageUnavailable."""
    if engine.dialect.name != "postgresql":
        return False
    try:
        with engine.connect() as connection:
            return bool(connection.exec_driver_sql(_LOGS_VALUES).scalar_one())
    except DBAPIError:
        raise StorageUnavailable("PostgreSQL does not answer. Check that it runs.") from None


def encryption(url: URL) -> dict[str, Any]:
    """What the driver is told beside the URL: by itself it goes on in the open where the server of another host does
    not encrypt. What the environment says may ask for more than that, not for less. Raises StorageError."""
    if "sslmode" in url.query:
        return {}
    if "service" in url.query or "PGSERVICE" in os.environ:
        # Its file may lead anywhere, and ask to check who answers: what is told here would count for more.
        raise StorageError(
            "BUDDY_DATABASE_URL, or PGSERVICE, names a service, whose file may lead to another host in the open. "
            "Nothing was started. Say at the end of BUDDY_DATABASE_URL how it is to be encrypted, whatever that file "
            "says: ?sslmode=verify-full, or ?sslmode=require; or do without a service."
        )
    if _is_certainly_here(url):
        return {}
    chosen = os.environ.get("PGSSLMODE")
    return {"sslmode": chosen if chosen in _ENCRYPTED else "require"}


def _is_certainly_here(url: URL) -> bool:
    """The driver goes to the host behind the `?` where there are two; but then who can say what was meant."""
    if "hostaddr" in url.query or "PGHOSTADDR" in os.environ:
        return False
    behind = url.query.get("host", ())
    named = [each for each in (url.host, *((behind,) if isinstance(behind, str) else behind)) if each]
    hosts = [host for each in named or [os.environ.get("PGHOST", "")] for host in each.split(",")]
    return all(host in _THIS_HOST or host.startswith("/") for host in hosts)


def _session_settings(url: URL) -> str:
    """The operator's, such as a schema, and after them those that the bot needs: the last one counts."""
    chosen = url.query.get("options", os.environ.get("PGOPTIONS", ""))
    return " ".join([*((chosen,) if isinstance(chosen, str) else chosen), _SESSION_SETTINGS])


def _refuse_options_of_none(url: URL) -> None:
    """What is no option of a connection would be one of psycopg's own: its `conninfo` names hosts as well."""
    if not url.query.keys() <= {option.keyword.decode() for option in Conninfo.get_defaults()}:
        raise _wrong_option()


def _told(error: DBAPIError) -> StorageError:
    """What the driver said, for the operator; its own words may hold an address, or a path."""
    told = str(error.orig)
    if _NO_ENCRYPTION in told:
        return StorageError(
            "PostgreSQL on another host offers no encrypted connection, and whoever listens could read who starts "
            "a timer, and when. Nothing was started. Switch its `ssl` on; or, if it is this host after all, or "
            "nobody can listen on the way, say so at the end of BUDDY_DATABASE_URL: ?sslmode=disable"
        )
    if _NO_TICKET in told:
        return StorageError(
            "gssencmode=require in BUDDY_DATABASE_URL, or PGGSSENCMODE, asks for encryption by Kerberos, and there is "
            "no ticket for it here. Nothing was started. Get one, or take that out and say ?sslmode=require instead."
        )
    if any(file in told for file in _FILES):
        return StorageError(
            "A file that the encrypted connection to PostgreSQL needs is not there, holds nothing of use, or, if it is "
            "a private key, may be read by others. Nothing was started. The certificates by which servers are known "
            "are looked for in ~/.postgresql/root.crt, unless sslrootcert in BUDDY_DATABASE_URL names another file; "
            "a key of the bot's own (sslkey) must be readable by its owner alone: chmod 600."
        )
    if _is_of_the_url(error):
        return _wrong_option()
    return StorageUnavailable(
        "PostgreSQL does not let the bot in, or does not answer. Check that it runs, and host, user, password and "
        "database in BUDDY_DATABASE_URL."
    )


def _is_of_the_url(error: DBAPIError) -> bool:
    """Whether the driver refused what it was told, before it turned to a server."""
    told = str(error.orig)
    if isinstance(error.orig, ProgrammingError):
        return error.orig.sqlstate is None
    return told.startswith(_REFUSED) and _OF_A_SERVER not in told


def _wrong_option() -> StorageError:
    return StorageError(
        "An option of BUDDY_DATABASE_URL (behind its ?), its port, or a PG… variable of the environment, is not "
        "understood by its driver: misspelt, or it names a service that is not there. Nothing was started. Correct it, "
        "or take it out."
    )
