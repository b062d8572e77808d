"""Hashing of codewords and duress words. Slow on purpose, so it runs before and outside the unit of work."""

from collections.abc import Callable
from math import ceil
from typing import Protocol

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from bot.errors import StorageError

_SALT_BYTES = 16
_TIME_COST = 2
_MOST_TIME_COST = 16
_MEMORY_KIB = 65_536
_AT_LEAST = 0.1
"""Seconds that comparing a word must take on the machine that does it."""
_MEASURED = 3


class WordHasher(Protocol):
    """Encodes folded words (see `bot.domain.folding`) and compares them; both may take long and may run in a thread."""

    @property
    def dummy(self) -> str:
        """An encoding that matches nothing: compare with it where there is no word, so that both take equally long."""
        ...

    def encode(self, folded: str) -> str:
        """What is stored of a word."""
        ...

    def matches(self, encoded: str, folded: str) -> bool:
        """Whether this is the word. Raises StorageError when the encoding cannot be read."""
        ...


class Argon2Words:
    """argon2id over 64 MiB; with `measured_time_cost` one encoding or comparison takes 0.1 s or more."""

    def __init__(
        self, random_bytes: Callable[[int], bytes], time_cost: int = _TIME_COST, memory_kib: int = _MEMORY_KIB
    ) -> None:
        self._random_bytes = random_bytes
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=1, hash_len=32, salt_len=_SALT_BYTES, type=Type.ID
        )
        self._dummy = self.encode(random_bytes(32).hex())

    @property
    def dummy(self) -> str:
        """See `WordHasher.dummy`: the encoding of random bytes that nobody knows."""
        return self._dummy

    def encode(self, folded: str) -> str:
        """See `WordHasher.encode`."""
        return self._hasher.hash(folded.encode("utf-8", "surrogatepass"), salt=self._random_bytes(_SALT_BYTES))

    def matches(self, encoded: str, folded: str) -> bool:
        """See `WordHasher.matches`."""
        try:
            return self._hasher.verify(encoded, folded.encode("utf-8", "surrogatepass"))
        except VerifyMismatchError:
            return False
        except (InvalidHashError, VerificationError):
            raise StorageError("A stored word cannot be compared: its encoding is damaged.") from None


def measured_time_cost(seconds: Callable[[], float]) -> int:
    """The time cost with which comparing a word takes 0.1 s or more on this machine. `seconds`: a clock that only runs
    forward. The fastest of a few counts: others who are busy on the machine must not make words cheaper."""
    one_pass = Argon2Words(bytes, time_cost=1)
    fastest = min(_takes(lambda: one_pass.encode("a word to measure with"), seconds) for _ in range(_MEASURED))
    return max(_TIME_COST, min(_MOST_TIME_COST, ceil(_AT_LEAST / fastest)))


def _takes(work: Callable[[], object], seconds: Callable[[], float]) -> float:
    began = seconds()
    work()
    return max(seconds() - began, 1e-6)
