"""PostgreSQL keeps erased rows in its files until their place is needed; so its tables are written anew."""

from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.errors import StorageUnavailable
from storage.schema import metadata

_WAITS_MS = 200
"""So long may this hold up others where somebody is using a table; it then leaves that table for the next time."""
_AT_MOST_BYTES = 64 * 1024 * 1024
"""A larger table would be locked for too long: an alert could have to wait for it. Its free space is reused instead."""
_SIZE = text("SELECT pg_total_relation_size(to_regclass(:name))")


def rewrite_tables(engine: Engine) -> None:
    """What was erased before is gone from the table files, but for tables in use or large; the next time comes soon.

    PostgreSQL's own log of changes (`pg_wal`) keeps erased rows, sealed, for a while. Raises StorageUnavailable.
    """
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{_WAITS_MS}ms'")
            for name in sorted(metadata.tables):
                size = connection.execute(_SIZE, {"name": f'"{name}"'}).scalar_one()
                try:
                    connection.exec_driver_sql(f'VACUUM {"(FULL)" if size <= _AT_MOST_BYTES else ""} "{name}"')
                except OperationalError as error:
                    if not isinstance(error.orig, LockNotAvailable):
                        raise
    except DBAPIError as error:
        raise StorageUnavailable("PostgreSQL could not write its tables anew. Check that it runs.") from error
