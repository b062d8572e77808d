"""What can happen to an alarm, and what follows. What buddies do stands in `events`, why not in `decisions`."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.alarm import Alarm, AlarmStep
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take


@dataclass(frozen=True)
class Trigger:
    """A sign came: the first, or one that joins the open alarm. `buddies`: who is alerted, in order."""

    buddies: tuple[str, ...]


@dataclass(frozen=True)
class AlarmDue:
    """The pending step's moment has come.

    `confirmed`: the buddies whose phone has confirmed an alert since all were alerted last; `told`: those whose phone
    has confirmed that it pauses; `reached_earlier`: whether a phone has an alert of an earlier alarm since then, or
    somebody has that alarm.
    """

    step: AlarmStep
    confirmed: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    reached_earlier: bool = False


@dataclass(frozen=True)
class WordSent:
    """Her codeword came: the word for a normal end. `buddies`: who is to learn that; None for all.

    Some alone learn it where it was her duress word, which they must take for the other.
    """

    buddies: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Leave:
    """A buddy leaves. `earlier_open`: whether an earlier alarm about her is open, so that others have it."""

    buddy_id: str
    earlier_open: bool = False


@dataclass(frozen=True)
class ReopenedLater:
    """A buddy of a later alarm says that it is not over, although one of this one has said so."""


AlarmEvent = Trigger | AlarmDue | WordSent | Leave | ReopenedLater | Take | GiveBack | SayElse | Resolve | Reopen


class AlarmEffect(StrEnum):
    """What follows from a decision. `use_cases.alarm_happenings` turns each into rows of the outbox."""

    WITHDRAW_STALE = "withdraw_stale"  # what has not left yet; newer messages follow
    ALERT = "alert"
    COMPLETE_ALERT = "complete_alert"  # with what was held back so far
    CONFIRM_TAKEN = "confirm_taken"
    CONFIRM_GIVEN_BACK = "confirm_given_back"
    CONFIRM_HELD = "confirm_held"
    TELL_TAKEN = "tell_taken"
    ASK_HOW_IT_STANDS = "ask_how_it_stands"
    CONFIRM_RESOLVED = "confirm_resolved"
    TELL_RESOLVED = "tell_resolved"
    TELL_EARLIER_TAKEN = "tell_earlier_taken"  # the buddies of the alarms that were open before
    TELL_EARLIER_RESOLVED = "tell_earlier_resolved"
    TELL_WORD_SENT = "tell_word_sent"
    TELL_ENDED = "tell_ended"
    TELL_OPERATOR = "tell_operator"  # no phone has the alert
    ERASE = "erase"


@dataclass(frozen=True)
class AlarmHappening:
    """One effect, the buddy to whom it goes (None: all, or the operator), and the one it tells about."""

    effect: AlarmEffect
    buddy_id: str | None = None
    about_id: str | None = None


@dataclass(frozen=True)
class AlarmDecision:
    """The alarm as it stands afterwards, what follows, and why (a stable name for logs and metrics)."""

    alarm: Alarm
    happenings: tuple[AlarmHappening, ...]
    reason: str
