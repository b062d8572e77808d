"""Database and key file: what is wrong is told with what to do, exit code 3, and nothing is made worse."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Buddy

USES_FILES = ("run", "invite")


def told(buddy: Buddy, command: str) -> str:
    result = buddy(command)
    assert result.exit_code == 3
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.fixture
def used_before(buddy: Buddy, folder: Path) -> Path:
    """A folder with a database and its key file."""
    assert buddy("invite").exit_code == 0
    return folder


@pytest.mark.parametrize("command", USES_FILES)
def test_a_missing_key_file_is_told_and_not_replaced(buddy: Buddy, used_before: Path, command: str) -> None:
    (used_before / "buddy.key").rename(used_before / "backup")
    message = told(buddy, command)
    assert "buddy.key" in message
    assert "backup" in message
    assert not (used_before / "buddy.key").exists()
    (used_before / "backup").rename(used_before / "buddy.key")
    assert buddy("invite").exit_code == 0


@pytest.mark.parametrize("command", USES_FILES)
def test_the_key_file_of_another_database_is_told(buddy: Buddy, used_before: Path, command: str) -> None:
    (used_before / "buddy.db").rename(used_before / "other.db")
    (used_before / "buddy.key").rename(used_before / "other.key")
    for left in used_before.glob("buddy.db-*"):
        left.unlink()
    assert buddy("invite").exit_code == 0
    (used_before / "other.key").rename(used_before / "buddy.key")
    assert "does not belong to this database" in told(buddy, command)


@pytest.mark.parametrize("command", USES_FILES)
def test_a_key_file_that_others_may_read_is_told(buddy: Buddy, used_before: Path, command: str) -> None:
    (used_before / "buddy.key").chmod(0o644)
    assert "chmod 600" in told(buddy, command)


@pytest.mark.parametrize("command", USES_FILES)
def test_a_damaged_key_file_is_told_and_kept(buddy: Buddy, used_before: Path, command: str) -> None:
    (used_before / "buddy.key").write_text("{}")
    assert "do not delete it" in told(buddy, command)
    assert (used_before / "buddy.key").read_text() == "{}"


@pytest.mark.parametrize("command", USES_FILES)
def test_a_folder_that_does_not_exist_is_told(
    buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("BUDDY_DATABASE_URL", f"sqlite:///{folder}/nowhere/buddy.db")
    assert told(buddy, command)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", USES_FILES)
@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:"])
def test_a_database_that_would_be_gone_with_the_bot_is_refused(
    buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, url: str
) -> None:
    monkeypatch.setenv("BUDDY_DATABASE_URL", url)
    result = buddy(command)
    assert result.exit_code in (2, 3)
    assert result.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", USES_FILES)
def test_a_file_that_is_no_database_is_told_and_kept(buddy: Buddy, folder: Path, command: str) -> None:
    (folder / "buddy.db").write_bytes(b"my diary " * 1000)
    (folder / "buddy.db").chmod(0o600)
    assert told(buddy, command)
    assert (folder / "buddy.db").read_bytes() == b"my diary " * 1000


def test_a_postgresql_that_does_not_answer_is_told(buddy: Buddy, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDDY_DATABASE_URL", f"postgresql+psycopg://secret@/name?host={folder}")
    message = told(buddy, "run")
    assert "secret" not in message
    assert list(folder.iterdir()) == []
