"""What she leaves reaches everybody who is alerted: what was there already, and what comes while the alert is open."""

import re
from collections.abc import Iterator
from math import inf

from bot.simulation.chronicle import DIRECT, Chronicle, Shown, Someone
from bot.simulation.oracle.check_ins import CheckIn, Heard
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.leaks import DETAIL
from bot.simulation.oracle.outages import Outages
from bot.simulation.oracle.reading import (
    ALARM,
    ALARM_CLOSED,
    ALARM_PAUSED,
    ALERT,
    OTHER_HAS_IT,
    OTHER_RESOLVED,
    RESOLVED,
)

WITHIN = 2.0
"""Seconds after the alert, or after it came."""
_REST = (OTHER_HAS_IT, OTHER_RESOLVED, RESOLVED, ALARM_PAUSED)
_Told = tuple[float, float]
"""When a phone was alerted, and until when that holds: an alarm until it is closed."""
_LEAVES = ("text", "photo", "edit")


def judge_details(
    chronicle: Chronicle,
    who: Someone,
    check_ins: list[CheckIn],
    messages: list[Heard],
    outages: Outages,
    verdict: Verdict,
) -> None:
    """Of one person. To a phone that is new nothing is told before another one is known to have it."""
    new = {one.phone: one.began for one in chronicle.troubles if one.kind == "new phone"}
    new_since = new.get(who.name, inf)
    ends = [0.0, *(one.end_shown or one.begun for one in check_ins)]
    for before, check_in in zip(ends, check_ins, strict=False):
        left = list(_left(check_in, who, messages, outages, new_since))
        for begin, end in _times(chronicle, check_in):
            for phone, moments in _told(chronicle, check_in, max(before, begin), end):
                for left_at, detail in left:
                    if phone not in new and left_at < end:
                        _judge(chronicle, who.name, detail, left_at, moments, (phone, end), outages, verdict)


def _times(chronicle: Chronicle, check_in: CheckIn) -> Iterator[tuple[float, float]]:
    """From each deadline of hers that was answered to the next one, or to the end: with more time, buddies who were
    told before have nothing to do."""
    over = chronicle.closed if check_in.end_handed_over is None else check_in.end_handed_over
    begins = [one.since for one in check_in.stretches]
    yield from zip(begins, [*begins[1:], over], strict=True)


def _told(chronicle: Chronicle, check_in: CheckIn, begin: float, end: float) -> Iterator[tuple[str, list[_Told]]]:
    """Each phone that was alerted then, or told of an alarm since it began. `begin`: before that an alert may be about
    the timer before."""
    told: dict[str, list[_Told]] = {}
    for shown in chronicle.shown:
        if shown.where != DIRECT or not check_in.begun <= shown.at <= end or shown.kind != "text":
            continue
        if _is_about(ALARM, shown, check_in.person):
            told.setdefault(shown.phone, []).append((shown.at, _closed_at(chronicle, shown, check_in.person)))
        elif begin <= shown.at and _is_about(ALERT, shown, check_in.person):
            told.setdefault(shown.phone, []).append((shown.at, inf))
    yield from sorted(told.items())


def _closed_at(chronicle: Chronicle, alarm: Shown, name: str) -> float:
    later = (one for one in chronicle.shown if one.phone == alarm.phone and one.at >= alarm.at)
    return min((one.at for one in later if _is_about(ALARM_CLOSED, one, name)), default=inf)


def _is_about(pattern: re.Pattern[str], shown: Shown, name: str) -> bool:
    found = pattern.search(shown.text)
    return found is not None and found[1] == name


def _left(
    check_in: CheckIn, who: Someone, messages: list[Heard], outages: Outages, new_since: float
) -> Iterator[tuple[float, str]]:
    """With its start or since, in the direct chat: when the bot had it, and what. From a new phone of hers nothing is
    taken without her word."""
    for one in messages:
        written = one.written
        if written.who != who.name or written.where != DIRECT or written.kind not in _LEAVES:
            continue
        if written.at > new_since:
            continue
        begins_it = written is check_in.start and not _may_be_another(one, check_in, messages, outages)
        adds_to_it = one.asked.kind != "start" and check_in.stretches[0].known_at < one.at
        if begins_it or (adds_to_it and not outages.may_lose(one.at, one.last_at)):
            yield from ((one.at, detail) for detail in DETAIL.findall(written.text))


def _may_be_another(one: Heard, check_in: CheckIn, messages: list[Heard], outages: Outages) -> bool:
    """It may have died with a bot, or been an edit that does not count, and the answer is about a second start, with
    what she left there."""
    need_not_count = one.written.kind == "edit" or outages.may_lose(one.at, one.last_at)
    return need_not_count and any(
        other.asked.kind == "start" and other.written.who == one.written.who and other is not one
        for other in messages
        if one.at <= other.at <= check_in.stretches[0].known_at
    )


def _judge(
    chronicle: Chronicle,
    name: str,
    detail: str,
    left_at: float,
    moments: list[_Told],
    told: tuple[str, float],
    outages: Outages,
    verdict: Verdict,
) -> None:
    """One detail for one phone: after the first alert that nothing excuses from bringing it."""
    phone, end = told
    for since in (max(left_at, at) for at, until in moments if left_at < until):
        latest = outages.latest(since, WITHIN + outages.clock_error())
        if since <= end <= latest or end < since or outages.gone(phone, since, latest):
            continue
        if _may_rest(chronicle, name, phone, since, latest):
            continue  # it comes with his next alert
        verdict.details_due += 1
        came = [one.at for one in chronicle.shown if one.phone == phone and detail in one.everything]
        if not came or min(came) > latest:
            verdict.complain("missed detail" if not came else "late detail", since, name, phone)
        else:
            verdict.details_delivered += 1
        return


def _may_rest(chronicle: Chronicle, name: str, phone: str, since: float, latest: float) -> bool:
    """Whether he heard that another one has it, or that somebody has spoken with her: what waits then is taken back."""
    return any(
        one.phone == phone and since <= one.at <= latest and any(_is_about(it, one, name) for it in _REST)
        for one in chronicle.shown
    )
