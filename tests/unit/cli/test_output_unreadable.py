"""Where nobody can read what a command prints, a short line says so, and no code stays valid that nobody has seen."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import open_database
from tests.unit.cli.conftest import Buddy

ROOT = Path(__file__).parents[3]
OUTPUTS = {
    "full": "{} > /dev/full",
    "closed": "{} >&-",
    "a pipe that nobody reads": "{{ sleep 0.2; {}; echo $? >&3; }} | true",
}


@pytest.fixture(params=OUTPUTS.values(), ids=OUTPUTS.keys())
def unread(request: pytest.FixtureRequest, folder: Path) -> Callable[[str], tuple[int, str]]:
    """Calls the command in that folder; its status, and what it says on the other output."""

    def run(arguments: str) -> tuple[int, str]:
        line = str(request.param).format(f"{sys.executable} -m bot {arguments}")
        status = folder / "status"
        if "|" not in line:
            line += "; echo $? >&3"
        script = f"exec 3>{status}; {line}"
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True)
        return int(status.read_text()), done.stderr

    return run


def invites(folder: Path) -> int:
    engine = open_database(f"sqlite:///{folder}/buddy.db")
    with engine.connect() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM invites")).scalar_one()
    engine.dispose()
    return count


def test_a_code_that_nobody_can_read_is_taken_back(unread: Callable[[str], tuple[int, str]], folder: Path) -> None:
    """Found: a traceback, or nothing at all, and the code stayed valid."""
    status, said = unread("invite --png code.png")
    assert status == 4
    assert said.splitlines() == [
        "The invite code could not be printed: the output is closed, or its disk is full. The code was taken back and "
        "lets nobody in. Run this again where its output can be read."
    ]
    assert invites(folder) == 0
    assert not (folder / "code.png").exists()


def test_what_was_done_is_told_on_the_other_output(
    unread: Callable[[str], tuple[int, str]], buddy: Buddy, folder: Path
) -> None:
    """Found: a traceback, so that a rotation that was whole looked like one that had failed."""
    assert buddy("invite").exit_code == 0
    for arguments, done in (("keys rotate", "sealed under a new key"), ("keys forget-old", "Old keys are forgotten")):
        status, said = unread(arguments)
        assert status == 4
        assert said.startswith("The output is closed, or its disk is full. What it was to say:")
        assert done in said
        assert len(said.splitlines()) == 1


def test_settings_that_nobody_can_read_need_no_traceback(unread: Callable[[str], tuple[int, str]]) -> None:
    assert unread("settings") == (4, "Nothing could be printed: the output is closed, or its disk is full.\n")
