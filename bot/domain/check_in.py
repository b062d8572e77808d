"""A check-in: one armed timer, from start to close (SPEC: "A check-in's life")."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Where a check-in stands."""

    ARMED = "armed"  # the deadline lies ahead
    ASKED = "asked"  # the deadline has passed, grace runs
    OVERDUE = "overdue"  # alerted, nobody has taken it
    TAKEN = "taken"  # a buddy has it
    PAUSED = "paused"  # a buddy says that he has spoken with her
    CLOSED = "closed"


class Step(StrEnum):
    """What falls due. An open check-in has exactly one next step."""

    REMIND = "remind"
    ASK = "ask"
    ALERT = "alert"
    REPEAT = "repeat"
    FOLLOW_UP = "follow_up"
    RESUME_UNANSWERED = "resume_unanswered"
    RESUME_UNRESOLVED = "resume_unresolved"


@dataclass(frozen=True)
class Watch:
    """One buddy's part in a check-in, in the order of alerting (`position`, lowest first)."""

    buddy_id: str
    group_id: str | None
    position: int
    on_call: bool  # got the start line
    seen_at: datetime | None = None  # answered the start line with a 👍
    alerted_at: datetime | None = None  # the first alert; None again after an extension
    alerts: int = 0  # how often; counted anew after an extension


@dataclass(frozen=True)
class CheckIn:
    """All moments are aware UTC.

    `step_at` is when the pending timed step of this stage is due (meaning depends on the stage, see `course`).
    `extended_freely`: how much was added without the word. `holds`: how often the buddy who took it has held it.
    """

    id: str
    person_id: str
    stage: Stage
    started_at: datetime
    deadline: datetime
    reminded: bool
    grace: timedelta
    extended_freely: timedelta
    wrong_words: int
    alerting_since: datetime | None
    taken_by: str | None
    holds: int
    resolved_by: str | None
    step: Step | None
    step_at: datetime | None
    watches: tuple[Watch, ...]
    closed_at: datetime | None = None
