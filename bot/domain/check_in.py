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

    CHECK_CALL = "check_call"  # how far the start line got, and whether anybody has answered it
    REMIND = "remind"
    ASK = "ask"
    ALERT = "alert"
    CHECK_ALERT = "check_alert"  # how far the alert got
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
    on_call: bool  # counted on from the start, or asked since; gets the start line unless she chose alerts only
    asked_at: datetime | None = None  # when the start line asked him for a 👍; None with alerts only
    phone_checked: bool = False  # whether it was looked at if his phone has confirmed the start line
    seen_at: datetime | None = None  # answered the start line with a 👍
    alerted_at: datetime | None = None  # the first alert; None again after an extension
    alerts: int = 0  # how often; counted anew after an extension
    held_back: bool = False  # told without what she left, for his phone is new; it may still follow


_FALL_BACK_AFTER = timedelta(minutes=5)
"""After the end of grace."""


@dataclass(frozen=True)
class CheckIn:
    """All moments are aware UTC.

    `step_at` is when the pending timed step of this stage is due (meaning depends on the stage, see `course`).
    `extended_freely`: how much was added without the word. `holds`: how often the buddy who took it has held it.
    `reminder`: so long before the deadline (zero: none). `start_lines`: False with alerts only (SPEC: `/settings`).
    `news_at`: when what she left last came, since alerting began (None: before). `nobody_answered`: everybody was asked
    for a 👍 in vain, and she knows. `round_at`: when the last alerts went out. `follow_up_at`: when the buddy who took
    it is asked how it stands.
    `operator_checked`: whether it was looked at if the alert reaches anybody at all.
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
    reminder: timedelta = timedelta(minutes=10)
    start_lines: bool = True
    nobody_answered: bool = False
    round_at: datetime | None = None
    news_at: datetime | None = None
    follow_up_at: datetime | None = None
    operator_checked: bool = False

    @property
    def people_act_at(self) -> datetime:
        """From when the people act without the bot (SPEC: "if every server burns, the humans still know")."""
        return self.deadline + self.grace + _FALL_BACK_AFTER
