"""The slow work on words, off the event loop: a few places for everybody, given in turn."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from bot.word_turns import Asker, WordTurns
from storage.words import WordHasher

T = TypeVar("T")

WORD_PLACES = 2
"""How many words are worked on at once."""


class WordsDesk:
    """Checks and encodes words in a small pool (`executor`), or right here when there is none (virtual time)."""

    def __init__(self, hasher: WordHasher, executor: Executor | None) -> None:
        self._hasher = hasher
        self._executor = executor
        self._turns = WordTurns(WORD_PLACES)

    async def encode(self, folded: str, asker: Asker) -> str:
        """The encoding under which a new word is kept."""
        return await self._in_turn(asker, lambda: self._hasher.encode(folded))

    async def matches(self, encoded: Sequence[str | None], folded: str, asker: Asker) -> list[bool]:
        """For each, whether the word is the one behind it, all in one turn; None takes as long and is never it."""
        return await self._in_turn(asker, lambda: [self._is_behind(one, folded) for one in encoded])

    def _is_behind(self, encoded: str | None, folded: str) -> bool:
        return self._hasher.matches(self._hasher.dummy if encoded is None else encoded, folded)

    async def _in_turn(self, asker: Asker, work: Callable[[], T]) -> T:
        if self._executor is None:
            return work()
        async with self._turns.turn(asker):
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
