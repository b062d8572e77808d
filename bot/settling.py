"""Letting what waited arrive before acting on deadlines (SPEC: "When the bot was down", "When Signal is down")."""

import asyncio
from datetime import timedelta

WITHOUT_MESSAGES = 60.0
"""Seconds after which deadlines are acted upon although no messages flow: better a false alert than a missed one."""


class Settling:
    """Settled: messages flow, and none has come for `quiet`, or `at_most` has passed since they began to flow again.

    Signal never tells that all is there; so a moment of silence has to do. When messages do not flow at all for
    `WITHOUT_MESSAGES`, it counts as settled too, until they flow again.
    """

    def __init__(self, quiet: timedelta, at_most: timedelta) -> None:
        self._quiet = quiet.total_seconds()
        self._at_most = at_most.total_seconds()
        self._settled = asyncio.Event()
        self._flowing = False
        self._heard_at = 0.0
        self._patience_ends: float | None = None
        self._waiting: asyncio.Task[None] | None = None

    async def wait(self) -> None:
        """Return when it is settled."""
        await self._settled.wait()

    @property
    def settled(self) -> bool:
        """Whether deadlines may be acted upon."""
        return self._settled.is_set()

    def flows(self) -> None:
        """Messages begin to flow (again)."""
        self._flowing = True
        self.begin()

    def ceases(self) -> None:
        """Messages no longer flow. Patience goes on being used up, so that a shaky line cannot hold up an alert."""
        self._flowing = False
        self._settled.clear()
        self._stop_waiting()
        self._waiting = asyncio.ensure_future(self._go_without_messages())

    def heard(self) -> None:
        """Something arrived."""
        self._heard_at = asyncio.get_running_loop().time()

    def begin(self) -> None:
        """Wait for silence once more, for example after Signal's network was away. Nothing to do while none flows."""
        if not self._flowing:
            return
        self._settled.clear()
        self._stop_waiting()
        now = asyncio.get_running_loop().time()
        self._heard_at = now
        if self._patience_ends is None:
            self._patience_ends = now + self._at_most
        self._waiting = asyncio.ensure_future(self._wait_for_silence(self._patience_ends))

    def stop(self) -> None:
        """End it."""
        self._stop_waiting()

    async def _wait_for_silence(self, patience_ends: float) -> None:
        loop = asyncio.get_running_loop()
        while (until := min(self._heard_at + self._quiet, patience_ends)) > loop.time():
            await asyncio.sleep(until - loop.time())
        self._patience_ends = None
        self._settled.set()

    async def _go_without_messages(self) -> None:
        await asyncio.sleep(WITHOUT_MESSAGES)
        self._settled.set()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
