"""A new version's commands beside a bot of an older one, on both databases: its tables are not changed under it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.clock import SystemClock
from bot.ids import TimeOrderedIds
from storage.engine import migrate, open_database
from storage.single_process import own
from tests.databases import BOTH, postgres_server, postgresql_url
from tests.unit.cli.conftest import Buddy

__all__ = ["postgres_server", "postgresql_url"]

OLDER = "0016"


@pytest.fixture(params=BOTH)
def older(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database as an older version made it; the settings name it."""
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/buddy.db"
        engine = open_database(url)
    else:
        url = request.getfixturevalue("postgresql_url")
        engine = open_database(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    monkeypatch.setenv("BUDDY_DATABASE_URL", url)
    migrate(engine, OLDER)
    yield engine
    engine.dispose()


def version(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


@pytest.mark.parametrize("command", [("invite",), ("keys", "rotate")], ids=lambda command: command[-1])
def test_beside_a_running_bot_of_an_older_version_nothing_is_changed(
    buddy: Buddy, folder: Path, older: Engine, command: tuple[str, ...]
) -> None:
    """Found: the tables were changed under it, and it could fail from then on."""
    bot = own(older, TimeOrderedIds(SystemClock(), os.urandom))
    result = buddy(*command)
    assert result.exit_code == 3
    assert "start the new version" in result.stderr
    assert version(older) == OLDER
    assert not (folder / "buddy.key").exists()
    bot.give_up()


def test_where_no_bot_runs_the_tables_are_brought_up_to_date(buddy: Buddy, older: Engine) -> None:
    assert buddy("invite").exit_code == 0
    assert version(older) > OLDER


def test_beside_a_running_bot_of_the_same_version_a_code_can_be_had(buddy: Buddy, older: Engine) -> None:
    migrate(older)
    bot = own(older, TimeOrderedIds(SystemClock(), os.urandom))
    assert buddy("invite").exit_code == 0
    bot.give_up()
