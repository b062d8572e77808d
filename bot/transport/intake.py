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
_Stuck = tuple[bytes, int]
"""A line that could not be stored, and how often while others could."""


class Intake:
    """Between the reader, which never waits, and the store, which takes lines that have gathered, many at once.

    When storing fails or lags far behind, `troubled` is set: the client then asks signal-cli to send no
    more, so that what comes next stays at Signal's server, until `relieved` is set. A store that is away
    loses nothing; a line that the store can never take cannot silence the bot. All that is not stored yet counts as
    waiting, also what was tried in vain: the memory of a small machine does not fill while its disk is full.
    """

    def __init__(self, take: Callable[[list[bytes]], Awaitable[None]], counters: Counters, timings: Timings) -> None:
        self._take = take
        self._counters = counters
        self._timings = timings
        self._lines: deque[bytes] = deque()
        self._waiting = self._waiting_bytes = 0
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
        self._waiting += 1
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

    def _is_full(self, times: int = 1) -> bool:
        return self._waiting > times * MAX_WAITING_LINES or self._waiting_bytes > times * MAX_WAITING_BYTES

    def _gathered(self) -> list[bytes]:
        """The first that wait; at least one, however long it is."""
        lines = _part_of(self._lines)
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
        self._let_go(lines)
        return True

    def _let_go(self, lines: list[bytes]) -> None:
        self._waiting -= len(lines)
        self._waiting_bytes -= sum(map(len, lines))

    async def _store_one_by_one(self, lines: list[bytes]) -> None:
        """Return when each line is stored or given up. Lines that arrive meanwhile show whether the store works."""
        loop, pause = asyncio.get_running_loop(), self._timings.storing_step
        looked_at = loop.time()
        stuck = [(line, 0) for line in lines]
        while stuck:
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._timings.longest_storing_step)
            failed, in_doubt, works = await self._tried_again(stuck)
            while lines := self._gathered():
                if not await self._stored(lines):
                    in_doubt += [(line, 0) for line in lines]
                    break
                works = True
            if works:
                failed += await self._each_tried(in_doubt)
                failed = [(line, tries + 1) for line, tries in failed]
                self._set_relief()
            else:
                failed += in_doubt
                if loop.time() - looked_at >= self._timings.look_again:
                    # Only a new line can tell a store that is away from lines that cannot be stored: were none let
                    # in any more, those would keep the bot deaf for ever.
                    looked_at = loop.time()
                    self._set_relief(even_if_full=True)
            stuck = self._not_given_up(failed)

    async def _tried_again(self, stuck: list[_Stuck]) -> tuple[list[_Stuck], list[_Stuck], bool]:
        """Those that failed each by itself, those that only failed together, and whether any could be stored. As soon
        as one could, the rest is stored many at once: what comes in now must not wait until each has had its turn."""
        waiting, failed, in_doubt, works = deque(stuck), list[_Stuck](), list[_Stuck](), False
        while waiting and not works and len(failed) < LINES_AT_ONCE:
            one = waiting.popleft()
            works = await self._stored([one[0]])
            if not works:
                failed.append(one)
        lines = deque(line for line, _ in waiting)
        while part := _part_of(lines):
            these = [waiting.popleft() for _ in part]
            if await self._stored(part):
                works = True
            elif works:
                failed += await self._each_tried(these)
            else:
                in_doubt += these
        return failed, in_doubt, works

    async def _each_tried(self, stuck: list[_Stuck]) -> list[_Stuck]:
        """Those that fail by themselves."""
        return [one for one in stuck if not await self._stored([one[0]])]

    def _not_given_up(self, failed: list[_Stuck]) -> list[_Stuck]:
        kept = [(line, tries) for line, tries in failed if tries < TRIES_BESIDE_OTHERS]
        self._let_go([line for line, tries in failed if tries >= TRIES_BESIDE_OTHERS])
        for _ in range(len(failed) - len(kept)):
            self._counters.count(LINE_GIVEN_UP)
        return kept

    def _set_trouble(self) -> None:
        self.relieved.clear()
        self.troubled.set()

    def _set_relief(self, *, even_if_full: bool = False) -> None:
        if self._is_full(times=2 if even_if_full else 1):
            return
        self.troubled.clear()
        self.relieved.set()


def _part_of(lines: deque[bytes]) -> list[bytes]:
    """Takes the first, as many as are stored together; at least one, however long it is."""
    part: list[bytes] = []
    room = BYTES_AT_ONCE
    while lines and len(part) < LINES_AT_ONCE and (not part or len(lines[0]) <= room):
        room -= len(lines[0])
        part.append(lines.popleft())
    return part
