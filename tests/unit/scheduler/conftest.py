"""These tests run on virtual time: none of them waits."""

import pytest

from bot.practice.virtual_time import VirtualClock
from storage.unit_of_work import Store
from tests.unit.scheduler.deadlines_at_work import Due
from tests.virtual import clock, pytest_asyncio_loop_factories, sqlite_template, sqlite_url, store

__all__ = ["clock", "due", "pytest_asyncio_loop_factories", "sqlite_template", "sqlite_url", "store"]


@pytest.fixture
def due(store: Store, clock: VirtualClock) -> Due:
    return Due(store, clock)
