"""A silent alarm: a record of its own, which nothing done from her account can touch (SPEC: "Silent alarm")."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.details import Plan


class AlarmStage(StrEnum):
    """Where an alarm stands."""

    OPEN = "open"
    PAUSED = "paused"  # a buddy says that he has spoken with her
    CLOSED = "closed"


class AlarmStep(StrEnum):
    """What falls due. An open alarm has exactly one next step."""

    LOOK = "look"  # at the buddies whose moment has come
    END_PAUSE = "end_pause"


class WatchStep(StrEnum):
    """What comes next for one buddy."""

    CHECK_ARRIVED = "check_arrived"  # has his phone confirmed?
    REPEAT = "repeat"
    FOLLOW_UP = "follow_up"
    RESUME = "resume"  # he was asked how it stands, and has until then to answer


class Cause(StrEnum):
    """What she did, or what happened to her timer."""

    DURESS = "duress"
    SOS = "sos"
    WRONG_WORDS = "wrong_words"


@dataclass(frozen=True)
class AlarmWatch:
    """One buddy's part, in the order of alerting (`position`, lowest first). He has been alerted.

    `alerted_at`: the first alert; `last_alert_at`: the last one. `holds`: how often he has held it since he took it.
    `elsewhere`: the alarm by which he is alerted, if it is not this one. Then he only counts in this one, so that it is
    to its buddies what it would be undivided; nothing of it goes to him. `held_back`: told without what she left, or a
    part of it, for his phone is new; it may still follow.
    """

    buddy_id: str
    position: int
    alerted_at: datetime
    last_alert_at: datetime
    alerts: int
    step: WatchStep
    step_at: datetime
    taken_at: datetime | None = None
    holds: int = 0
    elsewhere: str | None = None
    held_back: bool = False


@dataclass(frozen=True)
class Alarm:
    """All moments are aware UTC.

    `ordinal`: zero for the first that is open about her; higher for one of buddies who were won since, and hear only of
    later signs. In `watches` of such a one stand those of the earlier ones too, whom her account shows: `elsewhere`.
    `since`: when all were alerted last; the rhythm counts from it. `news_at`: when her last sign or note came (None:
    with the first one); from it counts how long that is held back from new phones. `operator_at`: when it is looked
    whether any phone has the alert; None once that is done. `paused_at`, `resolved_by`: of the pause that runs.
    """

    id: str
    person_id: str
    check_in_id: str | None
    stage: AlarmStage
    opened_at: datetime
    since: datetime
    operator_at: datetime | None
    paused_at: datetime | None
    resolved_by: str | None
    step: AlarmStep | None
    step_at: datetime | None
    watches: tuple[AlarmWatch, ...] = ()
    closed_at: datetime | None = None
    ordinal: int = 0
    news_at: datetime | None = None

    @property
    def newest_at(self) -> datetime:
        """When the last of what its buddies are to know came."""
        return self.news_at or self.opened_at

    @property
    def rank(self) -> tuple[bool, datetime, int]:
        """Orders those about one person: the first, then by age. Who was set apart from one stays before younger ones,
        whose buddies do not count in it."""
        return self.is_later, self.opened_at, self.ordinal

    @property
    def is_later(self) -> bool:
        """Whether another was open about her when it began. Its buddies must not notice."""
        return self.ordinal > 0


@dataclass(frozen=True)
class Sign:
    """What set the alarm off, or came to it later, and when.

    `message_ms`: her message that is to be answered by reactions; `shown`: how many it has by now. `shown_for`: her
    buddies at that moment: only what reaches them is shown, or she who has left them all would see that others have it.
    `not_for`: who has an alarm about her and must not learn of this sign, as the phone on which she wrote her word.
    """

    cause: Cause
    at: datetime
    message_ms: int | None = None
    shown: int = 0
    shown_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()


SOMEBODY = "…"
"""Where a name is not known any more."""


@dataclass(frozen=True)
class BuddyCopy:
    """A buddy as he was when it began: what he calls her (`name`), and what she calls him (`label`)."""

    buddy_id: str
    name: str
    label: str


@dataclass(frozen=True)
class AlarmCopy:
    """All that her buddies need besides what she left, which stands among the details under the alarm's own id.
    `buddies` in the order of alerting; `others`: who count in it and are alerted elsewhere; `signs` oldest first;
    `plan` as it was when it began, for what her phone sends later need not be hers."""

    buddies: tuple[BuddyCopy, ...] = ()
    signs: tuple[Sign, ...] = ()
    plan: Plan | None = None
    others: tuple[BuddyCopy, ...] = ()


def alarm_watch(alarm: Alarm, buddy_id: str) -> AlarmWatch | None:
    """This buddy's part, if he has one."""
    return next((watch for watch in alarm.watches if watch.buddy_id == buddy_id), None)


def own_watches(alarm: Alarm) -> list[AlarmWatch]:
    """Of the buddies who are alerted by this alarm, in order."""
    return [watch for watch in alarm.watches if watch.elsewhere is None]


def own_watch(alarm: Alarm, buddy_id: str) -> AlarmWatch | None:
    """This buddy's part, if he is alerted by this alarm."""
    return next((watch for watch in own_watches(alarm) if watch.buddy_id == buddy_id), None)


def holders(alarm: Alarm) -> list[str]:
    """The buddies who have it, in order."""
    return [watch.buddy_id for watch in alarm.watches if watch.taken_at is not None]


def without_label(copy: AlarmCopy, buddy_id: str) -> AlarmCopy:
    """The copy without the name of this buddy, who is nobody's any more."""

    def unnamed(buddies: tuple[BuddyCopy, ...]) -> tuple[BuddyCopy, ...]:
        return tuple(replace(buddy, label=SOMEBODY) if buddy.buddy_id == buddy_id else buddy for buddy in buddies)

    return replace(copy, buddies=unnamed(copy.buddies), others=unnamed(copy.others))


def signs_for(copy: AlarmCopy, buddy_id: str) -> tuple[Sign, ...]:
    """The signs that this buddy may learn of, oldest first."""
    return tuple(sign for sign in copy.signs if buddy_id not in sign.not_for)


def may_know(copy: AlarmCopy, buddy_id: str) -> bool:
    """Whether there is a sign in it of which he may learn, or none at all any more."""
    return not copy.signs or bool(signs_for(copy, buddy_id))


def is_kept_from(copy: AlarmCopy, buddy_id: str) -> bool:
    """Whether there is a sign in it of which he must not learn."""
    return any(buddy_id in sign.not_for for sign in copy.signs)


def sign_to_tell(signs: Sequence[Sign]) -> Sign | None:
    """Of these, oldest first, the one that is told first: the last that cannot be a typing error, else the last."""
    plain = [sign for sign in signs if sign.cause is not Cause.WRONG_WORDS]
    return next(reversed(plain or signs), None)
