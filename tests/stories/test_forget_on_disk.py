"""After a `/forget` nothing of hers can be found on the disk, on her buddies' sides either (SPEC: Privacy).

Looked for as a thief with the key would: every sealed cell that held something is remembered by its bytes, and what is
no row any more must be in no file of the database, not in its log either.
"""

from pathlib import Path

from sqlalchemy import make_url, select

from storage.column_types import Sealed
from storage.records import Records
from storage.tables import metadata
from tests.databases import database_url, postgres_server, postgresql_url, sqlite_template, sqlite_url
from tests.stories.dialog import WORD, Scene, Someone, story

__all__ = ["database_url", "postgres_server", "postgresql_url", "sqlite_template", "sqlite_url"]

_BOTH_NAMES = ("Xanthippe", "Borgward")
_MORE_OF_HERS = ("Quokka Towers", "Suite 77", "Casablanca")
_LEAST_BYTES = 33  # the header and the seal of an empty cell


async def _sealed_cells(scene: Scene) -> dict[bytes, str]:
    """Every sealed cell as it lies in the database now, and what is in it."""

    def read(records: Records) -> dict[bytes, str]:
        found: dict[bytes, str] = {}
        for table in metadata.tables.values():
            for row in records.scope.connection.execute(select(table)).mappings():
                for column in table.columns:
                    cell = row[column.name]
                    if isinstance(column.type, Sealed) and cell is not None:
                        found[bytes(cell)] = records.scope.open_bytes(column, row["id"], cell).decode(
                            "utf-8", "replace"
                        )
        return found

    return await scene.work(read)


async def _on_disk(scene: Scene, database: str) -> bytes:
    """All bytes of the files in which this database lies."""
    if database.startswith("sqlite"):
        folder, pattern = Path(make_url(database).database or "").parent, "*"
    else:

        def where(records: Records) -> tuple[str, int]:
            connection = records.scope.connection
            folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
            oid = "SELECT oid FROM pg_database WHERE datname = current_database()"
            return folder, connection.exec_driver_sql(oid).scalar_one()

        told, oid = await scene.work(where)
        await scene.work(lambda records: records.scope.connection.exec_driver_sql("CHECKPOINT"))
        folder, pattern = Path(told), f"base/{oid}/*"
    return b"\n".join(file.read_bytes() for file in sorted(folder.glob(pattern)) if file.is_file())


@story()
async def test_nothing_of_hers_is_in_any_file(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, database_url: str
) -> None:
    """Bo and Cy have known her by name, were alerted, and stay; Bo has somebody else to look after, too."""
    await scene.pair(dee, bo)
    await ana.says(f"/name {_BOTH_NAMES[0]}")
    await bo.says(f"/name {_BOTH_NAMES[1]}")
    await ana.says("/tz Africa/Casablanca")
    await ana.says("/plan Quokka Towers")
    await ana.says("/settings reminder 15m")
    await dee.reads("Bo is called …")
    await dee.invites()
    seen: dict[bytes, str] = {}
    await ana.says("/start 5m\nSuite 77, Quokka Towers")
    await ana.phone.send("", attachments=[("Suite 77.jpg", "image/jpeg", b"Quokka Towers" * 100)])
    for _ in range(13):
        await scene.passes(minutes=1)
        seen |= await _sealed_cells(scene)
    assert any("Suite 77" in text for text in bo.shows())
    await ana.says(WORD)
    await scene.passes(seconds=2)
    seen |= await _sealed_cells(scene)
    await ana.says(f"/forget {WORD}")
    await scene.passes(seconds=1)
    seen |= await _sealed_cells(scene)
    await scene.passes(minutes=25)
    left = await _sealed_cells(scene)
    gone = {cell: told for cell, told in seen.items() if cell not in left and len(cell) >= _LEAST_BYTES}
    for hers in (*_MORE_OF_HERS, _BOTH_NAMES[0], ana.phone.aci):
        assert any(hers in told for told in gone.values()), "it was there"
        assert not any(hers in told for told in left.values()), "and is not any more"
    assert any(_BOTH_NAMES[1] in told for told in left.values()), "Bo stays"
    on_disk = await _on_disk(scene, database_url)
    assert all(cell in on_disk for cell in left), "it is looked for in the right place"
    assert [told[:80] for cell, told in gone.items() if cell in on_disk] == []
    lookup = await scene.work(lambda records: records.scope.sealer.lookup("account", ana.phone.aci))
    assert lookup.encode() not in on_disk
