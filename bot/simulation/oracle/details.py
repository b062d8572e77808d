"""What she leaves reaches everybody who is alerted: what was there already, and what comes while the alert is open."""

from collections.abc import Iterator
from math import inf

from bot.simulation.chronicle import DIRECT, Chronicle, Shown, Someone
from bot.simulation.oracle.check_ins import CheckIn, Heard
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.leaks import DETAIL
from bot.simulation.oracle.outages import Outages
from bot.simulation.oracle.reading import ALARM, ALERT

WITHIN = 2.0
"""Seconds after the alert, or after it came."""
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
    for check_in in check_ins:
        told = _told(chronicle, check_in)
        for left_at, detail in _left(check_in, who, messages, outages, new_since):
            for phone in sorted(told.keys() - new.keys()):
                _judge(chronicle, check_in, detail, max(left_at, told[phone]), phone, outages, verdict)


def _told(chronicle: Chronicle, check_in: CheckIn) -> dict[str, float]:
    """Each phone that was alerted while this timer was open, and when first."""
    over = chronicle.closed if check_in.end_handed_over is None else check_in.end_handed_over
    told: dict[str, float] = {}
    for shown in chronicle.shown:
        if shown.where == DIRECT and check_in.begun <= shown.at <= over and _is_about(shown, check_in.person):
            told.setdefault(shown.phone, shown.at)
    return told


def _is_about(shown: Shown, name: str) -> bool:
    found = ALERT.search(shown.text) or ALARM.search(shown.text)
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
        begins_it = written is check_in.start
        adds_to_it = one.asked.kind != "start" and check_in.stretches[0].known_at < one.at
        if begins_it or (adds_to_it and not outages.may_lose(one.at, one.last_at)):
            yield from ((one.at, detail) for detail in DETAIL.findall(written.text))


def _judge(
    chronicle: Chronicle,
    check_in: CheckIn,
    detail: str,
    since: float,
    phone: str,
    outages: Outages,
    verdict: Verdict,
) -> None:
    latest = outages.latest(since, WITHIN + outages.clock_error())
    end = chronicle.closed if check_in.end_handed_over is None else check_in.end_handed_over
    is_over = any(since <= moment <= latest for moment in (end, *(one.since for one in check_in.stretches)))
    if end < since or is_over or outages.gone(phone, since, latest):
        return
    verdict.details_due += 1
    came = [one.at for one in chronicle.shown if one.phone == phone and detail in one.everything]
    if not came or min(came) > latest:
        verdict.complain("missed detail" if not came else "late detail", since, check_in.person, phone)
    else:
        verdict.details_delivered += 1
