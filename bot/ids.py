"""Identifiers that sort by the time they were made."""

from collections.abc import Callable
from typing import Protocol

from bot.clock import Clock

_RANDOM_BYTES = 10
_MILLISECONDS_BYTES = 6


class Ids(Protocol):
    """Makes identifiers for rows."""

    def new(self) -> str:
        """A new identifier: 32 hex characters, later ones sort after earlier ones of this process."""
        ...


class TimeOrderedIds:
    """Milliseconds since 1970 and random bits; within one process strictly increasing, even if the clock steps back."""

    def __init__(self, clock: Clock, random_bytes: Callable[[int], bytes]) -> None:
        self._clock = clock
        self._random_bytes = random_bytes
        self._last = 0

    def new(self) -> str:
        """See `Ids`."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        random_part = int.from_bytes(self._random_bytes(_RANDOM_BYTES), "big")
        value = (milliseconds << (8 * _RANDOM_BYTES)) | random_part
        self._last = max(value, self._last + 1)
        return f"{self._last:0{2 * (_MILLISECONDS_BYTES + _RANDOM_BYTES)}x}"
