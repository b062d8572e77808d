"""Virtual time for all but the tests that use real sockets, children and threads."""

import asyncio
from collections.abc import Callable

import pytest

from bot.practice.virtual_time import VirtualTimeLoop
from tests.unit.transport.client_rig import client, inbox, listener
from tests.unit.transport.fake_signal import CountingCounters, FakeSignal

__all__ = ["client", "inbox", "listener"]


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    if item.path.name in ("test_endpoints.py", "test_disk_attachments.py"):
        return {"real": asyncio.new_event_loop}
    return {"virtual": VirtualTimeLoop}


@pytest.fixture
def signal() -> FakeSignal:
    return FakeSignal()


@pytest.fixture
def counters() -> CountingCounters:
    return CountingCounters()
