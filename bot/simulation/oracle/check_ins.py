"""The check-ins of a night, as a listener would piece them together from what was written and what was answered."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from itertools import combinations

from bot.simulation.chronicle import Chronicle, Someone, Written
from bot.simulation.oracle.outages import Outages
from bot.simulation.oracle.reading import (
    CLOSED,
    EXTENDED,
    GROUP_ENDED,
    GROUP_EXTENDED,
    GROUP_STARTED,
    REFUSED,
    STARTED,
    Asked,
    asked,
    is_direct_text,
)

COUNTS_FROM_NOW = 30.0
"""Seconds within which a message did not have to wait; then "in two hours" counts from when it is handled."""
_GROUP_TOLD = re.compile(f"{GROUP_EXTENDED.pattern}|{GROUP_STARTED.pattern}")
"""A start line that had to wait is written with the time that holds when it leaves."""
_SOON = 2.0
"""Seconds after which what has not been answered has died with the bot, if it may have."""
_NEVER = re.compile(r"(?!)")
_NO_DEADLINE_BEFORE = (-math.inf, -math.inf)


@dataclass(slots=True)
class Stretch:
    """One deadline of a check-in: `since` the message that set it was handed over, `known_at` it was answered.

    A message that did not have to wait counts from the moment it is handled, which nobody outside knows to the second.
    """

    earliest: float
    latest: float
    since: float
    known_at: float


@dataclass(slots=True)
class CheckIn:
    """One timer of somebody, with each of its deadlines, and how it ended, if it did."""

    person: str
    start: Written
    stretches: list[Stretch]
    end_handed_over: float | None = None
    end_shown: float | None = None
    wrong_words: list[float] = field(default_factory=list)
    """When wrong words for it were handed over."""

    @property
    def begun(self) -> float:
        """When it was handed over."""
        return self.stretches[0].since


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of somebody that the bot has read, with what it asks for. `again`: read once more then."""

    at: float
    written: Written
    asked: Asked
    last_at: float


def heard(chronicle: Chronicle) -> list[Heard]:
    """Every message that was handed over, in that order; what never was counts as not sent."""
    times: dict[tuple[str, int], list[float]] = {}
    for one in chronicle.handed_over:
        times.setdefault((one.who, one.message), []).append(one.at)
    by_message = {(one.who, one.message): one for one in chronicle.written}
    found = [
        Heard(at[0], by_message[key], asked(by_message[key], chronicle.people), at[-1])
        for key, at in times.items()
        if key in by_message
    ]
    return sorted(found, key=lambda one: one.at)


def check_ins_of(chronicle: Chronicle, someone: Someone, messages: list[Heard], outages: Outages) -> list[CheckIn]:
    """All of hers. Something happened only if the bot has answered so."""
    starts = [one for one in messages if one.written.who == someone.name and one.asked.kind == "start"]
    listener = _Listener(chronicle, someone, starts, outages)
    for one in messages:
        listener.hear(one)
    return listener.found


class _Listener:
    def __init__(self, chronicle: Chronicle, someone: Someone, starts: list[Heard], outages: Outages) -> None:
        self.found: list[CheckIn] = []
        self._chronicle = chronicle
        self._who = someone
        self._starts = starts
        self._outages = outages
        self._open: CheckIn | None = None
        self._without_line: list[Heard] = []
        self._unsaid: list[Heard] = []
        self._closings = sorted({*self._shown_at(CLOSED), *(at for at, _ in self._untils(_NEVER, GROUP_ENDED))})

    def hear(self, one: Heard) -> None:
        """The next message of anybody."""
        hers = one.written.who == self._who.name
        match one.asked.kind:
            case "start" if hers and self._open is None:
                self._start(one)
            case "extend" if hers and self._open is not None:
                self._extend(one, self._open)
            case "extend" if hers:
                self._start_and_extend(one)
            case "word" | "duress" if hers and self._open is not None:
                self._close(one, self._open)
            case "word of another" | "duress of another" if one.asked.whose == self._who.name and self._open:
                self._close(one, self._open)
            case "wrong" if hers and self._open is not None:
                self._open.wrong_words.append(one.at)

    def _start(self, one: Heard) -> None:
        told = self._told_until(one, _NO_DEADLINE_BEFORE, STARTED, GROUP_STARTED, self._not_after(one))
        if told is None:
            self._without_line.append(one)
        else:
            self._begin(one, told)

    def _not_after(self, one: Heard) -> float:
        """When a line that says so is about her next start: this one may have died with the bot, or was refused."""
        if not self._is_refused(one) and not self._may_be_lost(one):
            return math.inf
        following = (later for later in self._starts if later.at > one.at + 1.0 and not self._is_refused(later))
        return next((later.at for later in following), math.inf)

    def _may_be_lost(self, one: Heard) -> bool:
        return self._outages.may_lose(one.at, one.last_at)

    def _is_refused(self, one: Heard) -> bool:
        return any(one.at <= at < one.at + 1.0 for at in self._shown_at(REFUSED))

    def _start_and_extend(self, one: Heard) -> None:
        """Both had to wait, and the one line in the group tells of the last time only."""
        for start in self._without_line:
            told = self._told_of_all(one, self._after(start, _NO_DEADLINE_BEFORE))
            if told is not None:
                self._begin(start, replace(told, since=start.at))
                return
        self._unsaid.append(one)

    def _begin(self, start: Heard, told: Stretch) -> None:
        self._open = CheckIn(self._who.name, start.written, [told])
        self._without_line, self._unsaid = [], []
        self.found.append(self._open)

    def _extend(self, one: Heard, check_in: CheckIn) -> None:
        last = check_in.stretches[-1]
        told = self._told_of_all(one, (last.earliest, last.latest))
        if told is None:
            self._unsaid.append(one)
        else:
            check_in.stretches.append(told)
            self._unsaid = []

    def _told_of_all(self, one: Heard, before: tuple[float, float]) -> Stretch | None:
        """The new deadline: after this one alone, or after some of those before it that no line has told of."""
        for count in range(len(self._unsaid) + 1):
            for counted in combinations(self._unsaid, count):
                told = self._told_until(one, reduce(lambda at, each: self._after(each, at), counted, before), EXTENDED)
                if told is not None:
                    return told
        return None

    def _after(self, one: Heard, before: tuple[float, float]) -> tuple[float, float]:
        """Between what moments the deadline is once this one is handled."""
        handled = max(one.written.at, min(one.at, one.written.at + COUNTS_FROM_NOW))
        return max(before[0], one.written.at) + one.asked.seconds, max(before[1], handled) + one.asked.seconds

    def _close(self, one: Heard, check_in: CheckIn) -> None:
        shown = next((at for at in self._closings if at >= one.at), None)
        if shown is None or (shown > self._outages.latest(one.at, _SOON) and self._may_be_lost(one)):
            return
        self._closings = [at for at in self._closings if at > shown]
        check_in.end_handed_over = one.last_at if one.last_at <= shown else one.at
        check_in.end_shown = shown
        self._open, self._unsaid = None, []

    def _told_until(
        self,
        one: Heard,
        before: tuple[float, float],
        direct: re.Pattern[str],
        in_group: re.Pattern[str] = _GROUP_TOLD,
        not_after: float = math.inf,
    ) -> Stretch | None:
        """The new deadline, if her phone or a group of hers was told of it."""
        for at, wall in self._untils(direct, in_group):
            handled = max(one.written.at, min(at, one.written.at + COUNTS_FROM_NOW))
            wrong = self._clock_error(one.written.at, at)
            earliest = max(before[0], one.written.at - wrong) + one.asked.seconds
            latest = max(before[1], handled + wrong) + one.asked.seconds
            if one.at <= at < not_after and wall in self._walls(earliest, latest):
                return Stretch(earliest, latest, one.at, at)
        return None

    def _clock_error(self, begin: float, end: float) -> float:
        """By how much the bot's clock was wrong then: its deadlines are as wrong."""
        return max(
            [
                0.0,
                *(
                    abs(one.size)
                    for one in self._chronicle.troubles
                    if one.kind == "clock is wrong" and one.began <= end and begin <= one.ended
                ),
            ]
        )

    def _walls(self, earliest: float, latest: float) -> set[str]:
        steps = int((latest - earliest) // 60) + 1
        moments = [*(earliest + 60 * step for step in range(steps)), latest]
        return {_wall(self._chronicle, at) for at in moments}

    def _untils(self, direct: re.Pattern[str], in_group: re.Pattern[str]) -> Iterator[tuple[float, str]]:
        for shown in self._chronicle.shown:
            if shown.kind != "text":
                continue
            if is_direct_text(shown, self._who.name):
                found = direct.search(shown.text)
                if found:
                    yield shown.at, found[1]
            elif shown.where:
                found = in_group.search(shown.text)
                parts = [one for one in found.groups() if one] if found else []
                if parts and parts[0] == self._who.name:
                    yield shown.at, parts[-1]

    def _shown_at(self, pattern: re.Pattern[str]) -> Iterator[float]:
        for shown in self._chronicle.shown:
            if is_direct_text(shown, self._who.name) and pattern.search(shown.text):
                yield shown.at


def _wall(chronicle: Chronicle, at: float) -> str:
    return f"{datetime.fromtimestamp(chronicle.began_at + at, tz=UTC):%H:%M}"
