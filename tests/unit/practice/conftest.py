"""These tests run on virtual time: none of them waits."""

from collections.abc import Callable

from bot.practice.virtual_time import VirtualTimeLoop


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualTimeLoop]]:
    return {"virtual": VirtualTimeLoop}
