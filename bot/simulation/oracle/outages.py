"""For how long a night excuses the bot: what was injected, and the settling after it."""

from bot.simulation.chronicle import Chronicle, Trouble

SETTLING = 15.0
"""Seconds that the settling after an outage may take."""
GAP = 1.0
"""A message that a bot had just read when it was killed, or had no disk for, is lost without anybody's fault."""

_SECOND_STARTS = "a second bot starts"
HARMLESS = frozenset(
    {
        "phone away",
        "new phone",
        "left a group",
        "receipts suffer",
        "messages suffer",
        "phone off",
        _SECOND_STARTS,
        "a bot loses its lock",
        "a bot hangs",
        "a bot hangs and loses its lock",
    }
)
"""These excuse nothing: whoever is told, is told in time."""
_NO_DISK = frozenset({"disk is full", "database is locked"})
_HANGS = frozenset({"a send hangs", "a call hangs"})
_FILE_MORE = 60.0
"""Seconds for which a file that hangs is waited for longer than a text; what she asked for comes as one."""
_LOCK_TAKES = 5.0
"""Seconds for which a database waits for a lock."""
_ONE_DOWN = ("bot 1 of two was down", "bot 2 of two was down")
_ONE_HANGS = frozenset({"bot 1 of two hangs", "bot 2 of two hangs"})
_ONE_HANGS_UNLOCKED = frozenset({"bot 1 of two hangs without its lock", "bot 2 of two hangs without its lock"})
_MUST_TAKE_OVER = frozenset({*_ONE_DOWN, "a bot ends", *_ONE_HANGS_UNLOCKED})
_TAKEN_OVER = 5.0
"""Seconds after which the other of two bots has what a dead one had in hand."""
_LEASES_END = 335.0
"""The same where one only hangs, and nobody can know whether it will go on."""
MAY_SEND_LATE = frozenset(
    {
        "sends are slow",
        "network stalls",
        "a send hangs",
        "a call hangs",
        "signal cli dies of a call",
        *_ONE_HANGS,
        *_ONE_HANGS_UNLOCKED,
    }
)
"""After these, what the bot had asked for long before, or had just been about to, may be carried out."""
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
        *_ONE_DOWN,
        *_ONE_HANGS,
        *_ONE_HANGS_UNLOCKED,
        "a bot loses its lock",
    }
)
"""After these, nobody can know whether something was sent."""


class Outages:
    """What excuses lateness."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._troubles = chronicle.troubles
        self._reads = [(one.at, one.by) for one in chronicle.handed_over]
        again = chronicle.terms.repeat
        self._is_told_of_deaths = any(one.kind == _SECOND_STARTS for one in chronicle.troubles)
        self._spans = _joined([_span(one, again) for one in chronicle.troubles if self._excuses(one)])

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

    def answer_lingers(self, begin: float, end: float, *, file: bool) -> float:
        """How much longer an answer may take because of what fell into that time: what found the database locked just
        before its end is tried again, and a `file` that hangs is waited for longer than a text. Excuses no alert."""
        locked = _LOCK_TAKES if self.touch(begin, end, _NO_DISK) else 0.0
        return max(locked, _FILE_MORE if file and self.touch(begin - _FILE_MORE, end, _HANGS) else 0.0)

    def touch(self, begin: float, end: float, kinds: frozenset[str] | None = None) -> bool:
        """Whether something that excuses (of these kinds) fell into that time, its settling included. What the other
        of two bots must have taken over excuses nothing, unless it is named."""
        return any(
            one.began - GAP <= end and begin <= one.ended + SETTLING
            for one in self._troubles
            if (one.kind in kinds if kinds is not None else self._excuses(one) and one.kind not in _MUST_TAKE_OVER)
        )

    def _excuses(self, trouble: Trouble) -> bool:
        """Where there are two bots only what comes of a kill counts, not that it was prepared."""
        return trouble.kind not in HARMLESS and not (self._is_told_of_deaths and trouble.kind.startswith("kill"))

    def may_lose(self, first: float, last: float) -> bool:
        """Whether a message read then (and once more at `last`) may have died with a bot before it was on the disk."""
        return any(self._dies_soon_after(at) for at in {first, last})

    def _dies_soon_after(self, read_at: float) -> bool:
        until = self._disk_is_back(read_at)
        deaths = [one.kind for one in self._troubles if read_at - GAP <= one.began <= until + GAP + _LOCK_TAKES]
        if "bot was down" in deaths:
            return True
        readers = {by for at, by in self._reads if abs(at - read_at) <= GAP}  # all that listen then read the same
        return bool(readers) and all(_ONE_DOWN[by] in deaths for by in readers)

    def _disk_is_back(self, at: float) -> float:
        """When something could be stored again; one trouble may pass into the next."""
        for one in sorted(self._troubles, key=lambda one: one.began):
            if one.kind in _NO_DISK and _covers(one, at):
                at = max(at, one.ended)
        return at

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
    ended = trouble.ended
    if trouble.kind in _MUST_TAKE_OVER:
        ended = min(ended, trouble.began + _TAKEN_OVER)
    elif trouble.kind in _ONE_HANGS:
        ended = min(ended, trouble.began + _LEASES_END)
    return trouble.began, ended + SETTLING + more


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
