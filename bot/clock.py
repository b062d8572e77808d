"""The one door through which time is read."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Waiting is the event loop's business (`asyncio.sleep`)."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The machine's time in UTC. May step or stand still with the host; nothing may rely on it being steady."""
        return datetime.now(UTC)
