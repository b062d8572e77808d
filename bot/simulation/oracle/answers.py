"""Every message that was handed over is answered, once, in time, with the right moment in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

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
    "start": (STARTED, REFUSED, GROUP_STARTED, GROUP_EXTENDED, GROUP_ENDED),
    "extend": (EXTENDED, REFUSED, NOT_QUITE, GROUP_EXTENDED, GROUP_STARTED, GROUP_ENDED),
    "word": (CLOSED, REFUSED, GROUP_ENDED),
    "duress": (CLOSED, REFUSED, GROUP_ENDED),
    "wrong": (NOT_QUITE, REFUSED),
}
"""In a group one line stands for all that changed while it had to wait: of a timer that is over already, its end. A
refusal stands for nothing but what it refuses."""
_REFUSALS = (REFUSED, NOT_QUITE)
_TIMER_IS_NEW = (STARTED, GROUP_STARTED)
_TIMER_CHANGED = (*_TIMER_IS_NEW, EXTENDED, GROUP_EXTENDED, CLOSED, GROUP_ENDED)
_UNASKED = ("sos", "reaction")
"""These are answered by reactions, or not at all."""


@dataclass(frozen=True)
class _Wanted:
    """A message that is to be answered by `latest`, with all that may be the answer. `own`: what answers one message
    only, directly or as a refusal where it was written; `shared`: a line in a group, or what the last of several that
    had to wait is told, stands for all of them."""

    one: Heard
    latest: float
    may_be_lost: bool
    own: list[Shown]
    shared: list[Shown]


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
    hers = [one for one in messages if one.written.who == who.name and one.asked.kind not in _UNASKED]
    # Whatever is answered after a file waits behind it.
    file_at = min((one.at for one in hers if one.written.text == "/export"), default=inf)
    wanted = [
        _wanted(one, texts, check_ins, outages, asked_for_file=file_at <= one.at)
        for one in hers
        if _is_to_be_answered(one, check_ins)
    ]
    wanted = [
        it
        for it in wanted
        if not any(shown.at <= it.latest for shown in it.shared) and not _is_too_late(chronicle, it.one, it.latest)
    ]
    # What is sure to be heard comes first, and of that what can be answered.
    wanted.sort(key=lambda it: (it.may_be_lost, outages.gone(who.name, it.one.at, it.latest)))
    answered = matched([[shown.message for shown in it.own if shown.at <= it.latest] for it in wanted])
    for place, it in enumerate(wanted):
        if place in answered or outages.gone(who.name, it.one.at, it.latest):
            continue
        late = [shown.at for shown in it.own if shown.message not in answered.values()]
        late += [shown.at for shown in it.shared]
        if it.may_be_lost:
            verdict.lost_in_the_gap += 1
        elif late:
            verdict.complain("late answer", it.one.at, who.name, f"{min(late) - it.one.at:.1f} s")
        else:
            verdict.complain("unanswered", it.one.at, who.name, it.one.asked.kind)
    if not outages.touch(0.0, chronicle.closed, MAY_SEND_TWICE):
        _judge_doubles(who, messages, texts, verdict)


def matched(choices: Sequence[Sequence[int]]) -> dict[int, int]:
    """For as many as can be one of their choices each, none of them twice; who stands first comes first. It may be that
    only one of two messages can be what an answer is about."""
    chosen_by: dict[int, int] = {}

    def choose(place: int, tried: set[int]) -> bool:
        for choice in choices[place]:
            if choice not in tried:
                tried.add(choice)
                if choice not in chosen_by or choose(chosen_by[choice], tried):
                    chosen_by[choice] = place
                    return True
        return False

    for place in range(len(choices)):
        choose(place, set())
    return {place: choice for choice, place in chosen_by.items()}


def _is_to_be_answered(one: Heard, check_ins: list[CheckIn]) -> bool:
    """A word without a command, in a group, while no timer runs, is talk among others."""
    if one.written.where == DIRECT:
        return True
    return one.asked.kind in _ANSWERS and (one.written.text.startswith("/") or _runs(one, check_ins))


def _wanted(
    one: Heard, texts: list[Shown], check_ins: list[CheckIn], outages: Outages, *, asked_for_file: bool
) -> _Wanted:
    latest = outages.latest(one.at, ANSWER_WITHIN + _OWN_TIME)
    latest += outages.answer_lingers(one.at, latest, file=asked_for_file)
    since = [shown for shown in texts if one.at <= shown.at]
    fitting = [shown for shown in since if _fits(one, shown)]
    otherwise = _otherwise(one, check_ins)
    own = [shown for shown in fitting if _is_own(one, shown)]
    return _Wanted(
        one,
        latest,
        outages.may_lose(one.at, one.last_at),
        own=[shown for shown in own if shown.where in (DIRECT, one.written.where)],
        shared=[
            *(shown for shown in fitting if shown not in own),
            *(shown for shown in since if shown.at <= latest and any(it.search(shown.text) for it in otherwise)),
        ],
    )


def _is_too_late(chronicle: Chronicle, one: Heard, latest: float) -> bool:
    """Whether he asked for an alert once more just as it ended: nobody is alerted then any more."""
    if one.written.text != "/again":
        return False
    looks_after = {person.name for person in chronicle.people if one.written.who in person.buddies}
    ends = (GROUP_ENDED.search(shown.text) for shown in chronicle.shown if one.at <= shown.at <= latest)
    return any(found is not None and found[1] in looks_after for found in ends)


def _fits(one: Heard, shown: Shown) -> bool:
    patterns = _ANSWERS.get(one.asked.kind)
    return shown.where == DIRECT if patterns is None else any(pattern.search(shown.text) for pattern in patterns)


def _is_own(one: Heard, shown: Shown) -> bool:
    """Whether it can be about one message only."""
    is_refusal = any(pattern.search(shown.text) for pattern in _REFUSALS)
    return one.asked.kind in _ANSWERS and (shown.where == DIRECT or is_refusal)


def _runs(one: Heard, check_ins: list[CheckIn]) -> bool:
    """Whether a timer of hers ran then."""
    return any(
        check_in.begun <= one.at
        and check_in.start.at <= one.written.at
        and (check_in.end_handed_over is None or one.at <= check_in.end_handed_over)
        for check_in in check_ins
    )


def _otherwise(one: Heard, check_ins: list[CheckIn]) -> tuple[re.Pattern[str], ...]:
    """What says it otherwise. Of what she wrote in a group: how her timer stands since, for no older answer comes after
    that; of a word there, that the next one runs. To a buddy who was asked how it stands and answers with a word of her
    own: the alert once more."""
    in_group, is_word = one.written.where != DIRECT, one.asked.kind in ("word", "duress")
    alerts = (ALERT, ALARM) if is_word and not _runs(one, check_ins) else ()
    if in_group and is_word:
        return (*_TIMER_IS_NEW, *alerts)
    if in_group and one.asked.kind in ("start", "extend", "wrong"):
        return _TIMER_CHANGED
    return alerts


def _judge_doubles(who: Someone, messages: list[Heard], texts: list[Shown], verdict: Verdict) -> None:
    """In a night in which nothing can have been sent twice, nothing is answered twice."""
    for kind, pattern in (("start", STARTED), ("extend", EXTENDED)):
        said = sum(one.written.who == who.name and one.asked.kind == kind for one in messages)
        answered = [one for one in texts if one.where == DIRECT and pattern.search(one.text)]
        if len(answered) > said:
            verdict.complain("done twice", answered[-1].at, who.name, kind)
