"""The key file."""

import json
import os
import stat
from pathlib import Path
from random import Random

import pytest

from bot.errors import KeyFileError
from storage.key_file import load, load_or_make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "buddy.key"


def same_keys(path: Path) -> bool:
    first, second = load(path), load_or_make(path, os.urandom)
    return (first.current, first.sealing, first.lookup) == (second.current, second.sealing, second.lookup)


def test_it_is_made_at_the_first_start_for_the_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_make(path, os.urandom)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert same_keys(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["buddy.key"]


def test_its_keys_come_from_the_injected_randomness(tmp_path: Path) -> None:
    first = load_or_make(tmp_path / "one.key", Random(1).randbytes)
    second = load_or_make(tmp_path / "two.key", Random(1).randbytes)
    assert first.sealing == second.sealing
    assert len(first.lookup) == 32
    assert first.lookup not in first.sealing.values()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    load_or_make(path, os.urandom)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_or_make(path, os.urandom)


def test_a_read_only_file_is_fine(path: Path) -> None:
    load_or_make(path, os.urandom)
    path.chmod(0o400)
    assert same_keys(path)


def test_a_link_is_refused(path: Path, tmp_path: Path) -> None:
    load_or_make(tmp_path / "real.key", os.urandom)
    path.symlink_to(tmp_path / "real.key")
    with pytest.raises(KeyFileError, match="no link"):
        load_or_make(path, os.urandom)


def test_a_dangling_link_is_refused_and_not_followed(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileError):
        load_or_make(path, os.urandom)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_or_pipe_is_refused_without_waiting(path: Path, tmp_path: Path) -> None:
    path.mkdir()
    with pytest.raises(KeyFileError):
        load(path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    with pytest.raises(KeyFileError, match="ordinary"):
        load(pipe)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"not json",
        b'{"format": 1, "current": "aaaaaaaa", "sealing": {}, "lookup": ""}',
        b'{"format": 1, "current": "aaaaaaaa", "sealing": {"aaaaaaaa": "c2hvcnQ="}, "lookup": "c2hvcnQ="}',
        b'{"format": 1, "current": 3, "sealing": 4, "lookup": 5}',
    ],
)
def test_what_is_no_key_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="damaged") as caught:
        load_or_make(path, os.urandom)
    assert path.read_bytes() == content
    assert "c2hvcnQ" not in str(caught.value)


@pytest.mark.parametrize("change", [{"format": 2}, {"current": "00000000"}, {"lookup": "AAAA"}])
def test_a_key_file_that_does_not_hang_together_is_refused(path: Path, change: dict[str, object]) -> None:
    load_or_make(path, os.urandom)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(KeyFileError):
        load(path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="nowhere"):
        load_or_make(tmp_path / "nowhere" / "buddy.key", os.urandom)


def test_a_folder_that_anybody_may_write_to_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(KeyFileError, match="private folder"):
        load_or_make(shared / "buddy.key", os.urandom)


def test_two_first_starts_at_once_agree_on_the_keys(path: Path) -> None:
    others: list[str] = []

    def another_start_in_between(count: int) -> bytes:
        if not others:
            others.append(load_or_make(path, os.urandom).current)
        return os.urandom(count)

    assert load_or_make(path, another_start_in_between).current == others[0]
