"""Work that is done once, beside everything else, and ends with the bot."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class SideTasks:
    """Keeps each task alive until it is done."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, *works: Coroutine[Any, Any, None]) -> None:
        """Do these at the side, from now on."""
        for work in works:
            task = asyncio.ensure_future(work)
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    @property
    def running(self) -> list[asyncio.Task[None]]:
        """What is not done yet."""
        return list(self._running)
