"""Emptying SQLite's log holds up nobody who writes: neither beside another reader nor beside our own units."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.errors import StorageUnavailable
from bot.ids import Ids
from storage.engine import empty_log
from storage.records import Records
from storage.sealing import Sealer
from storage.turns import Turns
from storage.unit_of_work import Store
from tests.databases import START

LONGEST_MS = 50
"""For so long nobody can write while SQLite waits for readers to go."""


@contextmanager
def a_reader(path: Path) -> Iterator[None]:
    """A backup, or a shell with an open SELECT."""
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    yield
    reader.close()


def statements_of(engine: Engine) -> list[str]:
    """All that connections made from now on are asked."""
    asked: list[str] = []

    def listen(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(asked.append)

    event.listen(engine, "connect", listen, insert=True)
    return asked


async def test_a_reader_is_hardly_waited_for_and_goes_on_reading(
    sqlite_engine: Engine, sealer: Sealer, ids: Ids, tmp_path: Path
) -> None:
    store = Store(sqlite_engine, sealer, ids)
    await store.run(lambda records: records.people.add("ana", START))
    with a_reader(tmp_path / "buddy.db"):
        await store.run(lambda records: records.people.add("bo", START))
        asked = statements_of(sqlite_engine)
        with pytest.raises(StorageUnavailable):
            empty_log(sqlite_engine)
        before = asked[: next(place for place, one in enumerate(asked) if "wal_checkpoint" in one)]
        (*_, timeout) = [one for one in before if "busy_timeout" in one]
        assert int(timeout.partition("=")[2]) <= LONGEST_MS
        assert (tmp_path / "buddy.db-wal").stat().st_size > 0
        await store.run(lambda records: records.people.add("cy", START))
    await store.checkpoint()
    assert (tmp_path / "buddy.db-wal").stat().st_size == 0
    await store.close()


async def test_it_waits_for_its_turn_among_the_units(
    sqlite_engine: Engine, sealer: Sealer, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else, while members write without pause, it would find the log in use each time, and never empty it."""
    started, go_on, within, emptied_within = Event(), Event(), Event(), []
    alone = Turns.alone

    def seen(turns: Turns) -> Any:
        go_on.set()
        return alone(turns)

    def empty(_: Engine) -> None:
        emptied_within.append(within.is_set())
        go_on.set()

    def unit(_: Records) -> None:
        within.set()
        started.set()
        go_on.wait(10)
        within.clear()

    monkeypatch.setattr(Turns, "alone", seen)
    monkeypatch.setattr("storage.unit_of_work.empty_log", empty)
    store = Store(sqlite_engine, sealer, ids)
    running = asyncio.create_task(store.run(unit))
    await asyncio.to_thread(started.wait, 10)
    await store.checkpoint_if_cheap()
    await running
    assert emptied_within == [False]
    await store.close()
