"""Databases beside each other on one PostgreSQL server: made, filled from another one, and dropped. For simulations."""

from sqlalchemy import create_engine, insert, make_url, select, text

from bot.errors import StorageError
from storage.engine import migrate, open_database
from storage.single_process import lock_number
from storage.tables import metadata

_LET_GO = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks "
    "WHERE locktype = 'advisory' AND (classid::bigint << 32) | objid::bigint = :number"
)


def open_server(url: str) -> None:
    """Raises StorageError, with a text for whoever runs this, when it is no such server, or does not let us in."""
    if not url.startswith("postgresql+psycopg://"):
        raise StorageError("Nothing was played. Name a server like this: postgresql+psycopg://USER@HOST/DATABASE")
    open_database(url).dispose()


def database_url(server_url: str, name: str) -> str:
    """The URL of the database with this name on that server."""
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def create(server_url: str, name: str, template: str | None = None) -> None:
    """A new database, empty or as `template` is."""
    _administer(server_url, f"CREATE DATABASE {name}" + ("" if template is None else f" TEMPLATE {template}"))


def drop(server_url: str, name: str) -> None:
    """Gone, whoever is still connected to it."""
    _administer(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def fill(url: str, from_url: str) -> None:
    """Give the empty database at `url` the newest schema, and all rows of another one of ours."""
    source, target = open_database(from_url), open_database(url)
    migrate(target)
    with source.connect() as read, target.begin() as write:
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            if rows:
                write.execute(insert(table), rows)
    source.dispose()
    target.dispose()


def let_go(url: str, owner: str) -> None:
    """End the session by which the bot of this name holds its lock, as a network or a server that fails would."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(_LET_GO, {"number": lock_number(owner)})
    finally:
        engine.dispose()


def _administer(server_url: str, statement: str) -> None:
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
