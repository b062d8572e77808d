"""From the text of a practice script to its steps."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from difflib import get_close_matches
from itertools import takewhile

from bot.practice.sample_files import SAMPLES
from bot.practice.script_lines import (
    Act,
    At,
    Deletes,
    Edits,
    Expects,
    ExpectsNothing,
    Narrates,
    OperatorInvites,
    Paired,
    People,
    PhoneTurned,
    Place,
    Reacts,
    Says,
    Script,
    ScriptMistake,
    Sends,
    Setting,
    Step,
    Turn,
    Wait,
)

DEFAULT_WORD = "purple giraffe"

_NAME = r"[^\W\d_][\w-]*"
_PLACE = rf"(?P<group>\s+in\s+the\s+group(?:\s+with\s+(?P<shared>{_NAME}))?)?"
_QUOTED = r"[\"“](?P<quoted>[^\"”]+)[\"”]"
_MESSAGE = rf"(?:the\s+last\s+(?P<where>group|direct)\s+message|{_QUOTED})"
_LENGTH = re.compile(r"(?:\d+[smhd]\s*)+")
_PART = re.compile(r"(\d+)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_TURNS = {turn.value.lower(): turn for turn in Turn}

EXAMPLES = (
    "people Ana, Bo",
    f'paired Ana with Bo, word "{DEFAULT_WORD}"',
    "setting grace 10m",
    "at 20:00",
    "wait 2h",
    "operator invites",
    "Ana: /start 2h",
    "Ana in the group: /extend 30m",
    "Ana sends a photo",
    "Ana sends a voice note: listen to this",
    "Ana edits: /start 3h",
    "Ana deletes",
    "Bo reacts 👍 to the last group message",
    "Bo takes back 👍 from the last group message",
    "Ana's phone off",
    *(turn.value for turn in Turn),
    'expect Bo: "no word since"',
    'expect not Ana in the group: "Room 12"',
    "expect nothing for Bo",
    "> Something for the reader.",
)


def parse_script(text: str) -> Script:
    """Read a whole script. Raises ScriptMistake with the line and what is wrong with it."""
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            steps[-1:] = [_continued(number, steps[-1] if steps else None, line.strip())]
        else:
            steps.append(Step(number, _act(number, line.strip())))
    _check(steps)
    return Script(*_heading(text), tuple(steps))


def _heading(text: str) -> tuple[str, str]:
    comments = takewhile(lambda line: line.startswith("#"), text.splitlines())
    lines = [line.lstrip("#").strip() for line in comments]
    return (lines[0] if lines else "", "\n".join(lines[1:]).strip())


def _continued(number: int, before: Step | None, text: str) -> Step:
    if before is None or not isinstance(before.act, Says | Edits | Sends):
        raise ScriptMistake(number, "an indented line goes on with a message, but there is none above it.")
    return Step(before.line, replace(before.act, text=f"{before.act.text}\n{text}"))


def _act(number: int, line: str) -> Act:
    if turn := _TURNS.get(line.lower()):
        return turn
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(line):
            try:
                return make(found)
            except ValueError as error:
                raise ScriptMistake(number, str(error)) from None
    raise ScriptMistake(number, f"this is not understood: {line}\nThe nearest that is: {_nearest(line)}")


def _nearest(line: str) -> str:
    begin_alike = [example for example in EXAMPLES if example.split()[0] == line.split()[0]]
    return get_close_matches(line, begin_alike or EXAMPLES, n=1, cutoff=0.0)[0]


# --- forms of lines


def _place(found: re.Match[str]) -> Place:
    return Place(found["group"] is not None, found["shared"])


def _people(found: re.Match[str]) -> Act:
    names = tuple(name.strip() for name in found["names"].split(","))
    for name in names:
        if not re.fullmatch(_NAME, name):
            raise ValueError("names are single words, with commas between them: people Ana, Bo")
    return People(names)


def _at(found: re.Match[str]) -> Act:
    try:
        return At(time(int(found["hour"]), int(found["minute"])))
    except ValueError:
        raise ValueError("a time of day is written like 20:00.") from None


def _wait(found: re.Match[str]) -> Act:
    if not _LENGTH.fullmatch(found["length"]):
        raise ValueError("a length of time is written like 90s, 5m, 2h or 1h 30m.")
    return Wait(timedelta(seconds=sum(int(n) * _SECONDS[unit] for n, unit in _PART.findall(found["length"]))))


def _reacts(found: re.Match[str], *, remove: bool = False) -> Act:
    place = Place(found["where"] == "group") if found["where"] else None
    return Reacts(found["who"], found["emoji"], place, found["quoted"] or "", remove)


def _form(pattern: str, make: Callable[[re.Match[str]], Act]) -> tuple[re.Pattern[str], Callable[[re.Match[str]], Act]]:
    return re.compile(pattern.replace(" ", r"\s+")), make


_FORMS = (
    _form(r">(?P<text>.*)", lambda m: Narrates(m["text"].strip())),
    _form(r"people (?P<names>.+)", _people),
    _form(r"setting (?P<name>\w+) (?P<value>\S+)", lambda m: Setting(m["name"].lower(), m["value"])),
    _form(
        rf"paired (?P<person>{_NAME}) with (?P<buddy>{_NAME})(?:, word {_QUOTED})?",
        lambda m: Paired(m["person"], m["buddy"], m["quoted"] or DEFAULT_WORD),
    ),
    _form(r"at (?P<hour>\d{1,2}):(?P<minute>\d{2})", _at),
    _form(r"wait (?P<length>.+)", _wait),
    _form(r"operator invites", lambda _: OperatorInvites()),
    _form(rf"expect nothing for (?P<who>{_NAME})", lambda m: ExpectsNothing(m["who"])),
    _form(
        rf"expect (?P<no>not )?(?P<who>{_NAME}){_PLACE}:\s*{_QUOTED}",
        lambda m: Expects(m["who"], _place(m), m["quoted"], wanted=not m["no"]),
    ),
    _form(
        rf"(?P<who>{_NAME})['’]s phone (?P<state>on|off)",
        lambda m: PhoneTurned(m["who"], m["state"] == "on"),
    ),
    _form(
        rf"(?P<who>{_NAME}){_PLACE} sends an? (?P<what>{'|'.join(SAMPLES)})(?::\s*(?P<text>\S.*))?",
        lambda m: Sends(m["who"], _place(m), m["what"], m["text"] or ""),
    ),
    _form(rf"(?P<who>{_NAME}) deletes", lambda m: Deletes(m["who"])),
    _form(rf"(?P<who>{_NAME}) reacts (?P<emoji>\S+) to {_MESSAGE}", _reacts),
    _form(
        rf"(?P<who>{_NAME}) takes back (?P<emoji>\S+) from {_MESSAGE}",
        lambda m: _reacts(m, remove=True),
    ),
    _form(rf"(?P<who>{_NAME}) edits:\s*(?P<text>\S.*)", lambda m: Edits(m["who"], m["text"])),
    _form(rf"(?P<who>{_NAME}){_PLACE}:\s*(?P<text>\S.*)", lambda m: Says(m["who"], _place(m), m["text"])),
)


# --- what must fit together


def _check(steps: list[Step]) -> None:
    people: set[str] = set()
    for step in steps:
        if isinstance(step.act, People):
            _check_new(step, people)
            people.update(step.act.names)
        elif isinstance(step.act, Setting):
            if people:
                raise ScriptMistake(step.line, "settings come first, above the people.")
        else:
            _check_known(step, people)
    if not people:
        raise ScriptMistake(1, "nobody is here. Begin with a line like: people Ana, Bo")


def _check_new(step: Step, people: set[str]) -> None:
    assert isinstance(step.act, People)
    for place, name in enumerate(step.act.names):
        if name in people or name in step.act.names[:place]:
            raise ScriptMistake(step.line, f"{name} is there already.")


def _check_known(step: Step, people: set[str]) -> None:
    for name in _names_in(step.act):
        if name not in people:
            raise ScriptMistake(step.line, f"nobody is called {name}. Name everybody first, like: people Ana, Bo")
    if isinstance(step.act, Paired) and step.act.person == step.act.buddy:
        raise ScriptMistake(step.line, "nobody can be their own buddy.")


def _names_in(act: Act) -> list[str]:
    names = [getattr(act, field, None) for field in ("who", "person", "buddy")]
    place = getattr(act, "place", None)
    return [name for name in (*names, place.shared_with if isinstance(place, Place) else None) if name]
