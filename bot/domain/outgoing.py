"""What leaves the bot: a text's name and its facts; the words are made when sending (DESIGN, invariant 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum


@dataclass(frozen=True)
class Said:
    """A text's name and its facts: a whole message, or a line within another one."""

    text: str
    facts: Mapping[str, "Fact"] = field(default_factory=dict)


NO_ACCOUNT = "unregistered"
"""Why a message failed for good: its recipient has no account at Signal, at that moment."""

ANSWERS = "answers"
"""The fact of a line in a group that says whose message it answers, by that person's id."""
AS_IT_STOOD = "as_it_stood"
"""The fact of such a line that says how her timer stood then."""

NETWORK_DOWN = "network"
UNKNOWN = "unknown"
"""Why a message is tried again although it may have left."""
NOT_MADE = "not_made"
"""Why a try was in vain before Signal was asked for anything: what is kept cannot be read, or not be put in words."""
NOT_CONNECTED = "not_connected"
"""Why a try was in vain: there was no connection to signal-cli."""
NOT_LEFT = frozenset({NETWORK_DOWN, NOT_CONNECTED, NO_ACCOUNT, "rate_limit", "captcha", NOT_MADE})
"""Why a try was in vain where it is sure that nothing has left: there was no network, no account, Signal did not take
it, or never got it."""
NEVER_CAME = NOT_LEFT - {NETWORK_DOWN}
"""The same for what somebody would be left with: in a network that stalls signal-cli may say that there was none, of
what has arrived. Rather a word too many about an end than none."""

Fact = str | int | bool | None | datetime | timedelta | tuple[Said, ...]
"""A value that a text may show. Moments are aware UTC; several `Said` stand under each other, line by line."""


class Priority(IntEnum):
    """Alerts before all else (DESIGN, invariant 7)."""

    ALERT = 0
    ALL_CLEAR = 1
    PROMPT = 2
    REPLY = 3
    REST = 4


class Purpose(StrEnum):
    """Why a message is sent; decides whether it is still worth sending."""

    REPLY = "reply"
    NOTICE = "notice"
    NEW_PHONE = "new_phone"  # that somebody has one
    START_LINE = "start_line"
    TIME_LINE = "time_line"  # a group's line about a new time
    REMINDER = "reminder"
    QUESTION = "question"
    ALERT = "alert"  # to a buddy directly
    ALERT_DETAILS = "alert_details"  # what she left, right after it
    ALERT_ADDITION = "alert_addition"  # what she leaves later
    ALERT_ATTACHMENT = "alert_attachment"  # a file of hers, after all texts
    ALERT_LINE = "alert_line"  # the neutral line in the group
    FOLLOW_UP = "follow_up"  # to buddies, about an open alert
    ALL_CLEAR = "all_clear"
    END_LINE = "end_line"
    CLEAN_UP = "clean_up"  # deleting alert messages for everyone
    LOOK = "look"  # whether the people of a group are full members of it
    OPERATOR = "operator"  # through the second channel
    GROUP = "group"  # making a group, or ending one that is not made yet
    DRILL = "drill"  # to a buddy, about a rehearsal; `check_in_id` is then the drill's
    LIFETIME = "lifetime"  # after how long messages disappear
    MENDING = "mending"  # of a group that is not as it should be
    GROUP_END = "group_end"  # ending a group, after everything that is still to be said or deleted there


TO_BUDDY_ALONE = frozenset({Purpose.ALERT, Purpose.ALERT_DETAILS, Purpose.ALERT_ADDITION, Purpose.ALERT_ATTACHMENT})
"""What an alert is made of, besides the neutral line in the group."""

URGENT = frozenset(Purpose) - {
    Purpose.REPLY,
    Purpose.NOTICE,
    Purpose.NEW_PHONE,
    Purpose.FOLLOW_UP,
    Purpose.GROUP,
    Purpose.LOOK,
    Purpose.DRILL,
    Purpose.LIFETIME,
    Purpose.MENDING,
}
"""What has a lane of its own for each recipient, so that no reply can hold it up. A group's lines share it: they are
about the same timer, and must come in order."""


class Action(StrEnum):
    """What is done at Signal."""

    TEXT = "text"
    REACT = "react"  # facts: "emoji", and "message_ms" = sent time of the recipient's own message
    FILE = "file"  # with a text; facts: "entry" = id of the entry of `details` whose file goes with it
    TEXT_FILE = "text_file"  # with a text; facts: "lines" = what stands in the file
    DELETE = "delete"  # facts: "row" = id of the outbox row whose message goes
    MAKE_GROUP = "make_group"
    END_GROUP = "end_group"
    LOOK_AT_GROUP = "look_at_group"
    SET_LIFETIME = "set_lifetime"  # as the settings of those in the chat say when it is done
    MEND_GROUP = "mend_group"  # its title, its settings and who is in it, as the records say when it is done


@dataclass(frozen=True)
class ToPerson:
    """The direct chat with one person."""

    person_id: str


@dataclass(frozen=True)
class ToGroup:
    """A pairing's group."""

    group_id: str


@dataclass(frozen=True)
class ToStranger:
    """The direct chat with an account that is not known; kept only until the answer has left."""

    account: str


@dataclass(frozen=True)
class ToOperator:
    """Whoever runs the bot, through the second channel (SPEC: "an alert reaches nobody")."""


Recipient = ToPerson | ToGroup | ToStranger | ToOperator


@dataclass(frozen=True)
class Outgoing:
    """One thing to be sent. `check_in_id`: of the check-in, alarm, drill or pairing that it is about. `expires_at`:
    pointless after that moment (None: never). `not_before`: has time until then (None: it leaves at once)."""

    to: Recipient
    priority: Priority
    purpose: Purpose
    action: Action = Action.TEXT
    text: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    check_in_id: str | None = None
    expires_at: datetime | None = None
    not_before: datetime | None = None
