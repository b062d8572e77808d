"""One bot per SQLite file; leases of bots that are dead."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.errors import AnotherBotRuns, StorageError, StorageUnavailable
from bot.ids import Ids
from storage import single_process
from storage.engine import open_database
from storage.leases import Lease
from storage.records import Records
from storage.sealing import Sealer
from storage.servers import let_go
from storage.single_process import Ownership, dead_owners, own, release_leases
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR

ROOT = Path(__file__).parents[3]


def claim_all(owner: str) -> object:
    lease = Lease(owner, START + HOUR)

    def unit(records: Records) -> int:
        due = records.deadlines.claim_due(START, 10, lease)
        return len(due) + len(records.inbox.claim_waiting(START, 10, lease))

    return unit


async def fill(store: Store) -> None:
    def unit(records: Records) -> None:
        records.deadlines.put("check_in", "a", "ask", START)
        records.inbox.add("bot", "ana", 1, START, START, {}, None)

    await store.run(unit)


def free_what_the_dead_had(ownership: Ownership) -> Callable[[Records], int]:
    """How many they were."""

    def unit(records: Records) -> int:
        dead = dead_owners(records, ownership)
        release_leases(records, dead)
        return len(dead)

    return unit


async def test_what_a_dead_bot_had_in_hand_is_free_at_once(store: Store, engine: Engine, ids: Ids) -> None:
    await fill(store)
    dead = own(engine, ids)
    assert await store.run(claim_all(dead.owner)) == 2
    dead.give_up()
    living = own(engine, ids)
    assert living.owner != dead.owner
    assert await store.run(claim_all(living.owner)) == 0
    assert await store.run(free_what_the_dead_had(living)) == 1
    assert await store.run(claim_all(living.owner)) == 2
    assert await store.run(free_what_the_dead_had(living)) == 0
    living.give_up()


@pytest.mark.postgresql
async def test_what_a_living_bot_has_in_hand_stays_in_its_hand(postgresql_url: str, sealer: Sealer, ids: Ids) -> None:
    engine = open_database(postgresql_url)
    store = Store(engine, sealer, ids)
    await fill(store)
    first, second = own(engine, ids), own(engine, ids)
    assert await store.run(claim_all(first.owner)) == 2
    assert await store.run(free_what_the_dead_had(second)) == 0
    assert await store.run(claim_all(second.owner)) == 0
    first.give_up()
    second.give_up()
    await store.close()


@pytest.mark.postgresql
async def test_a_bot_whose_session_was_ended_is_there_again_once_it_renews(
    postgresql_url: str, sealer: Sealer, ids: Ids
) -> None:
    engine = open_database(postgresql_url)
    store = Store(engine, sealer, ids)
    await fill(store)
    first, second = own(engine, ids), own(engine, ids)
    await store.run(claim_all(first.owner))
    first.renew()
    let_go(postgresql_url, first.owner)
    assert await store.run(lambda records: dead_owners(records, second)) == {first.owner}
    first.renew()
    assert await store.run(lambda records: dead_owners(records, second)) == frozenset()
    first.give_up()
    assert await store.run(lambda records: dead_owners(records, second)) == {first.owner}
    second.give_up()
    await store.close()


@pytest.mark.postgresql
def test_a_look_that_was_broken_off_spoils_no_later_one(
    postgresql_url: str, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(postgresql_url)
    ownership = own(engine, ids)
    execute, faults = engine.dialect.do_execute, [SystemExit()]

    def faulty(*given: Any) -> None:
        if faults:
            raise faults.pop()
        execute(*given)

    monkeypatch.setattr(engine.dialect, "do_execute", faulty)
    with pytest.raises(SystemExit):
        ownership.renew()
    ownership.renew()
    ownership.give_up()


@pytest.mark.postgresql
def test_a_session_whose_server_is_frozen_holds_up_neither_a_look_nor_the_end(
    postgresql_url: str, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found: as long as that one process of the server stood still, nobody looked for dead bots, and no bot ended."""
    monkeypatch.setattr(single_process, "ANSWERS_WITHIN", 0.2)
    monkeypatch.setattr(single_process, "LETS_GO_WITHIN", 0.2)
    engine = open_database(postgresql_url)
    renewing, ending = own(engine, ids), own(engine, ids)
    with engine.connect() as connection:
        frozen = connection.execute(text("SELECT pid FROM pg_locks WHERE locktype = 'advisory'")).scalars().all()
    assert len(frozen) == 2
    for process in frozen:
        os.kill(process, signal.SIGSTOP)
    try:
        with pytest.raises(StorageUnavailable):
            renewing.renew()
        ending.give_up()
    finally:
        for process in frozen:
            os.kill(process, signal.SIGCONT)
    renewing.renew()
    renewing.give_up()
    engine.dispose()


@pytest.mark.postgresql
async def test_a_bot_that_hangs_within_a_transaction_does_not_keep_a_deadline_from_the_others(
    postgresql_url: str, sealer: Sealer, ids: Ids
) -> None:
    engine = open_database(postgresql_url)
    store = Store(engine, sealer, ids)
    await fill(store)
    with engine.connect() as hanging:
        assert hanging.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one() == "10s"
        hanging.execute(text("SET LOCAL idle_in_transaction_session_timeout = '50ms'"))
        hanging.execute(text("SELECT id FROM deadlines FOR UPDATE")).all()
        assert await store.run(lambda records: records.deadlines.claim_due(START, 10, Lease("b", START + HOUR))) == []
        await store.run(lambda records: records.scope.connection.execute(text("SELECT pg_sleep(0.3)")).all())
        assert await store.run(claim_all("b")) == 2
        hanging.invalidate()
    await store.close()


def test_a_second_bot_on_the_same_file_is_refused_until_the_first_has_ended(sqlite_engine: Engine, ids: Ids) -> None:
    first = own(sqlite_engine, ids)
    with pytest.raises(AnotherBotRuns, match="already using this database"):
        own(sqlite_engine, ids)
    first.give_up()
    own(sqlite_engine, ids).give_up()


def test_the_lock_of_a_killed_bot_is_gone_with_it(sqlite_engine: Engine, ids: Ids) -> None:
    code = (
        "import os, sys, time\n"
        "from bot.clock import SystemClock\n"
        "from bot.ids import TimeOrderedIds\n"
        "from storage.engine import open_database\n"
        "from storage.single_process import own\n"
        "held = own(open_database(sys.argv[1]), TimeOrderedIds(SystemClock(), os.urandom))\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, f"sqlite:///{sqlite_engine.url.database}"],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(AnotherBotRuns):
            own(sqlite_engine, ids)
        child.kill()
    own(sqlite_engine, ids).give_up()


def test_the_lock_file_is_the_owners_alone_and_no_link(sqlite_engine: Engine, ids: Ids, tmp_path: Path) -> None:
    own(sqlite_engine, ids).give_up()
    lock = tmp_path / "buddy.db.lock"
    assert stat.S_IMODE(lock.stat().st_mode) == 0o600
    lock.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError):
        own(sqlite_engine, ids)
