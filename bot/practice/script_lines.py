"""What a line of a practice script can say. `docs/tours/README.md` explains the same to people."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: the direct chat with the bot, or a group, with somebody if there are several."""

    in_group: bool = False
    shared_with: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """`setting grace 10m`: as BUDDY_GRACE."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class People:
    """`people Ana, Bo`: they have phones."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paired:
    """`paired Ana with Bo, word "purple giraffe"`: done beforehand and not shown."""

    person: str
    buddy: str
    word: str


@dataclass(frozen=True, slots=True)
class At:
    """`at 20:00`: time passes until then."""

    time: time


@dataclass(frozen=True, slots=True)
class Wait:
    """`wait 2h`"""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Narrates:
    """`> Ana's battery is empty.`: for the reader."""

    text: str


@dataclass(frozen=True, slots=True)
class OperatorInvites:
    """`operator invites`: what `buddy invite` prints becomes `{code}`."""


@dataclass(frozen=True, slots=True)
class Says:
    """`Ana: /start 2h`, `Ana in the group: /extend 30m`; more lines of the message are indented."""

    who: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Sends:
    """`Ana sends a photo`, `Ana in the group sends a voice note: listen`: a sample file, with a text or without."""

    who: str
    place: Place
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Edits:
    """`Ana edits: /start 3h`: her last message."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Deletes:
    """`Ana deletes`: her last message."""

    who: str


@dataclass(frozen=True, slots=True)
class Reacts:
    """`Bo reacts 👍 to the last group message`, or `… to "no word since"`; `Bo takes back 👍 from …`."""

    who: str
    emoji: str
    place: Place | None
    containing: str = ""
    remove: bool = False


@dataclass(frozen=True, slots=True)
class PhoneTurned:
    """`Ana's phone off`, `Ana's phone on`."""

    who: str
    on: bool


class Turn(Enum):
    """What becomes of the bot and its connection."""

    BOT_STOPS = "bot stops"
    BOT_KILLED = "bot is killed"
    BOT_STARTS = "bot starts"
    SIGNAL_DOWN = "Signal down"
    SIGNAL_UP = "Signal up"


@dataclass(frozen=True, slots=True)
class Expects:
    """`expect Bo: "no word since"`, `expect not Ana in the group: "Room 12"`: about what the step before brought."""

    who: str
    place: Place
    text: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class ExpectsNothing:
    """`expect nothing for Bo`: neither directly nor in a group."""

    who: str


Act = (
    Setting
    | People
    | Paired
    | At
    | Wait
    | Narrates
    | OperatorInvites
    | Says
    | Sends
    | Edits
    | Deletes
    | Reacts
    | PhoneTurned
    | Turn
    | Expects
    | ExpectsNothing
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line; `line` counts from 1."""

    line: int
    act: Act


@dataclass(frozen=True, slots=True)
class Script:
    """A whole script. Its first comment is the title, the comments right after it describe it."""

    title: str
    description: str
    steps: tuple[Step, ...]


class ScriptMistake(Exception):  # noqa: N818 (says what is wrong)
    """A line that cannot be played. Its text is for whoever wrote the script."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
