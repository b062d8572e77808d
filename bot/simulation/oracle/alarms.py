"""Silent alarms: each sign reaches all her buddies at once, none comes without a sign."""

import re

from bot.simulation.chronicle import DIRECT, Chronicle, Someone
from bot.simulation.oracle.alerts import LATE
from bot.simulation.oracle.check_ins import CheckIn, Heard
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.outages import Outages
from bot.simulation.oracle.reading import ALARM, ALARM_NEWS, ALARM_NOTED, ANOTHER_SIGN

_WRONG_WORDS = 3


def judge_alarms(
    chronicle: Chronicle,
    who: Someone,
    check_ins: list[CheckIn],
    messages: list[Heard],
    outages: Outages,
    verdict: Verdict,
) -> None:
    """All alarms about one person."""
    told = [one for one in chronicle.shown if one.where == DIRECT and _is_about(ALARM, one.text, who.name)]
    for sign in _signs(who, messages):
        if not outages.may_lose(sign, sign):
            _judge_sign(chronicle, who, sign, sign, outages, verdict)
    for check_in in check_ins:
        if len(check_in.wrong_words) >= _WRONG_WORDS:
            sign = check_in.wrong_words[_WRONG_WORDS - 1]
            if not any(outages.may_lose(at, at) for at in check_in.wrong_words):
                _judge_sign(chronicle, who, sign, check_in.begun, outages, verdict)
    for one in told:
        if not _may_be_alarmed(who, messages, one.at):
            verdict.complain("false alarm", one.at, who.name)


def _is_about(pattern: re.Pattern[str], text: str, name: str) -> bool:
    found = pattern.search(text)
    return found is not None and found[1] == name


def _signs(who: Someone, messages: list[Heard]) -> list[float]:
    if not who.buddies:
        return []
    return [
        one.at
        for one in messages
        if (one.written.who == who.name and (one.asked.kind in ("duress", "sos") or one.asked.whose == "duress"))
        or (one.asked.kind == "duress of another" and one.asked.whose == who.name)
    ]


def _judge_sign(
    chronicle: Chronicle, who: Someone, sign: float, since: float, outages: Outages, verdict: Verdict
) -> None:
    """Everybody must be told of it in time, and not before `since`: where she was asked for her word, whatever else she
    wrote may have counted as a wrong one."""
    verdict.alarms_due += 1
    latest = outages.latest(sign, LATE)
    pause = chronicle.terms.alarm_pause
    first = {buddy: _first_told(chronicle, who, sign, since, buddy, outages) for buddy in who.buddies}
    missed = [buddy for buddy, at in first.items() if at is None]
    # While somebody has no account, others may let it rest.
    gone = {buddy for buddy in who.buddies if outages.gone(buddy, sign, sign + LATE)}
    late = [buddy for buddy, at in first.items() if at is not None and at > latest + (pause if buddy in gone else 0.0)]
    if missed and latest <= chronicle.closed:
        verdict.complain("missed alarm", sign, who.name, ", ".join(missed))
    elif late:
        verdict.complain("late alarm", sign, who.name, ", ".join(late))
    if not missed:
        verdict.alarms_delivered += 1


def _first_told(
    chronicle: Chronicle, who: Someone, sign: float, since: float, buddy: str, outages: Outages
) -> float | None:
    """Somebody who had no account then may hear first how it stands by now: that it is over, say others. So may who
    wrote himself that it is over, while the alarm was on its way to him. Where another one wrote so, he is told of the
    sign with it."""
    told = [one for one in chronicle.shown if one.where == DIRECT and one.phone == buddy and one.at >= since]
    said_so = any(_is_about(ALARM_NOTED, one.text, who.name) for one in told if one.at <= outages.latest(sign, LATE))
    patterns = (ALARM_NEWS,) if said_so or outages.gone(buddy, sign, sign + LATE) else (ALARM, ANOTHER_SIGN)
    return min((one.at for one in told if any(_is_about(it, one.text, who.name) for it in patterns)), default=None)


def _may_be_alarmed(who: Someone, messages: list[Heard], at: float) -> bool:
    signs = [one for one in _signs(who, messages) if one <= at]
    tries = [
        one for one in messages if one.at <= at and one.written.who == who.name and one.asked.kind in ("wrong", "talk")
    ]
    return bool(signs) or len(tries) >= _WRONG_WORDS
