"""What became of one try to send a row of the outbox."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Result(StrEnum):
    """What became of an attempt."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    SIGNAL_AWAY = "signal_away"  # perhaps no fault of the row: tried again as soon as Signal is back


@dataclass(frozen=True)
class Attempt:
    """The result; `sent_ms` names the message at Signal. `pause` before a retry. `reason`: a name from the code.
    `missed`: accounts of a group that a line has not reached, as far as is known, whether it reached others or
    nobody at all; `without_account`: those of them that Signal does not find. `late`: waits for an answer that was too
    late for this attempt; `is_late`: this is what it said.
    `tried`: False where it only waited for its turn, and has all its tries before it."""

    result: Result
    sent_ms: int = 0
    pause: timedelta = timedelta(0)
    reason: str = ""
    missed: frozenset[str] = frozenset()
    without_account: frozenset[str] = frozenset()
    late: "Callable[[], Awaitable[Attempt]] | None" = None
    is_late: bool = False
    tried: bool = True


async def record_if_sent(late: Callable[[], Awaitable[Attempt]], record: Callable[[Attempt], Awaitable[None]]) -> None:
    """Wait for the answer of a try that was given up. Only that the message is out is news: all else was assumed."""
    attempt = await late()
    if attempt.result is Result.SENT:
        await record(attempt)
