"""The slow work on words, off the event loop: a few places for everybody, one at a time for each account."""

import asyncio
from concurrent.futures import Executor

from storage.words import WordHasher


class WordsDesk:
    """Checks and encodes words in a small pool (`executor`), or right here when there is none (virtual time)."""

    def __init__(self, hasher: WordHasher, executor: Executor | None) -> None:
        self._hasher = hasher
        self._executor = executor

    async def encode(self, folded: str) -> str:
        """The encoding under which a new word is kept."""
        if self._executor is None:
            return self._hasher.encode(folded)
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._hasher.encode, folded)

    async def matches(self, encoded: str | None, folded: str) -> bool:
        """Whether the word is the one behind `encoded`; for None it takes as long and is never right."""
        against = self._hasher.dummy if encoded is None else encoded
        if self._executor is None:
            return self._hasher.matches(against, folded)
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._hasher.matches, against, folded)
