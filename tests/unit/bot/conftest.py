"""These tests run on virtual time: none of them waits."""

import io

import pytest

from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from storage.unit_of_work import Store
from tests.unit.bot.post import Post
from tests.unit.bot.watched import Watched
from tests.virtual import clock, pytest_asyncio_loop_factories, sqlite_template, sqlite_url, store

__all__ = ["clock", "post", "pytest_asyncio_loop_factories", "sqlite_template", "sqlite_url", "store", "watched"]


@pytest.fixture
async def post(store: Store, clock: VirtualClock) -> Post:
    return Post(store, clock)


@pytest.fixture
async def watched(clock: VirtualClock) -> Watched:
    return Watched(Log(clock, io.StringIO()))
