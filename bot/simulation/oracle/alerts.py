"""Alerts: none missed, none false, none late, and whoever was alerted hears that it is over."""

from collections.abc import Iterator

from bot.simulation.chronicle import DIRECT, Chronicle, Shown, Someone
from bot.simulation.oracle.check_ins import CheckIn, Stretch
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.outages import MAY_SEND_LATE, MAY_SEND_TWICE, Outages
from bot.simulation.oracle.reading import (
    ALARM,
    ALARM_CLOSED,
    ALERT,
    ALL_CLEAR,
    GROUP_ALERT,
    MORE_TIME,
    RESOLVED,
    WORD_SENT,
)

LATE = 2.0
"""Seconds that an alert may take of its own."""
EARLY = 0.5
_CLEARS = (ALL_CLEAR, MORE_TIME, ALARM, WORD_SENT, ALARM_CLOSED)
_SAME = 45.0
"""Two alerts with the same words to the same buddy within so many seconds are one that was sent twice."""
_TAKEN = "You have it."
"""Who takes it before he has the whole is sent the whole once more, in these words."""
_HELD_BACK = "Your phone is new"
"""So he is told that what she left is held back from him; the whole may follow at any moment."""


def judge_alerts(
    chronicle: Chronicle, who: Someone, check_ins: list[CheckIn], outages: Outages, verdict: Verdict
) -> None:
    """All alerts about one person."""
    alerts = [one for one in chronicle.shown if _is_about(one, who.name)]
    direct = [one for one in alerts if one.where == DIRECT]
    verdict.alerts_sent += len(direct)
    for check_in in check_ins:
        _judge_due(chronicle, check_in, direct, outages, verdict)
        _judge_all_clear(chronicle, check_in, direct, outages, verdict)
        _judge_silence(chronicle, check_in, direct, outages, verdict)
    for alert in alerts:
        _judge_right(chronicle, alert, who, check_ins, outages, verdict)
    for first, second in _duplicates(chronicle, direct, _SAME - outages.clock_error()):
        verdict.duplicates += 1
        verdict.needless_duplicates += not outages.touch(first, second, MAY_SEND_TWICE)


def _is_about(shown: Shown, name: str) -> bool:
    found = (ALERT if shown.where == DIRECT else GROUP_ALERT).search(shown.text) if shown.kind == "text" else None
    return found is not None and found[1] == name


def _judge_due(
    chronicle: Chronicle, check_in: CheckIn, direct: list[Shown], outages: Outages, verdict: Verdict
) -> None:
    """Somebody must have been told of each deadline that passed without a word."""
    for place, stretch in enumerate(check_in.stretches):
        due = stretch.latest + chronicle.terms.grace
        latest = outages.latest(max(due, stretch.since), LATE + outages.clock_error())
        over = _over_at(check_in, place, chronicle)
        if over <= latest or _is_resolved(chronicle, check_in, stretch.earliest, latest):
            continue
        verdict.alerts_due += 1
        told = [
            one.at
            for one in direct
            if stretch.earliest + chronicle.terms.grace - EARLY - outages.clock_error() <= one.at <= over
        ]
        if not told:
            verdict.complain("missed alert", due, check_in.person)
            continue
        verdict.alerts_delivered += 1
        lateness = told[0] - due - outages.between(due, told[0])
        verdict.worst_lateness = max(verdict.worst_lateness, lateness - outages.clock_error())
        if told[0] > latest:
            verdict.complain("late alert", due, check_in.person, f"{lateness:.1f} s")


def _is_resolved(chronicle: Chronicle, check_in: CheckIn, since: float, until: float) -> bool:
    """Whether a buddy had said meanwhile that they had spoken, as he may before any alert has reached him."""
    found = (RESOLVED.search(one.text) for one in chronicle.shown if since <= one.at <= until and one.kind == "text")
    return any(one is not None and one[1] == check_in.person for one in found)


def _over_at(check_in: CheckIn, place: int, chronicle: Chronicle) -> float:
    """When this deadline did not matter any more."""
    if place + 1 < len(check_in.stretches):
        return check_in.stretches[place + 1].since
    return chronicle.closed if check_in.end_handed_over is None else check_in.end_handed_over


def _judge_right(
    chronicle: Chronicle, alert: Shown, who: Someone, check_ins: list[CheckIn], outages: Outages, verdict: Verdict
) -> None:
    """An alert must be about a timer that ran out, and is not closed."""
    at, slack = alert.at, EARLY + outages.clock_error()
    before = [one for one in check_ins if one.begun <= at]
    if not before:
        verdict.complain("false alert", at, who.name, "no timer")
        return
    check_in = before[-1]
    sent_late = outages.touch(at - 70.0, at, MAY_SEND_LATE)
    if check_in.end_shown is not None and check_in.end_shown < at and not sent_late:
        verdict.complain("false alert", at, who.name, "after the end")
        return
    end = check_in.end_handed_over
    if end is not None and end + LATE < at and not outages.touch(end - 1.0, at):
        verdict.complain("false alert", at, who.name, "her word was there")
        return
    if sent_late and len(before) > 1:
        return
    stretch = _counts(check_in, at)
    if at < stretch.earliest + chronicle.terms.grace - slack and not (sent_late and len(check_in.stretches) > 1):
        verdict.complain("false alert", at, who.name, "too early")


def _counts(check_in: CheckIn, at: float) -> Stretch:
    """The deadline that counts for sure at a moment: the newest that was answered by then."""
    known = [one for one in check_in.stretches if one.known_at < at]
    return known[-1] if known else check_in.stretches[0]


def _judge_all_clear(
    chronicle: Chronicle, check_in: CheckIn, direct: list[Shown], outages: Outages, verdict: Verdict
) -> None:
    """To an account that is gone nothing can be sent."""
    if check_in.end_handed_over is None or check_in.end_shown is None:
        return
    told = {one.phone for one in direct if check_in.begun <= one.at <= check_in.end_handed_over}
    for buddy in sorted(told):
        if outages.gone(
            buddy, check_in.end_handed_over, check_in.end_shown + outages.between(check_in.end_shown, chronicle.closed)
        ):
            continue
        if not any(
            one.phone == buddy and one.where == DIRECT and one.at >= check_in.begun and _clears(one, check_in.person)
            for one in chronicle.shown
        ):
            verdict.complain("no all-clear", check_in.end_handed_over, check_in.person, buddy)


def _clears(shown: Shown, name: str) -> bool:
    found = next((one for one in (pattern.search(shown.text) for pattern in _CLEARS) if one), None)
    return found is not None and found[1] == name


def _judge_silence(
    chronicle: Chronicle, check_in: CheckIn, direct: list[Shown], outages: Outages, verdict: Verdict
) -> None:
    """While nobody has said anything at all, alerts never cease."""
    terms, last = chronicle.terms, check_in.stretches[-1]
    over = _over_at(check_in, len(check_in.stretches) - 1, chronicle)
    told = [one.at for one in direct if last.earliest + terms.grace - 1 <= one.at <= over]
    if not told or _somebody_acted(chronicle, told[0], over):
        return
    for one, following in zip(told, [*told[1:], over], strict=True):
        pause = terms.repeat if one - told[0] < terms.repeat_for else terms.repeat_later
        latest = outages.latest(one, pause + LATE + outages.clock_error())
        if following > latest:
            verdict.complain("silence", one, check_in.person, f"{following - one:.0f} s")


def _somebody_acted(chronicle: Chronicle, begin: float, end: float) -> bool:
    """Whether any buddy wrote or reacted meanwhile: then it may rest."""
    return any(begin - 1 <= one.at <= end for one in chronicle.written)


def _duplicates(chronicle: Chronicle, direct: list[Shown], within: float) -> Iterator[tuple[float, float]]:
    """When the same alert came to the same phone twice. A clock set forwards brings the next one so much earlier. What
    he asked for, what somebody reopened, and what comes in the round that tells one more buddy, is no duplicate."""
    texts = {(one.who, one.message): one.text for one in chronicle.written}
    heard = [(one.at, one.who, texts.get((one.who, one.message), "")) for one in chronicle.handed_over]
    asked = [(at, who, text) for at, who, text in heard if text.startswith(("/again", "/reopen"))]
    last: dict[tuple[str, str, bool, bool], float] = {}
    for one in direct:
        key = (one.phone, one.text.split(". It is ")[0], _TAKEN in one.text, _HELD_BACK in one.text)
        wanted = any(
            one.at - within <= at <= one.at and (who == one.phone or text.startswith("/reopen"))
            for at, who, text in asked
        )
        wanted |= _tells_somebody_new(direct, one.at, within)
        if key in last and one.at - last[key] < within and not wanted:
            yield last[key], one.at
        last[key] = one.at


def _tells_somebody_new(direct: list[Shown], at: float, within: float) -> bool:
    told_before = {one.phone for one in direct if at - within < one.at <= at - EARLY}
    return any(one.phone not in told_before for one in direct if abs(one.at - at) < EARLY)
