"""Fixtures for tests on virtual time: a loop that never waits, its clock, and a store that works inline on SQLite.

A conftest.py imports what it wants, and `pytest_asyncio_loop_factories` always.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from random import Random

import pytest_asyncio

from bot.domain.check_in import CheckIn, Stage, Step, Watch
from bot.ids import TimeOrderedIds
from bot.practice.virtual_time import VirtualClock, VirtualTimeLoop
from storage.engine import open_database
from storage.records import Records
from storage.sealing import KeyRing, Sealer
from storage.unit_of_work import Store
from tests.databases import sqlite_template, sqlite_url

__all__ = ["clock", "pytest_asyncio_loop_factories", "sqlite_template", "sqlite_url", "store"]

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualTimeLoop]]:
    return {"virtual": VirtualTimeLoop}


@pytest_asyncio.fixture
async def clock() -> VirtualClock:
    """The clock of the test's own loop."""
    return VirtualClock(asyncio.get_running_loop())


@pytest_asyncio.fixture
async def store(sqlite_url: str, clock: VirtualClock) -> AsyncIterator[Store]:
    """A store that works inline on the loop."""
    chance = Random(7)
    engine = open_database(sqlite_url, durable=False)
    keys = KeyRing.fresh(chance.randbytes)
    store = Store(engine, Sealer(keys, chance.randbytes), TimeOrderedIds(clock, chance.randbytes), inline=True)
    yield store
    await store.close()
    engine.dispose()


def armed(check_in_id: str, person_id: str, now: datetime, due_at: datetime, *watches: Watch) -> CheckIn:
    """A check-in whose deadline question is its next step, due at `due_at`."""
    return CheckIn(
        id=check_in_id,
        person_id=person_id,
        stage=Stage.ARMED,
        started_at=now,
        deadline=due_at,
        reminded=True,
        grace=5 * MINUTE,
        extended_freely=timedelta(),
        wrong_words=0,
        alerting_since=None,
        taken_by=None,
        holds=0,
        resolved_by=None,
        step=Step.ASK,
        step_at=due_at,
        watches=watches,
    )


def add_check_in(records: Records, number: int, now: datetime, due_at: datetime) -> str:
    """A new person with a check-in and no buddy; returns the check-in's id."""
    person = records.people.add(f"account {number}", now)
    check_in_id = f"{number:032x}"
    records.check_ins.add(armed(check_in_id, person.id, now, due_at))
    return check_in_id
