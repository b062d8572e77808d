"""What the bot tells its operator: events with stable names and plain facts, as JSON lines. Never a word of anybody.

Facts are numbers, truth values and names from the code (enumerations); anything else is refused by type, and left out.
An error is told by its class and the place in our code, never by its message.
"""

import json
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TextIO

from bot.clock import Clock

LogFact = int | float | bool | Enum | None
_PLAIN = (int, float, Enum)
ERRORS_AT_ONCE = 10
WITHIN = timedelta(seconds=10)
"""So many lines about one error in so long; the others are counted. While a disk is full, or a database is away, each
message that waits fails every few seconds: the log must not be what fills the disk."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Log:
    """Writes events. Also counts them by name, for tests and metrics."""

    def __init__(self, clock: Clock, stream: TextIO | None = None) -> None:
        self._clock = clock
        self.stream = stream
        self.counts: dict[str, int] = {}
        self._told: dict[tuple[str, str, str], tuple[datetime, int]] = {}

    def tell(self, event: str, **facts: LogFact) -> None:
        """Something happened."""
        self._write("info", event, facts)

    def tell_warning(self, event: str, **facts: LogFact) -> None:
        """Something happened that the operator may want to look at."""
        self._write("warning", event, facts)

    def failure(self, event: str, error: BaseException) -> None:
        """An error that did not stop the bot; of many of the same kind the first, and how many were `left_out`."""
        self.count(event)
        name, where = type(error).__name__, _place(error)
        now, (since, times) = self._clock.now(), self._told.get((event, name, where), (_EVER, 0))
        is_new = not timedelta(0) <= now - since < WITHIN
        left_out = {"left_out": times - ERRORS_AT_ONCE} if is_new and times > ERRORS_AT_ONCE else {}
        self._told[event, name, where] = (now, 1) if is_new else (since, times + 1)
        if is_new or times < ERRORS_AT_ONCE:
            self._line("error", event, {"error": name, "where": where, **left_out})

    def count(self, name: str) -> None:
        """One more of this, without a line. Names are constants of the code."""
        self.counts[name] = self.counts.get(name, 0) + 1

    def _write(self, level: str, event: str, facts: Mapping[str, object]) -> None:
        self.count(event)
        plain = {key: value for key, value in facts.items() if value is None or isinstance(value, _PLAIN)}
        told = {key: value.value if isinstance(value, Enum) else value for key, value in plain.items()}
        self._line(level, event, told)

    def _line(self, level: str, event: str, facts: dict[str, object]) -> None:
        stream = self.stream or sys.stderr
        at = self._clock.now().isoformat(timespec="milliseconds")
        stream.write(json.dumps({"at": at, "level": level, "event": event, **facts}) + "\n")
        stream.flush()


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
