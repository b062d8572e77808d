"""Wrong settings: one clear message each, exit code 2, and nothing half started."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Buddy

USES_SETTINGS = ("run", "invite")


@pytest.mark.parametrize("command", USES_SETTINGS)
def test_a_wrong_setting_ends_it_with_code_two_and_leaves_nothing_behind(
    buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("BUDDY_GRACE", "soon")
    result = buddy(command)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("BUDDY_GRACE cannot be used: ")
    assert result.stdout == ""
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", USES_SETTINGS)
def test_every_wrong_setting_has_its_line(buddy: Buddy, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.delenv("BUDDY_ACCOUNT")
    monkeypatch.setenv("BUDDY_SIGNAL", "smoke")
    monkeypatch.setenv("BUDDY_TIMEZONE", "Atlantis/Capital")
    result = buddy(command)
    assert result.exit_code == 2
    assert sorted(line.split()[0] for line in result.stderr.splitlines()) == [
        "BUDDY_ACCOUNT",
        "BUDDY_SIGNAL",
        "BUDDY_TIMEZONE",
    ]


def test_settings_are_listed_without_any_being_set(buddy: Buddy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUDDY_ACCOUNT")
    monkeypatch.setenv("COLUMNS", "200")
    result = buddy("settings")
    assert result.exit_code == 0
    assert "BUDDY_SIGNAL" in result.stdout
    assert "BUDDY_SETTLE_AT_MOST" in result.stdout


def test_no_command_shows_the_commands(buddy: Buddy) -> None:
    for name in ("run", "invite", "practice", "settings"):
        assert name in buddy("--help").stdout
