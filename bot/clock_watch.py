"""Noticing that the clock does not run as time passes: a suspended host, a clock set forwards or backwards."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock

SLEPT_IF_MORE = timedelta(seconds=5)
SET_BACK_IF_MORE = timedelta(seconds=1)
"""Smaller corrections are taken for what they are."""


class ClockWatch:
    """Compares the clock with the event loop's own time, which stands still while the host sleeps.

    `on_leap` is told the moment since which time is missing; `on_set_back` that the clock was set back.
    """

    def __init__(self, clock: Clock, on_leap: Callable[[datetime], None], on_set_back: Callable[[], None]) -> None:
        self._clock = clock
        self._on_leap = on_leap
        self._on_set_back = on_set_back
        self._seen: tuple[datetime, float] | None = None

    def begin(self, last_seen: datetime | None) -> None:
        """The bot has started; `last_seen`: what its clock showed when it was last known to run."""
        if last_seen is not None and last_seen - self._clock.now() > SET_BACK_IF_MORE:
            self._on_set_back()

    def look(self) -> None:
        """Call before acting upon any moment."""
        now, on_loop = self._clock.now(), asyncio.get_running_loop().time()
        seen, self._seen = self._seen, (now, on_loop)
        if seen is None:
            return
        then, then_on_loop = seen
        missing = now - then - timedelta(seconds=on_loop - then_on_loop)
        if missing > SLEPT_IF_MORE:
            self._on_leap(then)
        elif missing < -SET_BACK_IF_MORE:
            self._on_set_back()
