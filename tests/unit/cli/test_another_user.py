"""Whoever runs `buddy` as another user than the bot's is refused, and leaves nothing in the bot's way."""

import os
from pathlib import Path

import pytest

from storage.engine import migrate, open_database
from tests.unit.cli.conftest import Buddy

COMMANDS = [("run",), ("invite",), ("keys", "rotate"), ("keys", "forget-old")]


def give_to_another_user(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root gives it away; of anybody else it only seems to be another's."""
    own = os.geteuid()
    if own == 0:
        os.chown(file, 54321, 54321)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: own + 1)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[-1])
def test_root_beside_the_bots_own_files_is_refused_and_leaves_nothing_behind(
    buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Found: on a new host `forget-old` left a lock file of root's, and the bot's own user could not start any more."""
    assert buddy("invite").exit_code == 0
    (folder / "buddy.db.lock").unlink(missing_ok=True)
    give_to_another_user(folder / "buddy.key", monkeypatch)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = buddy(*command)
    assert result.exit_code == 3
    assert "Run this as the bot's user" in result.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_nor_does_a_refused_command_bring_the_tables_up_to_date(
    buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(f"sqlite:///{folder}/buddy.db")
    migrate(engine, "0016")
    engine.dispose()
    (folder / "buddy.key").write_text("{}")
    (folder / "buddy.key").chmod(0o600)
    give_to_another_user(folder / "buddy.key", monkeypatch)
    before = (folder / "buddy.db").read_bytes()
    assert buddy("invite").exit_code == 3
    assert (folder / "buddy.db").read_bytes() == before


def test_looking_for_a_bot_makes_no_lock_file(buddy: Buddy, folder: Path) -> None:
    """Where both can read the key file, whoever forgets old keys need not be the one who runs the bot."""
    assert buddy("keys", "rotate").exit_code == 0
    before = {path.name for path in folder.iterdir()}
    assert buddy("keys", "forget-old").exit_code == 0
    assert {path.name for path in folder.iterdir()} == before
