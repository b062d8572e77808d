"""What leaves the bot: a text's name and its facts; the words are made when sending (DESIGN, invariant 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

Fact = str | int | bool | None | datetime | timedelta
"""A value that a text may show. Moments are aware UTC."""


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
    START_LINE = "start_line"
    TIME_LINE = "time_line"  # a group's line about a new time
    REMINDER = "reminder"
    QUESTION = "question"
    ALERT = "alert"  # to a buddy directly
    ALERT_DETAILS = "alert_details"  # what she left, right after it
    ALERT_LINE = "alert_line"  # the neutral line in the group
    FOLLOW_UP = "follow_up"  # to buddies, about an open alert
    ALL_CLEAR = "all_clear"
    END_LINE = "end_line"
    CLEAN_UP = "clean_up"  # deleting alert messages for everyone
    GROUP = "group"  # making a group, or ending one that is not made yet
    DRILL = "drill"  # to a buddy, about a rehearsal; `check_in_id` is then the drill's
    LIFETIME = "lifetime"  # after how long messages disappear
    GROUP_END = "group_end"  # ending a group, after everything that is still to be said or deleted there


URGENT = frozenset(Purpose) - {
    Purpose.REPLY,
    Purpose.NOTICE,
    Purpose.FOLLOW_UP,
    Purpose.GROUP,
    Purpose.DRILL,
    Purpose.LIFETIME,
}
"""What has a lane of its own for each recipient, so that no reply can hold it up. A group's lines share it: they are
about the same timer, and must come in order."""


class Action(StrEnum):
    """What is done at Signal."""

    TEXT = "text"
    DELETE = "delete"  # facts: "row" = id of the outbox row whose message goes
    MAKE_GROUP = "make_group"
    END_GROUP = "end_group"
    SET_LIFETIME = "set_lifetime"  # as the settings of those in the chat say when it is done


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


Recipient = ToPerson | ToGroup | ToStranger


@dataclass(frozen=True)
class Outgoing:
    """One thing to be sent. `expires_at`: pointless after that moment (None: never)."""

    to: Recipient
    priority: Priority
    purpose: Purpose
    action: Action = Action.TEXT
    text: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    check_in_id: str | None = None
    expires_at: datetime | None = None
