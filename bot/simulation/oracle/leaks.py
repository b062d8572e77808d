"""Nothing shows where it must not: details before an alert, an alarm on her phone, a word anywhere, a name in a log."""

import re
from math import inf

from bot.simulation.chronicle import DIRECT, Chronicle, Shown
from bot.simulation.oracle.findings import Verdict
from bot.simulation.oracle.reading import ALARM, ALERT

DETAIL = re.compile(r"Harbour Lane \d+")
_PLAN = re.compile(r"Ring the (\w+) household first")
_NEUTRAL = re.compile(r"\b(sex|client|meeting|danger|alarm|police)", re.IGNORECASE)
_ON_A_LOCK_SCREEN = 40


def judge_leaks(chronicle: Chronicle, verdict: Verdict) -> None:
    """The whole night."""
    owners: dict[str, set[str]] = {}
    for one in chronicle.written:
        for detail in DETAIL.findall(one.text):
            owners.setdefault(detail, set()).add(one.who)  # two may be at the same address
    told: dict[tuple[str, str], float] = {}
    words = {word: one.name for one in chronicle.people for word in (one.word, one.duress)}
    for shown in chronicle.shown:
        for pattern in (ALERT, ALARM):
            found = pattern.search(shown.text)
            if found and shown.where == DIRECT:
                told.setdefault((shown.phone, found[1]), shown.at)
        _judge_text(shown, words, verdict)
        for detail in DETAIL.findall(shown.everything):
            told_of = any(told.get((shown.phone, owner), inf) <= shown.at for owner in owners.get(detail, ()))
            if shown.where or not told_of:
                verdict.complain("leak", shown.at, shown.phone, "details")
        for name in _PLAN.findall(shown.everything):
            own = shown.phone == name and not shown.where  # she asked for it
            if not own and (shown.where or told.get((shown.phone, name), shown.at + 1) > shown.at):
                verdict.complain("leak", shown.at, shown.phone, "plan")
    _judge_log(chronicle, words, verdict)


def _judge_text(shown: Shown, words: dict[str, str], verdict: Verdict) -> None:
    text = shown.text.lower()
    if any(word in text for word in words):
        verdict.complain("leak", shown.at, shown.phone, "a word")
    if _NEUTRAL.search(shown.text[:_ON_A_LOCK_SCREEN]) or (shown.where and _NEUTRAL.search(shown.text)):
        verdict.complain("leak", shown.at, shown.phone, "not neutral")
    about = re.match(r"About (\w+):", shown.text)
    if about and (shown.where or about[1] == shown.phone):
        verdict.complain("leak", shown.at, shown.phone, "an alarm")


def _judge_log(chronicle: Chronicle, words: dict[str, str], verdict: Verdict) -> None:
    log = chronicle.logged
    secrets = [
        *words,
        "Harbour Lane",
        "household first",
        "+1415555",
        *(one.account for one in chronicle.people if one.account),
    ]
    if any(secret in log for secret in secrets):
        verdict.complain("leak", chronicle.closed, "log", "a secret")
    if any(re.search(rf"\b{one.name}\b", log) for one in chronicle.people):
        verdict.complain("leak", chronicle.closed, "log", "a name")
