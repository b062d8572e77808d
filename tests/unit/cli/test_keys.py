"""`buddy keys rotate` and `buddy keys forget-old` (SPEC: Privacy)."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bot.clock import SystemClock
from bot.errors import StorageUnavailable
from bot.ids import TimeOrderedIds
from bot.opening import visited
from bot.settings import read_settings
from storage.engine import open_database
from storage.records import Records
from storage.single_process import own
from tests.databases import START
from tests.unit.cli.conftest import Buddy


def within(work: Callable[[Records], object]) -> object:
    async def one() -> object:
        async with visited(read_settings(), SystemClock()) as store:
            return await store.run(work)

    return asyncio.run(one())


def key_ids(folder: Path) -> set[str]:
    return set(json.loads((folder / "buddy.key").read_text())["sealing"])


def test_afterwards_everything_can_still_be_read(buddy: Buddy, folder: Path) -> None:
    within(lambda records: records.people.add("ana", START))
    before = key_ids(folder)
    result = buddy("keys", "rotate")
    assert result.exit_code == 0, result.stderr
    assert "sealed under a new key" in result.stdout
    assert "forget-old" in result.stdout
    assert before < key_ids(folder)
    result = buddy("keys", "forget-old")
    assert result.exit_code == 0, result.stderr
    assert len(key_ids(folder)) == 1
    assert not before & key_ids(folder)
    assert within(lambda records: records.people.by_account("ana"))


def test_a_running_bot_that_writes_just_then_is_waited_for(
    buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the operator would read that rotating has failed, when all is sealed anew."""
    buddy("invite")
    in_the_way = [StorageUnavailable("in use"), StorageUnavailable("in use")]

    def empty(_: object) -> None:
        if in_the_way:
            raise in_the_way.pop()

    monkeypatch.setattr("bot.key_rotation._PAUSE", 0)
    monkeypatch.setattr("storage.unit_of_work.empty_log", empty)
    result = buddy("keys", "rotate")
    assert result.exit_code == 0, result.stderr
    assert in_the_way == []


def test_what_an_interrupted_rotation_left_lying_goes_with_the_next_one(buddy: Buddy, folder: Path) -> None:
    """Found: the forgotten key was still in a hidden file beside the key file."""
    buddy("invite")
    old = (folder / "buddy.key").read_bytes()
    left = folder / ".buddy.key.0123456789abcdef"
    kept = folder / ".buddy.key.bak"
    kept.write_bytes(old)
    for command in ("rotate", "forget-old"):
        left.write_bytes(old)
        assert buddy("keys", command).exit_code == 0
        assert not left.exists()
    assert kept.exists(), "somebody's own copy"


def test_old_keys_are_not_forgotten_while_a_bot_runs(buddy: Buddy, folder: Path) -> None:
    buddy("invite")
    buddy("keys", "rotate")
    engine = open_database(read_settings().database_url)
    ownership = own(engine, TimeOrderedIds(SystemClock(), Random(1).randbytes))
    result = buddy("keys", "forget-old")
    assert result.exit_code == 3
    assert "Stop it first" in result.stderr
    assert len(key_ids(folder)) == 2
    ownership.give_up()
    assert buddy("keys", "forget-old").exit_code == 0
    engine.dispose()


def test_with_the_key_file_of_another_database_nothing_is_changed(buddy: Buddy, folder: Path) -> None:
    buddy("invite")
    (folder / "buddy.key").rename(folder / "away.key")
    (folder / "elsewhere").mkdir()
    path = folder / "buddy.key"
    database = folder / "buddy.db"
    database.rename(folder / "elsewhere" / "buddy.db")
    buddy("invite")  # makes another database with other keys
    (folder / "elsewhere" / "buddy.db").rename(database)
    for leftover in folder.glob("buddy.db-*"):
        leftover.unlink()
    content = path.read_bytes()
    for command in ("rotate", "forget-old"):
        result = buddy("keys", command)
        assert result.exit_code == 3
        assert "does not belong to this database" in result.stderr
    assert path.read_bytes() == content


def test_rows_that_are_damaged_keep_all_keys(buddy: Buddy, folder: Path) -> None:
    within(lambda records: records.people.add("ana", START))
    engine = open_database(read_settings().database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE people SET account = substr(account, 1, 20)")
    engine.dispose()
    result = buddy("keys", "rotate")
    assert result.exit_code == 0
    assert "1 row(s) have a damaged cell" in result.stdout
    result = buddy("keys", "forget-old")
    assert result.exit_code == 3
    assert "No key was forgotten." in result.stderr
    assert len(key_ids(folder)) == 2
