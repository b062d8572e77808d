"""Who goes next at the slow work on words, so that nobody's word waits for a crowd."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import cycle

_LATELY = 600.0
"""Seconds for which a turn counts: longer than a crowd needs for one turn each, or none would ever have had more than
she whose word has just come."""


class MayEnd(Enum):
    """What the word ends if it is right."""

    OWN_TIMER = auto()
    ANOTHERS = auto()  # perhaps: whether one runs the turn must not tell
    NOTHING = auto()


_TURNS = (MayEnd.OWN_TIMER, MayEnd.ANOTHERS, MayEnd.OWN_TIMER, None)
"""Whose turn it is, over and over; None: anybody's. Where none of these waits it is anybody's too."""


@dataclass(frozen=True)
class Asker:
    """Whose message holds the word, and what it may end."""

    account: str = field(repr=False)
    may_end: MayEnd


@dataclass(frozen=True, eq=False)
class _Waiting:
    asker: Asker
    begins: asyncio.Future[None]


class WordTurns:
    """So many `places` at once; whoever has had the fewest turns in the last ten minutes goes first.

    Every other turn is for those whose word may end a timer of their own, while there are any: they wait for nobody
    else, nor for a crowd that names somebody. Of the turns between every other one is for those who name somebody, and
    the rest are for all alike, so that nobody is starved: a duress word counts without a timer too.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: list[_Waiting] = []
        self._lately: deque[tuple[float, str]] = deque()
        self._had: Counter[str] = Counter()
        self._turns = cycle(_TURNS)

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
        turn = next(self._turns)
        theirs = [one for one in self._waiting if one.asker.may_end is turn]
        return min(theirs or self._waiting, key=lambda one: self._had[one.asker.account])

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
