"""What can be known of a night from outside: who wrote what, what phones got, what went wrong. Plain data."""

from collections import Counter
from dataclasses import dataclass, field

DIRECT = ""
"""Where something was written: in the direct chat; otherwise the two names of a group, like `Ana+Bo`."""


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody wrote to the bot (`kind` is text, photo, reaction or edit). Moments are seconds of this night."""

    at: float
    who: str
    where: str
    text: str
    message: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The bot has read a message from signal-cli."""

    at: float
    who: str
    message: int
    by: int = 0
    """Which bot, where there are two."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The server has accepted something of the bot for a phone."""

    at: float
    phone: str
    where: str
    text: str
    message: int
    kind: str = "text"
    about: int = 0
    """Of a reaction or a deletion: the message meant."""
    files: str = ""
    """What is to be read in the files that came with it."""

    @property
    def everything(self) -> str:
        """Whatever can be read in it."""
        return f"{self.text}\n{self.files}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something went wrong from one moment to another."""

    kind: str
    began: float
    ended: float
    phone: str = ""
    """Whose phone, if it is about one."""
    size: float = 0.0
    """Of a clock: by how many seconds it is wrong."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The lengths of time that hold in a night, in seconds."""

    grace: float
    taken_within: float
    repeat: float
    repeat_for: float
    repeat_later: float
    delivered_within: float
    follow_up: float
    answer_within: float
    resolve_within: float
    alarm_pause: float
    shortest: float


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the crowd: her words, and her buddies in the order of alerting."""

    name: str
    word: str
    duress: str
    buddies: tuple[str, ...] = ()
    account: str = ""


@dataclass
class Chronicle:
    """One night."""

    people: tuple[Someone, ...]
    terms: Terms
    began_at: float
    """Seconds since 1970 at the night's beginning."""
    written: list[Written] = field(default_factory=list)
    handed_over: list[HandedOver] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    operator: list[tuple[float, str]] = field(default_factory=list)
    logged: str = ""
    ended: float = 0.0
    """When the last trouble was over."""
    closed: float = 0.0
    """When the night was over."""
    counts: Counter[str] = field(default_factory=Counter)
    """How often each kind of mishap was injected."""
    crash: str = ""
    """How the bot failed to do even its part, if it did: the class of an error."""

    def someone(self, name: str) -> Someone:
        """A person by name."""
        return next(one for one in self.people if one.name == name)
