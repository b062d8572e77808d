"""Lines that were read and are not yet stored."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.transport.counters import Counters
from bot.transport.timings import Timings

LINES_NOT_STORED = "lines_not_stored"
LINE_GIVEN_UP = "line_given_up"
MAX_WAITING_LINES = 10_000
MAX_WAITING_BYTES = 64 * 1024 * 1024
LINES_AT_ONCE = 200
BYTES_AT_ONCE = 1024 * 1024
"""So much is stored together: what is urgent waits for no more than that, and a kill loses no more."""
TRIES_BESIDE_OTHERS = 10
"""So often a line may fail while others are stored; then it is the line, not the store, and it is given up."""


class Intake:
    """Between the reader, which never waits, and the store, which takes lines that have gathered, many at once.

    When storing fails or lags far behind, `troubled` is set: the client then asks signal-cli to send no
    more, so that what comes next stays at Signal's server, until `relieved` is set. A store that is away
    loses nothing; a line that the store can never take cannot silence the bot.
    """

    def __init__(self, take: Callable[[list[bytes]], Awaitable[None]], counters: Counters, timings: Timings) -> None:
        self._take = take
        self._counters = counters
        self._timings = timings
        self._lines: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._arrived = asyncio.Event()
        self.troubled = asyncio.Event()
        self.relieved = asyncio.Event()
        self.relieved.set()
        self.idle = asyncio.Event()
        """Set while every line that came is stored."""
        self.idle.set()

    def put(self, line: bytes) -> None:
        """One more line. Never waits."""
        self._lines.append(line)
        self._waiting_bytes += len(line)
        self._arrived.set()
        self.idle.clear()
        if self._is_full():
            self._set_trouble()

    async def run(self) -> None:
        """Store what comes, in order, for ever."""
        while True:
            await self._arrived.wait()
            lines = self._gathered()
            if not await self._stored(lines):
                await self._store_one_by_one(lines)
            self._set_relief()
            if not self._lines:
                self.idle.set()

    def _is_full(self) -> bool:
        return len(self._lines) > MAX_WAITING_LINES or self._waiting_bytes > MAX_WAITING_BYTES

    def _gathered(self) -> list[bytes]:
        """The first that wait; at least one, however long it is."""
        lines: list[bytes] = []
        room = BYTES_AT_ONCE
        while self._lines and len(lines) < LINES_AT_ONCE and (not lines or len(self._lines[0]) <= room):
            line = self._lines.popleft()
            room -= len(line)
            self._waiting_bytes -= len(line)
            lines.append(line)
        if not self._lines:
            self._arrived.clear()
        return lines

    async def _stored(self, lines: list[bytes]) -> bool:
        try:
            await self._take(lines)
        except Exception:  # noqa: BLE001 - whatever the store says, these lines exist nowhere else
            self._counters.count(LINES_NOT_STORED)
            self._set_trouble()
            return False
        return True

    async def _store_one_by_one(self, lines: list[bytes]) -> None:
        """Return when each line is stored or given up. Lines that arrive meanwhile show whether the store works."""
        loop, pause = asyncio.get_running_loop(), self._timings.storing_step
        looked_at = loop.time()
        stuck = [(line, 0) for line in lines]
        while stuck:
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._timings.longest_storing_step)
            failed = [(line, tries) for line, tries in stuck if not await self._stored([line])]
            works = len(failed) < len(stuck)
            while lines := self._gathered():
                if not await self._stored(lines):
                    failed += [(line, 0) for line in lines]
                    break
                works = True
            if works:
                failed = [(line, tries + 1) for line, tries in failed]
                self._set_relief()
            elif loop.time() - looked_at >= self._timings.look_again:
                # Only a new line can tell a store that is away from lines that cannot be stored.
                looked_at = loop.time()
                self._set_relief()
            stuck = self._not_given_up(failed)

    def _not_given_up(self, failed: list[tuple[bytes, int]]) -> list[tuple[bytes, int]]:
        kept = [(line, tries) for line, tries in failed if tries < TRIES_BESIDE_OTHERS]
        for _ in range(len(failed) - len(kept)):
            self._counters.count(LINE_GIVEN_UP)
        return kept

    def _set_trouble(self) -> None:
        self.relieved.clear()
        self.troubled.set()

    def _set_relief(self) -> None:
        if self._is_full():
            return
        self.troubled.clear()
        self.relieved.set()
