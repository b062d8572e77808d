"""Databases that the bot does not start with, and what it says of them."""

import os
import socketserver
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from psycopg import Connection
from sqlalchemy import Engine, event, inspect, make_url, text

from bot.errors import StorageError, StorageUnavailable
from storage.engine import is_emptied, migrate, open_database
from storage.postgresql import logs_values
from storage.seals import keys_for
from tests.databases import _administer


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


# --- PostgreSQL on another host, and what its server keeps


class _InTheOpen(socketserver.BaseRequestHandler):
    """A server that does not encrypt, and notes what is said to it all the same."""

    said: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        asked = self.request.recv(8)  # whether it encrypts
        self.request.sendall(b"N")
        self.said.append(self.request.recv(1024) if asked else asked)


@pytest.fixture
def in_the_open() -> Iterator[int]:
    _InTheOpen.said.clear()
    with socketserver.TCPServer(("127.0.0.1", 0), _InTheOpen) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_to_another_host_nothing_is_said_in_the_open(in_the_open: int) -> None:
    """Found: the driver alone went on without encryption. (The name is one that is not known to be this host.)"""
    with pytest.raises(StorageError, match=r"offers no encrypted connection.*\?sslmode=disable") as refused:
        open_database(f"postgresql+psycopg://bot:secret@127.1:{in_the_open}/buddy")
    assert "secret" not in str(refused.value)
    assert not any(_InTheOpen.said)


@pytest.mark.parametrize("url", ["bot@127.1:{port}/buddy?sslmode=disable", "bot@localhost:{port}/buddy"])
def test_on_this_host_or_where_it_was_chosen_it_is(in_the_open: int, url: str) -> None:
    with pytest.raises(StorageUnavailable):
        open_database(f"postgresql+psycopg://{url.format(port=in_the_open)}")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("settings", "keeps"),
    [
        ((), False),
        (("log_statement = 'all'",), True),
        (("log_min_duration_statement = 1000",), True),
        (("log_statement = 'all'", "log_parameter_max_length = 0"), False),
    ],
)
def test_a_server_that_keeps_what_is_written_is_noticed(
    postgresql_url: str, settings: tuple[str, ...], keeps: bool
) -> None:
    name = make_url(postgresql_url).database
    _administer(postgresql_url, *(f'ALTER DATABASE "{name}" SET {setting}' for setting in settings))
    engine = open_database(postgresql_url)
    assert logs_values(engine) is keeps
    engine.dispose()


def test_a_database_without_its_seals_is_said_to_be_damaged(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE seals"))
    with pytest.raises(StorageError, match="damaged, or was changed by hand"):
        keys_for(engine, tmp_path / "buddy.key", os.urandom)
    assert not (tmp_path / "buddy.key").exists()
