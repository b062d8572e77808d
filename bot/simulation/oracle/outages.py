"""For how long a night excuses the bot: what was injected, and the settling after it."""

from bot.simulation.chronicle import Chronicle, Trouble

SETTLING = 15.0
"""Seconds that the settling after an outage may take."""
GAP = 1.0
"""A message that a bot had just read when it was killed, or had no disk for, is lost without anybody's fault."""

HARMLESS = frozenset({"phone away", "new phone", "left a group", "receipts suffer", "messages suffer", "phone off"})
"""These excuse nothing: whoever is told, is told in time."""
_NO_DISK = frozenset({"disk is full", "database is locked"})
_LOCK_TAKES = 5.0
"""Seconds for which a database waits for a lock."""
MAY_SEND_LATE = frozenset(
    {"sends are slow", "network stalls", "a send hangs", "a call hangs", "signal cli dies of a call"}
)
"""After these, signal-cli may carry out what the bot had asked for long before."""
MAY_SEND_TWICE = frozenset(
    {
        "bot was down",
        "sends are refused",
        "calls are refused",
        "a send hangs",
        "a call hangs",
        "sends are slow",
        "signal cli dies",
        "signal cli dies of a call",
        "signal cli dies of a message",
        "network stalls",
        "network is down",
        "host sleeps",
        "connection drops",
        "disk is full",
        "database is locked",
    }
)
"""After these, nobody can know whether something was sent."""


class Outages:
    """What excuses lateness."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._troubles = chronicle.troubles
        again = chronicle.terms.repeat
        self._spans = _joined([_span(one, again) for one in chronicle.troubles if one.kind not in HARMLESS])

    def between(self, begin: float, end: float) -> float:
        """How many of the seconds between are excused."""
        return sum(max(0.0, min(end, b) - max(begin, a)) for a, b in self._spans)

    def latest(self, due: float, slack: float) -> float:
        """Until when what is due must have been done, `slack` seconds of its own time included."""
        at = due
        for a, b in self._spans:
            if b <= at:
                continue
            if a - at >= slack:
                break
            slack -= max(0.0, a - at)
            at = b
        return at + slack

    def touch(self, begin: float, end: float, kinds: frozenset[str] | None = None) -> bool:
        """Whether something that excuses (of these kinds) fell into that time, its settling included."""
        return any(
            one.began - GAP <= end and begin <= one.ended + SETTLING
            for one in self._troubles
            if (one.kind in kinds if kinds is not None else one.kind not in HARMLESS)
        )

    def may_lose(self, first: float, last: float) -> bool:
        """Whether a message read then (and once more at `last`) may have died with a bot before it was on the disk."""
        return any(self._dies_soon_after(at) for at in {first, last})

    def _dies_soon_after(self, read_at: float) -> bool:
        until = max([read_at, *(one.ended for one in self._troubles if one.kind in _NO_DISK and _covers(one, read_at))])
        return any(
            one.kind == "bot was down" and read_at - GAP <= one.began <= until + GAP + _LOCK_TAKES
            for one in self._troubles
        )

    def gone(self, phone: str, begin: float, end: float) -> bool:
        """Whether this phone had no account for a part of that time: nothing can be sent to it then."""
        return any(
            one.kind == "account gone" and one.phone == phone and one.began <= end and begin <= one.ended
            for one in self._troubles
        )

    def clock_error(self) -> float:
        """By how many seconds the bot's clock was wrong at worst."""
        return max([0.0, *(abs(one.size) for one in self._troubles if one.kind == "clock is wrong")])


def _span(trouble: Trouble, again: float) -> tuple[float, float]:
    """To somebody without an account nothing can be sent; whatever else comes of it, the next round reaches him."""
    more = again if trouble.kind in ("account gone", "somebody is rate limited") else 0.0
    return trouble.began, trouble.ended + SETTLING + more


def _covers(trouble: Trouble, at: float) -> bool:
    return trouble.began - GAP <= at <= trouble.ended + _LOCK_TAKES


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for a, b in sorted(spans):
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], b))
        else:
            joined.append((a, b))
    return joined
