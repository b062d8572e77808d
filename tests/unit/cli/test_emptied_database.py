"""A database file cut down to nothing beside a key file is a loss to be told, not a new database."""

from pathlib import Path

import pytest

from tests.databases import START
from tests.unit.cli.conftest import Buddy
from tests.unit.cli.test_keys import key_ids, within


@pytest.mark.parametrize("command", [("invite",), ("keys", "rotate"), ("keys", "forget-old")], ids=lambda c: c[-1])
def test_an_emptied_database_is_told_and_nothing_is_overwritten(
    buddy: Buddy, folder: Path, command: tuple[str, ...]
) -> None:
    within(lambda records: records.people.add("ana", START))
    backup = (folder / "buddy.db").read_bytes()
    assert buddy("keys", "rotate").exit_code == 0
    for left in folder.glob("buddy.db-*"):
        left.unlink()
    (folder / "buddy.db").write_bytes(b"")
    keys = key_ids(folder)
    result = buddy(*command)
    assert (result.exit_code, key_ids(folder)) == (3, keys)
    assert (folder / "buddy.db").read_bytes() == b""
    (folder / "buddy.db").write_bytes(backup)
    assert within(lambda records: records.people.by_account("ana"))
