"""Counting what is dropped, parked or lost on the road between the socket and the inbox."""

from typing import Protocol


class Counters(Protocol):
    """Where the transport reports anonymous events."""

    def count(self, name: str) -> None:
        """One more event of this name. Names are constants of the code, never anything received."""
        ...


class NoCounters:
    """For callers that do not care."""

    def count(self, name: str) -> None:
        """Forget the event."""
