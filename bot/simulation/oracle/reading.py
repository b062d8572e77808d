"""What messages mean, read with the oracle's own eyes: those of people, and those of the bot."""

import re
from dataclasses import dataclass

from bot.simulation.chronicle import DIRECT, Shown, Someone, Written

_LENGTH = re.compile(r"^(\d+)(m|s)$")
_UNIT = {"m": 60.0, "s": 1.0}

ALERT = re.compile(r"^(?:THIS IS NO DRILL[^\n]*\n)?Timer of (\w+): (?:still )?no word since [^.]*\. It is ")
GROUP_ALERT = re.compile(r"^Timer of (\w+): no word since ")
ALARM = re.compile(r"^(?:THIS IS NO DRILL[^\n]*\n)?About (\w+): please read all of this first\.")
ALARM_NEWS = re.compile(r"^About (\w+): ")
WORD_SENT = re.compile(r"^About (\w+): at [\d:]+ the word for a normal end was sent")
ALL_CLEAR = re.compile(r"^(\w+) has sent the word, ")
ALARM_PAUSED = re.compile(r"^About (\w+): (?:noted, you have spoken|\w+ says that they have spoken)")
ALARM_NOTED = re.compile(r"^About (\w+): noted, you have spoken")
ANOTHER_SIGN = re.compile(r"^About (\w+): [^\n]*\nAnother sign came at ")
ALARM_CLOSED = re.compile(r"^About (\w+): closed, ")
OTHER_HAS_IT = re.compile(r"^Timer of (\w+): \w+ has it\. You need do nothing")
RESOLVED = re.compile(r"^Noted: you have spoken with (\w+), ")
OTHER_RESOLVED = re.compile(r"^Timer of (\w+): \w+ says that they have spoken")
MORE_TIME = re.compile(r"^(\w+) (?:sent the word and needs more time|had asked for more time in good time)")
STARTED = re.compile(r"^Saved\. Your timer runs until (\d\d:\d\d)")
GROUP_STARTED = re.compile(r"^(\w+)'s timer runs until (\d\d:\d\d)")
EXTENDED = re.compile(r"^Saved\. Your timer now runs until (\d\d:\d\d)")
GROUP_EXTENDED = re.compile(r"^(\w+)'s timer now runs until (\d\d:\d\d)")
GROUP_ENDED = re.compile(r"^(\w+)'s timer is closed")
CLOSED = re.compile(r"^Thanks, noted\. Good night\.|^Your timer was closed with your word")
NOT_QUITE = re.compile(r"^Not quite\. Still ")
REFUSED = re.compile(r"^(?:Nothing changed|NOT started|Edits do not count)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants: start, extend, word, duress, wrong, sos, word of another, or other."""

    kind: str
    seconds: float = 0.0
    whose: str = ""


def asked(written: Written, people: tuple[Someone, ...]) -> Asked:
    """What a message asks for. An edit of one that changed nothing is a command; of others the answer tells."""
    who = next(one for one in people if one.name == written.who)
    if written.kind not in ("text", "edit"):
        return Asked(written.kind)
    first = " ".join(written.text.split("\n")[0].lower().split())
    command, _, rest = first.partition(" ")
    match command:
        case "/start":
            return Asked("start", _seconds(rest))
        case "/extend":
            length, _, word = rest.partition(" ")
            return Asked("extend", _seconds(length), "duress" if word == who.duress else "word" if word else "")
        case "/safe" | "/cancel":
            return _with_word(rest, who, people)
        case "/sos":
            return Asked("sos")
    if first == who.word:
        return Asked("word")
    if first == who.duress:
        return Asked("duress")
    return Asked("other" if first.startswith("/") else "talk")


def _with_word(rest: str, who: Someone, people: tuple[Someone, ...]) -> Asked:
    if rest == who.word:
        return Asked("word")
    if rest == who.duress:
        return Asked("duress")
    name, _, word = rest.partition(" ")
    for one in people:
        if one.name.lower() == name and word in (one.word, one.duress):
            return Asked("word of another" if word == one.word else "duress of another", whose=one.name)
    return Asked("wrong")


def _seconds(length: str) -> float:
    found = _LENGTH.match(length.strip())
    return int(found[1]) * _UNIT[found[2]] if found else 0.0


def is_direct_text(shown: Shown, phone: str) -> bool:
    """Whether it is a text in the direct chat of this phone."""
    return shown.phone == phone and shown.where == DIRECT and shown.kind == "text"
