"""Databases that the bot does not start with, and what it says of them."""

import os
import resource
import socketserver
import sqlite3
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
from storage.postgresql import encryption, logs_values
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


class _InTheOpen(socketserver.BaseRequestHandler):
    """A server that does not encrypt, and notes what is said to it all the same."""

    said: ClassVar[list[bytes]] = []
    answer = b"N"

    def handle(self) -> None:
        asked = self.request.recv(8)  # whether it encrypts
        self.request.sendall(self.answer)
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


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("bot@/buddy?hostaddr=127.0.0.1&port={port}", {}),
        ("bot@localhost:{port}/buddy?hostaddr=127.0.0.1", {}),
        ("bot@/buddy?port={port}", {"PGHOSTADDR": "127.0.0.1"}),
        ("bot@localhost:{port}/buddy", {"PGHOSTADDR": "127.0.0.1"}),
        ("bot@/buddy?port={port}", {"PGHOST": "127.1"}),
        ("bot@localhost:{port}/buddy?host=127.1", {}),
        ("bot@127.1:{port}/buddy?host=localhost", {}),
        ("bot@/buddy?host=/nowhere,127.1&port={port},{port}", {}),
        ("bot@/buddy?host=localhost:1&host=127.1:{port}", {}),
        ("bot@127.1:{port}/buddy?sslmode=", {}),
        ("bot@127.1:{port}/buddy", {"PGSSLMODE": "prefer"}),
        ("bot@127.1:{port}/buddy", {"PGSSLMODE": "disable"}),
        ("bot@127.1:{port}/buddy", {"PGSSLMODE": ""}),
    ],
)
def test_whatever_is_not_certainly_this_host_counts_as_another(
    in_the_open: int, monkeypatch: pytest.MonkeyPatch, url: str, environment: dict[str, str]
) -> None:
    """Found: an address beside the name, and what the environment says, led elsewhere in the open."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match="offers no encrypted connection"):
        open_database(f"postgresql+psycopg://{url.format(port=in_the_open)}")
    assert not any(_InTheOpen.said)


@pytest.mark.parametrize(("url", "environment"), [("?service=far", {}), ("", {"PGSERVICE": "far"})])
def test_a_service_needs_its_encryption_in_the_url(
    in_the_open: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, environment: dict[str, str]
) -> None:
    """Found: its file led to another host in the open. What that says of encryption is not ours to see or to change."""
    (tmp_path / "services").write_text(f"[far]\nhost=127.1\nport={in_the_open}\nsslmode=prefer\n")
    for name, value in {"PGSERVICEFILE": str(tmp_path / "services"), **environment}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match=r"names a service.*\?sslmode=verify-full"):
        open_database(f"postgresql+psycopg://bot@/buddy{url}")
    assert not any(_InTheOpen.said)

    with pytest.raises(StorageError, match="offers no encrypted connection"):
        open_database(f"postgresql+psycopg://bot@/buddy{url}{'&' if url else '?'}sslmode=require")


def test_what_the_environment_asks_for_beyond_that_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants to know whom the bot speaks to shall not get less."""
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert encryption(make_url("postgresql+psycopg://bot@far/buddy")) == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    "url",
    [
        "bot@127.1:{port}/buddy?sslmode=disable",
        "bot@localhost:{port}/buddy",
        "bot@127.0.0.1:{port}/buddy",
        "bot@/buddy?host=localhost&port={port}",
    ],
)
def test_on_this_host_or_where_it_was_chosen_it_is(in_the_open: int, url: str) -> None:
    with pytest.raises(StorageUnavailable):
        open_database(f"postgresql+psycopg://{url.format(port=in_the_open)}")
    assert any(_InTheOpen.said)


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ("sslmode=bogus", {}),
        ("service=nosuch&sslmode=require", {}),
        ("nonsense=1", {}),
        ("prepare_threshold=x", {}),
        ("autocommit=1", {}),
        ("target_session_attrs=bogus", {}),
        ("host=a,b&hostaddr=127.0.0.1", {}),
        ("", {"PGSSLMODE": "bogus"}),
    ],
)
def test_a_wrong_option_is_said_to_be_wrong_in_the_url(
    monkeypatch: pytest.MonkeyPatch, options: str, environment: dict[str, str]
) -> None:
    """Found: it was said that the server does not answer."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StorageError, match=r"An option of BUDDY_DATABASE_URL.*is not understood") as refused:
        open_database(f"postgresql+psycopg://bot:secret@127.0.0.1:1/buddy?{options}")
    assert not isinstance(refused.value, StorageUnavailable)
    assert refused.value.__context__ is None or refused.value.__suppress_context__
    assert "secret" not in str(refused.value)
    assert "bogus" not in str(refused.value)


def test_a_file_of_certificates_that_is_not_there_is_said_to_be_wrong_in_the_url(
    in_the_open: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_InTheOpen, "answer", b"S")
    with pytest.raises(StorageError, match="a file that is not there"):
        open_database(f"postgresql+psycopg://bot@127.1:{in_the_open}/buddy?sslmode=verify-full&sslrootcert=/nowhere")


@pytest.mark.parametrize("url", ["bot:secret@127.0.0.1:1/buddy", "bot@nowhere.invalid/buddy", "bot@/b?host=/nowhere"])
def test_a_server_that_does_not_answer_is_no_wrong_option(url: str) -> None:
    with pytest.raises(StorageUnavailable, match="does not answer"):
        open_database(f"postgresql+psycopg://{url}")


def test_an_option_that_is_not_of_the_server_says_nothing_in_the_open(in_the_open: int) -> None:
    """Found: the driver's own `conninfo` names a host too."""
    with pytest.raises(StorageError, match="is not understood by its driver"):
        open_database(f"postgresql+psycopg://bot@/buddy?conninfo=host%3D127.1%20port%3D{in_the_open}")
    assert not any(_InTheOpen.said)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("settings", "keeps"),
    [
        ((), False),
        (("log_statement = 'all'",), True),
        (("log_min_duration_statement = 1000",), True),
        (("log_statement = 'all'", "log_parameter_max_length = 0"), False),
        (("log_parameter_max_length_on_error = -1",), True),
        (("log_parameter_max_length_on_error = 100", "log_parameter_max_length = 0"), True),
        (("auto_explain.log_min_duration = 0", "auto_explain.log_parameter_max_length = -1"), True),
        (("auto_explain.log_min_duration = -1", "auto_explain.log_parameter_max_length = -1"), False),
        (("auto_explain.log_min_duration = 0", "auto_explain.log_parameter_max_length = 0"), False),
        (("auto_explain.log_min_duration = 0", "auto_explain.log_verbose = on"), True),
        (("pgaudit.log = 'write'", "pgaudit.log_parameter = on"), True),
        (("pgaudit.log = 'write'", "pgaudit.log_parameter = off"), False),
    ],
)
def test_a_server_that_keeps_what_is_written_is_noticed(
    postgresql_url: str, settings: tuple[str, ...], keeps: bool
) -> None:
    """Of the modules only the settings are here, which is what the bot asks for."""
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
