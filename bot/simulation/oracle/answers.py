"""Every message that was handed over is answered, once, in time, with the right moment in it."""

import re

from bot.simulation.chronicle import DIRECT, Chronicle, Shown, Someone
from bot.simulation.oracle.check_ins import CheckIn, Heard
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.outages import MAY_SEND_TWICE, Outages
from bot.simulation.oracle.reading import (
    ALARM,
    ALERT,
    CLOSED,
    EXTENDED,
    GROUP_ENDED,
    GROUP_EXTENDED,
    GROUP_STARTED,
    NOT_QUITE,
    REFUSED,
    STARTED,
)

ANSWER_WITHIN = 1.0
_OWN_TIME = 0.5
"""Seconds that the simulation itself may put between two steps."""

_ANSWERS = {
    "start": (STARTED, REFUSED, GROUP_STARTED, GROUP_ENDED),
    "extend": (EXTENDED, REFUSED, NOT_QUITE, GROUP_EXTENDED, GROUP_STARTED, GROUP_ENDED),
    "word": (CLOSED, REFUSED, GROUP_ENDED),
    "duress": (CLOSED, REFUSED, GROUP_ENDED),
    "wrong": (NOT_QUITE, REFUSED),
}
"""In a group one line stands for all that changed while it had to wait: of a timer that is over already, its end."""
_UNASKED = ("sos", "reaction")
"""These are answered by reactions, or not at all."""


def judge_answers(
    chronicle: Chronicle,
    who: Someone,
    check_ins: list[CheckIn],
    messages: list[Heard],
    outages: Outages,
    verdict: Verdict,
) -> None:
    """All answers to one person."""
    texts = [one for one in chronicle.shown if one.kind == "text" and one.phone == who.name]
    used: set[int] = set()
    hers = [one for one in messages if one.written.who == who.name and one.asked.kind not in _UNASKED]
    for one in sorted(hers, key=lambda one: outages.may_lose(one.at, one.last_at)):  # what is sure to be heard first
        if one.written.where != DIRECT and one.asked.kind not in _ANSWERS:
            continue
        if _is_talk_in_a_group(one, check_ins):
            continue
        latest = outages.latest(one.at, ANSWER_WITHIN + _OWN_TIME)
        may_be_lost = outages.may_lose(one.at, one.last_at)
        until = latest if may_be_lost else chronicle.closed
        answer = _answer(one, texts, used, latest, until, _said_otherwise(one, texts, check_ins, latest))
        if answer is None:
            if may_be_lost:
                verdict.lost_in_the_gap += 1
            elif not outages.gone(who.name, one.at, latest):
                verdict.complain("unanswered", one.at, who.name, one.asked.kind)
        elif answer.at > latest:
            verdict.complain("late answer", one.at, who.name, f"{answer.at - one.at:.1f} s")
    if not outages.touch(0.0, chronicle.closed, MAY_SEND_TWICE):
        _judge_doubles(who, messages, texts, verdict)


def _is_talk_in_a_group(one: Heard, check_ins: list[CheckIn]) -> bool:
    """A word without a command, in a group, while no timer runs, is talk among others."""
    if one.written.where == DIRECT or one.written.text.startswith("/"):
        return False
    return not _runs(one, check_ins)


def _runs(one: Heard, check_ins: list[CheckIn]) -> bool:
    """Whether a timer of hers ran then."""
    return any(
        check_in.begun <= one.at and (check_in.end_handed_over is None or one.at <= check_in.end_handed_over)
        for check_in in check_ins
    )


def _answer(
    one: Heard, texts: list[Shown], used: set[int], latest: float, until: float, otherwise: Shown | None
) -> Shown | None:
    """The answer that says so in time, else what says it `otherwise`, else the one that refuses it, or comes late."""
    patterns = _ANSWERS.get(one.asked.kind)
    fitting = [shown for shown in texts if one.at <= shown.at <= until and shown.message not in used]
    if patterns is None:
        was_over = one.written.text == "/again"  # nobody is alerted any more once the line of its end is there
        return next((it for it in fitting if it.where == DIRECT or (was_over and GROUP_ENDED.search(it.text))), None)
    fitting = [shown for shown in fitting if any(pattern.search(shown.text) for pattern in patterns)]
    plain = [shown for shown in fitting if shown.at <= latest and not REFUSED.search(shown.text)]
    for shown in plain or ([otherwise] if otherwise else fitting):
        if shown.where == DIRECT and shown is not otherwise:
            used.add(shown.message)
        return shown
    return None


def _said_otherwise(one: Heard, texts: list[Shown], check_ins: list[CheckIn], until: float) -> Shown | None:
    """That a timer is over which she started or changed in a group while the bot was down; or, to a buddy who was asked
    how it stands and answers with a word of her own, the alert once more."""
    patterns: tuple[re.Pattern[str], ...] = ()
    if one.written.where != DIRECT and one.asked.kind in ("start", "extend"):
        patterns = (CLOSED,)
    elif one.asked.kind in ("word", "duress") and not _runs(one, check_ins):
        patterns = (ALERT, ALARM)
    fitting = (shown for shown in texts if one.at <= shown.at <= until)
    return next((shown for shown in fitting if any(pattern.search(shown.text) for pattern in patterns)), None)


def _judge_doubles(who: Someone, messages: list[Heard], texts: list[Shown], verdict: Verdict) -> None:
    """In a night in which nothing can have been sent twice, nothing is answered twice."""
    for kind, pattern in (("start", STARTED), ("extend", EXTENDED)):
        said = sum(one.written.who == who.name and one.asked.kind == kind for one in messages)
        answered = [one for one in texts if one.where == DIRECT and pattern.search(one.text)]
        if len(answered) > said:
            verdict.complain("done twice", answered[-1].at, who.name, kind)
