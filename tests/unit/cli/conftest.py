"""The command `buddy`, with settings of its own in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import describe_settings

Buddy = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; the environment names an account, and a signal-cli that is not there."""
    for one in describe_settings():
        monkeypatch.delenv(one.variable, raising=False)
    monkeypatch.setenv("BUDDY_SIGNAL", f"unix:{tmp_path / 'nobody-listens'}")
    monkeypatch.setenv("BUDDY_ACCOUNT", "+14155550100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def buddy(folder: Path) -> Buddy:
    """Calls the command in that folder."""
    return lambda *arguments: CliRunner().invoke(app, list(arguments))
