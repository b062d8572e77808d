"""Group commit on SQLite: many units, one wait for the disk; all or nothing when the disk or the process fails."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from threading import Event

import pytest
import pytest_asyncio
from sqlalchemy import Engine, event

from bot.errors import StorageUnavailable
from bot.ids import Ids
from storage.engine import open_database
from storage.records import Records
from storage.runner import OTHERS_AT_ONCE
from storage.sealing import Sealer
from storage.unit_of_work import Store
from tests.databases import START

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    return Path(shutil.copyfile(sqlite_template, tmp_path / "buddy.db"))


@pytest.fixture
def engine(path: Path) -> Engine:
    return open_database(f"sqlite:///{path}")


@pytest_asyncio.fixture
async def store(engine: Engine, sealer: Sealer, ids: Ids) -> AsyncIterator[Store]:
    store = Store(engine, sealer, ids)
    yield store
    await store.close()


def add(account: str) -> Callable[[Records], str]:
    return lambda records: records.people.add(account, START).id


class Held:
    """Keeps the writer busy, so that other units gather behind it."""

    def __init__(self, store: Store) -> None:
        self._started, self._go_on = Event(), Event()
        self._task = asyncio.create_task(store.run(self._unit))

    def _unit(self, _: Records) -> None:
        self._started.set()
        self._go_on.wait(10)

    async def __aenter__(self) -> None:
        await asyncio.to_thread(self._started.wait, 10)

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(0)
        self._go_on.set()
        await self._task


async def test_units_that_wait_together_are_committed_together(store: Store, engine: Engine) -> None:
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    async with Held(store):
        waiting = [asyncio.create_task(store.run(add(f"account {number}"))) for number in range(OTHERS_AT_ONCE)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert len(commits) == 2


async def test_inbox_rows_go_first_in_a_batch(store: Store) -> None:
    order: list[str] = []
    async with Held(store):
        late = asyncio.create_task(store.run(lambda _: order.append("others")))
        early = asyncio.create_task(store.run(lambda _: order.append("inbox row"), first=True))
        await asyncio.sleep(0)
    await asyncio.gather(late, early)
    assert order == ["inbox row", "others"]


async def test_when_the_commit_fails_every_unit_of_the_batch_hears_it(store: Store, engine: Engine) -> None:
    commits: list[object] = []

    def fail_the_second(connection: object) -> None:
        commits.append(connection)
        if len(commits) == 2:
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(engine, "commit", fail_the_second)
    async with Held(store):
        waiting = [asyncio.create_task(store.run(add(account))) for account in ("ana", "bo")]
        await asyncio.sleep(0)
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageUnavailable, StorageUnavailable]
    assert await store.run(lambda records: records.people.count()) == 0


async def test_a_full_disk_undoes_the_whole_batch_and_the_next_one_works(store: Store, engine: Engine) -> None:
    def limit(records: Records) -> None:
        pages = records.scope.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        records.scope.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def fill(records: Records) -> None:
        for number in range(1_000):
            records.people.add(f"account {number}", START)

    await store.run(limit)
    async with Held(store):
        units = (add("ana"), fill, add("bo"))
        waiting = [asyncio.create_task(store.run(unit)) for unit in units]
        await asyncio.sleep(0)
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(answer) for answer in answers] == [StorageUnavailable] * 3
    assert await store.run(lambda records: records.people.count()) == 0


async def test_another_program_that_writes_is_waited_for(store: Store, path: Path) -> None:
    with sqlite3.connect(path, isolation_level=None, check_same_thread=False) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(store.run(add("ana")))
        await asyncio.to_thread(other.execute, "COMMIT")
        await waiting
    other.close()


async def test_a_locked_database_is_unavailable_and_comes_back(
    path: Path, sealer: Sealer, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine._BUSY_TIMEOUT_MS", 1)
    store = Store(open_database(f"sqlite:///{path}"), sealer, ids)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable):
        await store.run(add("ana"))
    other.execute("ROLLBACK")
    other.close()
    await store.run(add("ana"))
    await store.close()


CRASHING = """
import asyncio, os, sys
from datetime import UTC, datetime
from bot.clock import SystemClock
from bot.ids import TimeOrderedIds
from storage.engine import open_database
from storage.sealing import KeyRing, Sealer
from storage.unit_of_work import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)

def pair(name):
    def unit(records):
        records.people.add(name + " one", NOW)
        records.people.add(name + " two", NOW)
    return unit

async def main():
    store = Store(
        open_database("sqlite:///" + sys.argv[1]),
        Sealer(KeyRing.fresh(os.urandom), os.urandom),
        TimeOrderedIds(SystemClock(), os.urandom),
    )
    async def one(number):
        await store.run(pair(str(number)))
        os.write(1, b".")
    number = 0
    while True:
        await asyncio.gather(*(one(number + more) for more in range(50)))
        number += 50

asyncio.run(main())
"""


def test_killed_in_mid_batch_every_unit_is_there_whole_or_not_at_all(path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    for round_number in range(3):
        child = subprocess.Popen([sys.executable, "-c", CRASHING, str(path)], env=environment, stdout=subprocess.PIPE)
        assert child.stdout is not None
        answered = len(child.stdout.read(20 + 37 * round_number))
        child.send_signal(signal.SIGKILL)
        answered += len(child.stdout.read())
        child.wait()
        child.stdout.close()
        with sqlite3.connect(path) as connection:
            (people,) = connection.execute("SELECT count(*) FROM people").fetchone()
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.execute("DELETE FROM people")
        connection.close()
        assert people % 2 == 0
        assert people >= 2 * answered  # what was answered is on the disk
