"""What can happen to a check-in."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.check_in import Step


@dataclass(frozen=True)
class Due:
    """The pending step's moment has come."""

    step: Step


@dataclass(frozen=True)
class Extend:
    """She wants more time. `heard_late`: Signal had it before the deadline, which has passed since."""

    by: timedelta
    with_word: bool
    heard_late: bool = False


@dataclass(frozen=True)
class Close:
    """She gave her codeword."""


@dataclass(frozen=True)
class Take:
    """A buddy says that he has it."""

    buddy_id: str


@dataclass(frozen=True)
class GiveBack:
    """A buddy took his answer back."""

    buddy_id: str


@dataclass(frozen=True)
class SayElse:
    """A buddy writes something else where he was asked how it stands."""

    buddy_id: str


@dataclass(frozen=True)
class Resolve:
    """A buddy says that he has spoken with her."""

    buddy_id: str


@dataclass(frozen=True)
class Reopen:
    """A buddy says that it is not over."""

    buddy_id: str


@dataclass(frozen=True)
class Seen:
    """A buddy answered the start line, or took that answer back."""

    buddy_id: str
    seen: bool


@dataclass(frozen=True)
class NoAccount:
    """Signal finds no account of a buddy to whom the start line went."""

    buddy_id: str


@dataclass(frozen=True)
class NotSent:
    """A try to send the alert to a buddy has failed."""

    buddy_id: str


@dataclass(frozen=True)
class Leave:
    """A buddy is none any more, and the check-in goes on."""

    buddy_id: str


Event = Due | Extend | Close | Take | GiveBack | SayElse | Resolve | Reopen | Seen | NoAccount | NotSent | Leave
