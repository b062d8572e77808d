"""Upgrading a database in which something is open, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from storage.engine import migrate, open_database
from tests.databases import BOTH


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database in which nothing is yet."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path}/old.db")
    else:
        engine = open_database(request.getfixturevalue("postgresql_url"))
        _change(engine, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    yield engine
    engine.dispose()


def test_of_pairings_from_before_it_is_unknown_how_they_were_confirmed(empty: Engine) -> None:
    migrate(empty, "0007")
    _change(empty, *_PEOPLE, _PAIRING)
    migrate(empty)
    with empty.connect() as connection:
        found = connection.execute(text("SELECT id, state, active_at, by_duress FROM pairings")).all()
    assert [tuple(row) for row in found] == [("p", "active", 5, None)]


def _change(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


_PEOPLE = tuple(
    f"INSERT INTO people (id, account_lookup, words_version, created_at) VALUES ('{one}', '{one}', 0, 1)"
    for one in ("ana", "bo")
)
_PAIRING = (
    "INSERT INTO pairings (id, person_id, buddy_id, state, position, leaves_at_close, created_at, active_at) "
    "VALUES ('p', 'ana', 'bo', 'active', 1, false, 1, 5)"
)
