"""Who goes next at the slow work on words, so that nobody's word waits for a crowd."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_LATELY = 600.0
"""Seconds for which a turn counts: longer than a crowd needs for one turn each, or none would ever have had more than
she whose word has just come."""


@dataclass(frozen=True)
class Asker:
    """Whose message holds the word. `timer_may_run`: the word may end a timer, hers or that of somebody she names."""

    account: str = field(repr=False)
    timer_may_run: bool


@dataclass(frozen=True, eq=False)
class _Waiting:
    asker: Asker
    begins: asyncio.Future[None]


class WordTurns:
    """So many `places` at once; whoever has had the fewest turns in the last ten minutes goes first.

    Every other turn is for those whose word may end a timer, while there are any: they wait for nobody else. The turns
    between are for all alike, so that timers without end starve nobody, whose duress word counts without one too.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: list[_Waiting] = []
        self._lately: deque[tuple[float, str]] = deque()
        self._had: Counter[str] = Counter()
        self._timers_first = True

    @asynccontextmanager
    async def turn(self, asker: Asker) -> AsyncIterator[None]:
        """Wait for a turn, and have it."""
        waiting = _Waiting(asker, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._let_in()
        try:
            await waiting.begins
            yield
        finally:
            if waiting in self._waiting:  # given up before it began
                self._waiting.remove(waiting)
            if waiting.begins.done() and not waiting.begins.cancelled():
                self._free += 1
            self._let_in()

    def _let_in(self) -> None:
        self._forget_old()
        self._waiting = [one for one in self._waiting if not one.begins.done()]
        while self._free and self._waiting:
            following = self._next()
            self._waiting.remove(following)
            self._free -= 1
            self._count(following.asker.account)
            following.begins.set_result(None)

    def _next(self) -> _Waiting:
        """The first of those who are equal is the one who came first."""
        of_timers = [one for one in self._waiting if one.asker.timer_may_run] if self._timers_first else []
        self._timers_first = not self._timers_first
        return min(of_timers or self._waiting, key=lambda one: self._had[one.asker.account])

    def _count(self, account: str) -> None:
        self._lately.append((asyncio.get_running_loop().time(), account))
        self._had[account] += 1

    def _forget_old(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._lately and now - self._lately[0][0] >= _LATELY:
            _, account = self._lately.popleft()
            self._had[account] -= 1
            if not self._had[account]:
                del self._had[account]
