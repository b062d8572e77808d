"""One lane for each account: order within, side by side with all others (DESIGN, invariant 13)."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class Lanes:
    """Runs what is put into a lane one after the other. A lane lives only while it has work."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._waiting: dict[str, deque[Work]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    def put(self, lane: str, work: Work) -> None:
        """Do `work` after everything that is in this lane already."""
        self._waiting.setdefault(lane, deque()).append(work)
        self._idle.clear()
        if lane not in self._running:
            self._running[lane] = asyncio.ensure_future(self._run(lane))

    async def wait_idle(self) -> None:
        """Return when no lane has work."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Give up what is in hand; whatever is not finished is still in the inbox."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, lane: str) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                await self._do(queue.popleft())
        finally:
            del self._running[lane]
            del self._waiting[lane]
            if not self._running:
                self._idle.set()

    async def _do(self, work: Work) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 (the next message in the lane must be heard)
            self._on_error(error)
