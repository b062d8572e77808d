"""The schema, on both databases."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text

from bot.errors import StorageError, StorageUnavailable
from storage.column_types import Sealed
from storage.columns import KEYED
from storage.engine import migrate, open_database
from storage.tables import metadata


def test_the_migrations_end_in_exactly_the_schema_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.postgresql
def test_postgresql_gathers_no_statistics_of_any_column(postgresql_url: str) -> None:
    """Found: of an alarm its moments, and whom it alerted, stood in them for as long as no other had come."""
    engine = open_database(postgresql_url)
    query = text(
        "SELECT relname || '.' || attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid "
        "WHERE relname = ANY(:names) AND attnum > 0 AND NOT attisdropped AND coalesce(attstattarget, -1) <> 0"
    )
    with engine.connect() as connection:
        sampled = set(connection.execute(query, {"names": list(metadata.tables)}).scalars())
    engine.dispose()
    assert sampled == set()


def test_partial_indexes_are_partial(engine: Engine) -> None:
    indexes = {index["name"]: index for index in inspect(engine).get_indexes("check_ins")}
    only_open = indexes["uq_check_ins_open"]
    assert only_open["unique"]
    assert "closed_at IS NULL" in str(only_open["dialect_options"][f"{engine.dialect.name}_where"])


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)


def test_a_schema_newer_than_the_code_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer version"):
        migrate(engine)


def test_a_database_of_two_versions_at_once_is_refused(engine: Engine) -> None:
    """Found: alembic's own error, as a traceback."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))
    with pytest.raises(StorageError, match=r"more than one version.*alembic_version.*Nothing was changed") as refused:
        migrate(engine)
    assert not isinstance(refused.value, StorageUnavailable)


def test_a_migration_that_breaks_leaves_nothing_half_done(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/buddy.db")

    def break_at_pairings(_: object, __: object, statement: str, *___: object) -> None:
        if "CREATE TABLE pairings" in statement:
            raise OSError("pulled the plug")

    event.listen(engine, "before_cursor_execute", break_at_pairings)
    with pytest.raises(OSError, match="plug"):
        migrate(engine)
    event.remove(engine, "before_cursor_execute", break_at_pairings)
    assert inspect(engine).get_table_names() == []
    migrate(engine)
    assert "pairings" in inspect(engine).get_table_names()


@pytest.mark.postgresql
def test_two_bots_that_start_together_migrate_one_after_the_other(postgresql_url: str) -> None:
    engines = [open_database(postgresql_url) for _ in range(2)]
    with engines[0].begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, engines))
    assert "pairings" in inspect(engines[0]).get_table_names()


def test_every_column_is_sealed_or_says_why_not() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            assert isinstance(column.type, Sealed) != bool(column.info.get("why_open")), f"{table.name}.{column.name}"


def test_what_people_wrote_or_chose_is_sealed() -> None:
    sealed = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    }
    assert sealed == {
        "alarms.copy",
        "details.body",
        "files.content",
        "groups.absent",
        "groups.signal_id",
        "inbox.body",
        "inbox.sender_account",
        "new_phones.standing",
        "outbox.body",
        "pairings.buddy_label",
        "pairings.by_duress",
        "pairings.no_alarms",
        "pairings.person_label",
        "people.account",
        "people.away_until",
        "people.language",
        "people.name",
        "people.plan",
        "people.settings",
        "people.words",
        "people.zone",
        "seals.proof",
    }


def test_the_database_files_are_the_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        engine = open_database(f"sqlite:///{tmp_path}/buddy.db")
        migrate(engine)
        connection = engine.connect()
        connection.execute(text("UPDATE beats SET id = 1"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        connection.close()
        engine.dispose()
    finally:
        os.umask(before)
    assert modes == {"buddy.db": 0o600, "buddy.db-wal": 0o600, "buddy.db-shm": 0o600}


def test_a_database_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "buddy.db"
    open_database(f"sqlite:///{path}").dispose()
    path.chmod(0o644)
    open_database(f"sqlite:///{path}").dispose()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sqlite_is_set_up_to_lose_and_leave_nothing(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/buddy.db")
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "temp_store": 2,  # memory: what is erased would else be copied to /var/tmp, perhaps another disk
    }
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    engine.dispose()
    assert found == expected


@pytest.mark.parametrize(
    "url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://host/buddy", "postgresql://h/d"]
)
def test_a_url_that_cannot_work_is_explained(url: str) -> None:
    with pytest.raises(StorageError, match=r"sqlite:////var/lib"):
        open_database(url)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="folder for the database does not exist"):
        open_database(f"sqlite:///{tmp_path}/nowhere/buddy.db")


def test_an_address_that_cannot_be_read_shows_no_part_of_its_password() -> None:
    with pytest.raises(StorageError) as raised:
        open_database("postgresql+psycopg://bot:geh@im:5secret@dbhost/buddy")
    assert "5secret" not in str(raised.value)
    assert raised.value.__suppress_context__


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "buddy.db"
    path.write_text("a shopping list, and a long one at that" * 100)
    with pytest.raises(StorageError, match="not a SQLite database"):
        open_database(f"sqlite:///{path}")
    assert path.read_text().startswith("a shopping list")


def test_a_link_in_place_of_the_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "buddy.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(StorageError, match="ordinary file"):
        open_database(f"sqlite:///{tmp_path}/buddy.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_database_that_another_program_holds_is_said_to_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine._BUSY_TIMEOUT_MS", 1)
    first = open_database(f"sqlite:///{tmp_path}/buddy.db")
    with first.begin(), pytest.raises(StorageUnavailable, match="locked"):
        open_database(f"sqlite:///{tmp_path}/buddy.db")
    first.dispose()


def test_a_server_that_is_not_there_is_said_so_without_the_password() -> None:
    with pytest.raises(StorageUnavailable, match="PostgreSQL") as caught:
        open_database("postgresql+psycopg://bo:secret@127.0.0.1:1/buddy")
    assert "secret" not in str(caught.value)


def test_it_migrates_quietly_from_any_working_folder(tmp_path: Path) -> None:
    code = f"from storage.engine import *; e = open_database('sqlite:///{tmp_path}/buddy.db'); migrate(e)"
    root = Path(__file__).parents[3]
    environment = {"PYTHONPATH": str(root), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.postgresql
def test_postgresql_samples_no_sealed_cell_and_no_keyed_hash(postgresql_url: str) -> None:
    """A new column needs the same as in migration 0014: samples outlive what is erased."""
    secret = {
        (column.table.name, column.name)
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, Sealed) or column.info.get("why_open") == KEYED
    }
    engine = open_database(postgresql_url)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attstattarget = 0")
        ).all()
    engine.dispose()
    assert secret <= {(table.strip('"'), column) for table, column in found}
