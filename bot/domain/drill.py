"""The course of a drill: the next buddy when one has answered or two minutes are over, and an end after a quarter of
an hour (SPEC: `/drill`). Pure, like `bot.domain.course`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.timing import Timing

LASTS = timedelta(minutes=15)
"""At most; who has not answered by then has not answered."""


class DrillStep(StrEnum):
    """What falls due."""

    REPEAT = "repeat"
    END = "end"


@dataclass(frozen=True)
class DrillPart:
    """One buddy's part, in the order of alerting."""

    buddy_id: str
    position: int
    told_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def took(self) -> timedelta | None:
        """From the first message to the answer; None without an answer."""
        return None if self.told_at is None or self.answered_at is None else self.answered_at - self.told_at


@dataclass(frozen=True)
class Drill:
    """All moments are aware UTC."""

    id: str
    person_id: str
    started_at: datetime
    parts: tuple[DrillPart, ...]

    @property
    def ends_at(self) -> datetime:
        """When it ends at the latest."""
        return self.started_at + LASTS

    @property
    def is_over(self) -> bool:
        """Whether everybody has answered."""
        return all(part.answered_at is not None for part in self.parts)


def go_on(drill: Drill, now: datetime) -> tuple[Drill, tuple[str, ...]]:
    """Tell the next buddy, and once more who has not answered. Returns the ids of those who are told now."""
    told = {part.buddy_id for part in drill.parts if part.told_at is not None and part.answered_at is None}
    after, fresh = tell_next(drill, now)
    return after, tuple(part.buddy_id for part in after.parts if part.buddy_id in {*told, *fresh})


def tell_next(drill: Drill, now: datetime) -> tuple[Drill, tuple[str, ...]]:
    """Tell the next buddy who has not been told. Returns his id, if there is one."""
    fresh = next((part for part in drill.parts if part.told_at is None), None)
    if fresh is None:
        return drill, ()
    return _with(drill, replace(fresh, told_at=now)), (fresh.buddy_id,)


def answer(drill: Drill, buddy_id: str, now: datetime) -> Drill | None:
    """This buddy has answered. None when he was not told, or has answered before."""
    part = next((part for part in drill.parts if part.buddy_id == buddy_id), None)
    if part is None or part.told_at is None or part.answered_at is not None:
        return None
    return _with(drill, replace(part, answered_at=now))


def next_step(drill: Drill, now: datetime, timing: Timing) -> tuple[DrillStep, datetime]:
    """What falls due next after something happened at `now`."""
    again_at = now + timing.taken_within
    return (DrillStep.REPEAT, again_at) if again_at < drill.ends_at else (DrillStep.END, drill.ends_at)


def _with(drill: Drill, changed: DrillPart) -> Drill:
    parts = tuple(changed if part.buddy_id == changed.buddy_id else part for part in drill.parts)
    return replace(drill, parts=parts)
