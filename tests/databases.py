"""Both databases for tests: SQLite files copied from a migrated one, and an embedded PostgreSQL.

Import the fixtures that are wanted into a conftest.py. Each test has a database of its own.
"""

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import Engine, make_url

from bot.ids import Ids, TimeOrderedIds
from storage.engine import migrate, open_database
from storage.sealing import KeyRing, Sealer
from storage.unit_of_work import Store
from tests.lab.embedded_postgresql import embedded_postgresql

START = datetime(2026, 3, 14, 20, 0, tzinfo=UTC)
BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
]


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        self._now += by
        return self._now


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "buddy.db"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server of this test session; its database `migrated` is the template for all others."""
    with embedded_postgresql() as server:
        url = server.get_uri(driver="psycopg")
        _administer(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE migrated")
        engine = open_database(_with_database(url, "migrated"))
        migrate(engine)
        engine.dispose()
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh migrated SQLite file, `buddy.db` in the test's folder."""
    path = shutil.copyfile(sqlite_template, tmp_path / "buddy.db")
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres_server: str) -> Iterator[str]:
    """A fresh migrated database on PostgreSQL."""
    name = f"test_{uuid.uuid4().hex}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE migrated")
    yield _with_database(postgres_server, name)
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, once on each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_database(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def ids(clock: HandClock) -> Ids:
    return TimeOrderedIds(clock, Random(7).randbytes)


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(KeyRing.fresh(os.urandom), os.urandom)


@pytest_asyncio.fixture
async def store(engine: Engine, sealer: Sealer, ids: Ids) -> AsyncIterator[Store]:
    """A store with its threads, on each database."""
    store = Store(engine, sealer, ids)
    yield store
    await store.close()


@pytest_asyncio.fixture
async def inline_store(engine: Engine, sealer: Sealer, ids: Ids) -> AsyncIterator[Store]:
    """A store that runs units on the loop, on each database."""
    store = Store(engine, sealer, ids, inline=True)
    yield store
    await store.close()


def _with_database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _administer(url: str, *statements: str) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
