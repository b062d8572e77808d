"""Databases that the bot does not start with, and what it says of them."""

import os
import resource
import sqlite3
import uuid
from pathlib import Path

import pytest
from psycopg import Connection
from sqlalchemy import Engine, event, inspect, make_url, text

from bot.errors import StorageError, StorageUnavailable
from storage.engine import is_emptied, migrate, open_database
from storage.seals import keys_for


def _become(engine: Engine, role: str) -> None:
    @event.listens_for(engine, "connect")
    def become(connection: Connection, _: object) -> None:
        connection.execute(f"SET ROLE {role}")
        connection.commit()


@pytest.mark.postgresql
def test_a_role_that_may_not_make_tables_is_told_what_it_lacks(postgresql_url: str) -> None:
    """From PostgreSQL 15 on no role may at first, but the one that owns the database."""
    engine = open_database(postgresql_url)
    role = f"buddy_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.execute(text(f"CREATE ROLE {role}"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))

    _become(engine, role)
    with pytest.raises(StorageError, match=r"may not make tables.*GRANT CREATE"):
        migrate(engine)
    assert inspect(engine).get_table_names() == []


@pytest.mark.postgresql
def test_a_role_that_does_not_own_the_tables_is_refused(postgresql_url: str) -> None:
    """Only the owner's VACUUM takes what was erased out of the files; for others it does nothing, and tells nobody."""
    engine = open_database(postgresql_url)
    role = f"buddy_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {role}"))
        connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"))

    _become(engine, role)
    with pytest.raises(StorageError, match=r"does not own the bot's tables.*REASSIGN OWNED"):
        migrate(engine)


@pytest.mark.postgresql
@pytest.mark.parametrize("name", ["buddy", "Buddy", "buddy bot"])
def test_a_schema_may_have_any_name(postgresql_url: str, name: str) -> None:
    """Where there is one called after the role, it is used."""
    role = f"{name} {uuid.uuid4().hex}"
    with open_database(postgresql_url).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text(f'CREATE ROLE "{role}" LOGIN'))
        connection.execute(text(f'CREATE SCHEMA AUTHORIZATION "{role}"'))
    engine = open_database(make_url(postgresql_url).set(username=role).render_as_string(hide_password=False))
    migrate(engine)
    assert "pairings" in inspect(engine).get_table_names(schema=role)


@pytest.mark.postgresql
def test_a_database_that_can_only_be_read_is_refused(postgresql_url: str) -> None:
    with open_database(postgresql_url).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    with pytest.raises(StorageError, match="read only"):
        open_database(postgresql_url)


@pytest.mark.postgresql
def test_a_database_without_an_encoding_is_refused(postgresql_url: str) -> None:
    name = f"test_{uuid.uuid4().hex}"
    with open_database(postgresql_url).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        how = "ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        connection.execute(text(f"CREATE DATABASE {name} {how}"))
    with pytest.raises(StorageError, match="UTF8"):
        open_database(make_url(postgresql_url).set(database=name).render_as_string(hide_password=False))


@pytest.mark.parametrize(
    "address",
    ["bot@/db?host=a,b&port=1,2,3", "bot@/db?host=a&host=b&port=1&port=2&port=3", "bot@\udcff/db", "bot@a..b/db"],
    ids=["more-ports-than-hosts", "as-many-but-listed", "no-text", "no-host"],
)
def test_a_server_that_cannot_be_is_said_to_be_none(address: str) -> None:
    with pytest.raises(StorageError, match="The database URL is not understood") as raised:
        open_database(f"postgresql+psycopg://{address}")
    assert raised.value.__suppress_context__


def test_of_a_url_that_is_not_understood_no_part_is_told() -> None:
    assert not is_emptied("postgresql+psycopg://bot:word@host:secret/name")


@pytest.mark.postgresql
def test_tables_that_cannot_be_made_for_another_reason(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(StorageError, match="tables could not be made or changed"):
        migrate(engine)


# --- SQLite whose disk or folder refuses


def test_a_healthy_database_on_a_full_disk_is_not_said_to_be_damaged(sqlite_url: str) -> None:
    """Found: who restored a backup, as was advised, lost the timers that run."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))  # SQLite meets with what a full disk does to it
    try:
        with pytest.raises(StorageUnavailable) as refused:
            open_database(sqlite_url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "disk is full" in str(refused.value)
    assert "Make room" in str(refused.value)
    open_database(sqlite_url).dispose()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_FULL, r"disk is full.*Make room.*Restore no backup"),
        (sqlite3.SQLITE_IOERR_WRITE, r"disk is full.*Make room.*Restore no backup"),
        (sqlite3.SQLITE_CANTOPEN, r"may not.*folder.*Let the bot's user own.*Restore no backup"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, r"may not.*folder.*Let the bot's user own.*Restore no backup"),
        (sqlite3.SQLITE_NOTADB, r"not a SQLite database.*Restore a backup"),
        (sqlite3.SQLITE_CORRUPT, r"damaged.*Restore a backup"),
    ],
)
def test_a_backup_is_advised_only_where_the_database_is_damaged(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr("sqlite3.dbapi2.connect", refuse)
    with pytest.raises(StorageError, match=told):
        open_database(sqlite_url)


# --- PostgreSQL on another host, and what its server keeps


def test_a_database_without_its_seals_is_said_to_be_damaged(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE seals"))
    with pytest.raises(StorageError, match="damaged, or was changed by hand"):
        keys_for(engine, tmp_path / "buddy.key", os.urandom)
    assert not (tmp_path / "buddy.key").exists()
