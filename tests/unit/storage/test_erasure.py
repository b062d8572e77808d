"""What stands on the disk, as a thief would find it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.domain.details import Content, EntryKind, Subject, SubjectKind
from bot.domain.outgoing import Outgoing, Priority, Purpose, ToGroup, ToPerson
from bot.errors import SealBroken, StorageError
from bot.ids import Ids
from storage.engine import open_database
from storage.records import Records
from storage.sealing import Sealer
from storage.tables import metadata
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, armed

CHECK_IN = Subject(SubjectKind.CHECK_IN, "a")
_KINDS = ("account", "name", "zone", "code", "word", "label", "detail", "text", "group", "plan", "file", "photo")
CANARIES = [f"canary{kind}" for kind in _KINDS]


def fill(records: Records) -> None:
    ana = records.people.add("canaryaccount", START)
    bo = records.people.add("bo", START)
    records.people.set_name(ana.id, "canaryname")
    records.people.set_zone(ana.id, "canaryzone")
    records.people.set_language(ana.id, "canaryname")
    records.people.set_words(ana.id, "canaryword", "canaryword")
    records.invites.add("canarycode", ana.id, START, START + HOUR)
    group = records.groups.add(START)
    records.groups.set_signal_id(group.id, "canarygroup")
    records.pairings.add(ana.id, bo.id, "canarylabel", "canarylabel", START)
    records.check_ins.add(armed("a", ana.id, bo.id))
    records.people.set_plan(ana.id, "canaryplan")
    records.details.add(CHECK_IN, EntryKind.NOTE, START, "canarydetail")
    records.details.add_file(CHECK_IN, START, Content("canaryfile.jpg", "image/jpeg", b"canaryphoto" * 1000))
    records.inbox.add("canaryaccount", "canaryaccount", 1, START, START, {"message": "canarytext"}, None)
    for to in (ToPerson(bo.id), ToGroup(group.id)):
        facts = {"name": "canaryname", "details": "canarydetail"}
        records.outbox.add(Outgoing(to, Priority.ALERT, Purpose.ALERT, text="canarytext", facts=facts), START)
    records.seals.prove()


async def test_no_cell_shows_what_it_says(store: Store, engine: Engine) -> None:
    await store.run(fill)
    seen = b""
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                seen += b"|".join(bytes(cell) if isinstance(cell, bytes) else str(cell).encode() for cell in row)
    assert len(seen) > 2_000
    assert [canary for canary in CANARIES if canary.encode() in seen] == []


async def test_no_file_shows_what_is_in_it(sqlite_engine: Engine, sealer: Sealer, ids: Ids, tmp_path: Path) -> None:
    store = Store(sqlite_engine, sealer, ids)
    await store.run(fill)
    on_disk = all_bytes_in(tmp_path)
    await store.close()
    assert [canary for canary in CANARIES if canary.encode() in on_disk] == []


def all_bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_an_erased_cell_is_gone_from_the_disk(
    sqlite_engine: Engine, sealer: Sealer, ids: Ids, tmp_path: Path
) -> None:
    store = Store(sqlite_engine, sealer, ids)
    await store.run(fill)
    read_cell = text("SELECT body FROM details LIMIT 1")
    cell = await store.run(lambda records: records.scope.connection.execute(read_cell).scalar_one())
    read_file = text("SELECT content FROM files")
    file = await store.run(lambda records: records.scope.connection.execute(read_file).scalar_one())

    def files_with_it() -> list[str]:
        return [
            path.name for path in tmp_path.iterdir() if cell in path.read_bytes() or file[-500:] in path.read_bytes()
        ]

    assert files_with_it() == ["buddy.db-wal"]
    await store.checkpoint()
    assert files_with_it() == ["buddy.db"]
    await store.run(lambda records: records.details.erase(CHECK_IN))
    assert await store.run(lambda records: records.details.erase_one_file_of_nobody())
    await store.checkpoint()
    assert files_with_it() == []
    await store.close()


async def test_an_erased_cell_is_gone_from_the_table_files(postgresql_url: str, sealer: Sealer, ids: Ids) -> None:
    engine = open_database(postgresql_url)
    store = Store(engine, sealer, ids)
    await store.run(fill)
    read_cell, read_file = text("SELECT body FROM details LIMIT 1"), text("SELECT content FROM files")
    cell = await store.run(lambda records: records.scope.connection.execute(read_cell).scalar_one())
    file = await store.run(lambda records: records.scope.connection.execute(read_file).scalar_one())

    def files_with_it() -> list[Path]:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
            folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        return [
            path for path in folder.glob("base/*/*") if cell in (content := path.read_bytes()) or file[:500] in content
        ]

    assert len(files_with_it()) == 2
    await store.run(lambda records: records.details.erase(CHECK_IN))
    assert await store.run(lambda records: records.details.erase_one_file_of_nobody())
    await store.checkpoint()
    assert files_with_it() == []
    await store.close()
    engine.dispose()


async def test_a_table_in_use_is_left_for_the_next_time(postgresql_url: str, sealer: Sealer, ids: Ids) -> None:
    engine = open_database(postgresql_url)
    store = Store(engine, sealer, ids)
    await store.run(fill)
    with engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM details"))
        await store.checkpoint()
    assert await store.run(lambda records: records.details.of(CHECK_IN))
    await store.close()
    engine.dispose()


async def test_a_cell_moved_to_another_row_does_not_open(store: Store) -> None:
    def swap(records: Records) -> str:
        ana, bo = records.people.add("ana", START), records.people.add("bo", START)
        for column, set_cell in (("name", records.people.set_name), ("plan", records.people.set_plan)):
            set_cell(ana.id, "Ana")
            set_cell(bo.id, "Bo")
            other = f"SELECT {column} FROM people AS other WHERE other.id = :bo"
            move = text(f"UPDATE people SET {column} = ({other}) WHERE id = :ana")
            records.scope.connection.execute(move, {"ana": ana.id, "bo": bo.id})
        return ana.id

    ana_id = await store.run(swap)
    with pytest.raises(SealBroken, match=r"people\.plan"):
        await store.run(lambda records: records.people.plan(ana_id))
    assert (await store.run(lambda records: records.people.by_id(ana_id))).name is None


async def test_errors_of_the_database_show_no_values(store: Store) -> None:
    bad = text("INSERT INTO people (id, name) VALUES (:id, :name)")
    with pytest.raises(StorageError) as caught:
        await store.run(lambda records: records.scope.connection.execute(bad, {"id": "1", "name": b"canaryname"}))
    chain, error = "", caught.value
    while error is not None:
        chain, error = chain + str(error), error.__cause__ or error.__context__
    assert "canaryname" not in chain
