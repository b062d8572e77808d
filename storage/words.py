"""Hashing of codewords and duress words. Slow on purpose, so it runs before and outside the unit of work."""

from collections.abc import Callable
from typing import Protocol

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from bot.errors import StorageError

_SALT_BYTES = 16
_TIME_COST = 2
_MEMORY_KIB = 65_536


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
    """argon2id; with the defaults one encoding or comparison takes about 0.1 s and 64 MiB."""

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
