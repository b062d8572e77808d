"""What a killed run leaves: every commit that was answered, and of the one in hand all or nothing."""

import sqlite3
from pathlib import Path
from random import Random

import pytest

from bot.simulation.disk import Image, image_of, torn, with_scraps


def rows_in(image: Image, folder: Path) -> list[int]:
    folder.mkdir()
    path = folder / "left.db"
    image.write_to(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = [row[0] for row in connection.execute("SELECT a FROM t ORDER BY a")]
    connection.close()
    return found


@pytest.fixture
def open_database(tmp_path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(tmp_path / "buddy.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t (a INTEGER, filling BLOB)")
    return connection


def add(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("INSERT INTO t VALUES (?, randomblob(9000))", (number,))


@pytest.mark.parametrize("emptied_before", [False, True])
def test_a_torn_commit_is_gone_and_all_before_it_is_there(
    open_database: sqlite3.Connection, tmp_path: Path, emptied_before: bool
) -> None:
    connection, path = open_database, tmp_path / "buddy.db"
    add(connection, 1)
    add(connection, 2)
    if emptied_before:
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
    connection.execute("BEGIN IMMEDIATE")
    add(connection, 3)
    before = image_of(path)
    connection.execute("COMMIT")
    after = image_of(path)
    connection.close()
    assert rows_in(after, tmp_path / "whole") == [1, 2, 3]
    for seed in range(20):
        assert rows_in(torn(before, after, Random(seed)), tmp_path / str(seed)) == [1, 2]


def test_scraps_behind_the_last_commit_harm_nothing(open_database: sqlite3.Connection, tmp_path: Path) -> None:
    add(open_database, 1)
    image = image_of(tmp_path / "buddy.db")
    open_database.close()
    for seed in range(10):
        assert rows_in(with_scraps(image, Random(seed)), tmp_path / str(seed)) == [1]
