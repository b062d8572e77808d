"""Two bots on one SQLite file: the second says so and ends. As a user starts them, in processes of their own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Buddy

ROOT = Path(__file__).parents[3]


@pytest.fixture
def first(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A bot that runs (and looks for its signal-cli)."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            wait_for(process, "started")
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], event: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if json.loads(line)["event"] == event:
            return
    raise AssertionError(f"It ended without telling: {event}")


def test_the_second_bot_says_so_and_ends_and_the_first_goes_on(
    first: subprocess.Popen[str], buddy: Buddy, folder: Path
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    result = buddy("run")
    assert result.exit_code == 3
    assert "Another bot is already using this database" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == before
    assert first.poll() is None


def test_a_code_can_be_had_beside_a_running_bot(first: subprocess.Popen[str], buddy: Buddy) -> None:
    assert buddy("invite").exit_code == 0
    assert first.poll() is None


def test_a_bot_that_is_asked_to_end_ends_in_good_order(first: subprocess.Popen[str], buddy: Buddy) -> None:
    first.send_signal(signal.SIGTERM)
    wait_for(first, "stopped")
    assert first.wait(timeout=30) == 0


def test_after_a_kill_the_next_bot_starts_at_once(
    first: subprocess.Popen[str], folder: Path, request: pytest.FixtureRequest
) -> None:
    first.kill()
    first.wait(timeout=30)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    ) as second:
        try:
            wait_for(second, "started")
        finally:
            second.kill()
