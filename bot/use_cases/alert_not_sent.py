"""A try to send an alert has failed: the escalation acts upon it at once (SPEC: step 5)."""

from datetime import datetime

from bot.domain.alarm import holders
from bot.domain.check_in import CheckIn
from bot.domain.decisions import NotPossible
from bot.domain.events import NotSent
from bot.domain.outgoing import TO_BUDDY_ALONE, Purpose, ToPerson
from bot.domain.timing import Timing
from bot.use_cases.check_in_course import move_on
from storage.outbox import EVER, LAST, OutboxRow, OutboxState
from storage.records import Records

_WHAT_FOLLOWS = TO_BUDDY_ALONE - {Purpose.ALERT}


def alert_not_sent(records: Records, row: OutboxRow, now: datetime, timing: Timing, *, moves_on: bool = True) -> None:
    """Let the next buddy be alerted too, if this row is an alert that still stands. If it will never leave, and none
    before has, nothing of what belongs to it leaves: it comes with the next one. To who has taken it, it does.

    `row`: as it was when it was taken in hand; it may be about another alarm by now. `moves_on`: False where only
    Signal is away, and the next buddy could not be told either."""
    if row.purpose is not Purpose.ALERT or not isinstance(row.to, ToPerson):
        return
    lost = records.outbox.get(row.id)
    if lost is None or lost.check_in_id is None:
        return
    check_in = records.check_ins.get(lost.check_in_id)
    if lost.state is not OutboxState.WAITING:
        _withdraw_what_follows(records, lost, row.to.person_id, check_in)
    if check_in is None or not moves_on:
        return
    try:
        move_on(records, check_in, NotSent(row.to.person_id), now, timing)
    except NotPossible:  # closed, taken, paused or extended meanwhile
        return


def alert_left_behind(records: Records, row_id: str) -> None:
    """An alert that was taken back was on its way when the bot died: it stays open whether it has arrived."""
    lost = records.outbox.get(row_id)
    if lost is not None and lost.check_in_id is not None and isinstance(lost.to, ToPerson):
        check_in = records.check_ins.get(lost.check_in_id)
        _withdraw_what_follows(records, lost, lost.to.person_id, check_in)


def _withdraw_what_follows(records: Records, lost: OutboxRow, buddy_id: str, check_in: CheckIn | None) -> None:
    """What belongs to a later alert that still waits stays with that one. So do her files, unless they are held back
    from him by now: they leave after all texts, and that one counts on those that wait.

    Of one that was taken back while it was on its way it must be known that one has arrived: somebody else has it."""
    subject_id = lost.check_in_id or ""
    if buddy_id in _who_has_it(records, subject_id, check_in):
        return
    since = (check_in.alerting_since if check_in is not None else None) or EVER
    taken_back = lost.state is OutboxState.WITHDRAWN
    if not records.outbox.alert_may_have_left(subject_id, buddy_id, since, known=taken_back):
        alerts = records.outbox.of_check_in(subject_id, Purpose.ALERT, to=buddy_id)
        waiting = [one.id for one in alerts if one.state is OutboxState.WAITING]
        files_stay = waiting and not _is_held_back(records, subject_id, buddy_id, check_in)
        lost_with_it = _WHAT_FOLLOWS - {Purpose.ALERT_ATTACHMENT} if files_stay else _WHAT_FOLLOWS
        records.outbox.withdraw_from(buddy_id, subject_id, lost_with_it, before=min(waiting, default=LAST))


def _who_has_it(records: Records, subject_id: str, check_in: CheckIn | None) -> list[str | None]:
    if check_in is not None:
        return [check_in.taken_by]
    alarm = records.alarms.get(subject_id)
    return [] if alarm is None else [*holders(alarm)]


def _is_held_back(records: Records, subject_id: str, buddy_id: str, check_in: CheckIn | None) -> bool:
    about = check_in or records.alarms.get(subject_id)
    watches = () if about is None else about.watches
    return any(watch.held_back for watch in watches if watch.buddy_id == buddy_id)
