"""Reading and marking a check-in; shared by the rules."""

from dataclasses import replace
from datetime import datetime

from bot.domain.check_in import CheckIn, Step, Watch
from bot.domain.decisions import Impossible, NotPossible


def alerted(check_in: CheckIn) -> tuple[Watch, ...]:
    """The buddies who have been alerted, in order."""
    return tuple(watch for watch in check_in.watches if watch.alerted_at is not None)


def knows_of_it(watch: Watch) -> bool:
    """Whether this buddy has been told of the check-in: by the start line, or by an alert. With *alerts only* also who
    is on call knows nothing before an alert."""
    return watch.asked_at is not None or watch.alerts > 0


def pending(check_in: CheckIn, step: Step, at: datetime) -> CheckIn:
    """The check-in with its next step."""
    return replace(check_in, step=step, step_at=at)


def watch_of(check_in: CheckIn, buddy_id: str) -> Watch:
    """This buddy's part. Raises `NotPossible` when he has none."""
    for watch in check_in.watches:
        if watch.buddy_id == buddy_id:
            return watch
    raise NotPossible(Impossible.NOT_ON_CALL)


def alerted_watch(check_in: CheckIn, buddy_id: str) -> Watch:
    """The part of a buddy who was alerted. Raises `NotPossible` for anybody else."""
    for watch in alerted(check_in):
        if watch.buddy_id == buddy_id:
            return watch
    raise NotPossible(Impossible.NOT_ALERTED)
