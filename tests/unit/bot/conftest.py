"""These tests run on virtual time: none of them waits."""

import pytest

from bot.practice.virtual_time import VirtualClock
from storage.unit_of_work import Store
from tests.unit.bot.post import Post
from tests.virtual import clock, pytest_asyncio_loop_factories, sqlite_template, sqlite_url, store

__all__ = ["clock", "post", "pytest_asyncio_loop_factories", "sqlite_template", "sqlite_url", "store"]


@pytest.fixture
async def post(store: Store, clock: VirtualClock) -> Post:
    return Post(store, clock)
