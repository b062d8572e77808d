"""A try to send an alert has failed: the escalation acts upon it at once (SPEC: step 5)."""

from datetime import datetime

from bot.domain.alarm import holders
from bot.domain.check_in import CheckIn
from bot.domain.decisions import NotPossible
from bot.domain.events import NotSent
from bot.domain.outgoing import Purpose, ToPerson
from bot.domain.timing import Timing
from bot.use_cases.check_in_course import move_on
from storage.outbox import EVER, OutboxRow, OutboxState
from storage.records import Records

_WHAT_FOLLOWS = (Purpose.ALERT_DETAILS, Purpose.ALERT_ADDITION, Purpose.ALERT_ATTACHMENT)


def alert_not_sent(records: Records, row: OutboxRow, now: datetime, timing: Timing) -> None:
    """Let the next buddy be alerted too, if this row is an alert that still stands. If it will never leave, and none
    before has, nothing of what belongs to it leaves: it comes with the next one. To who has taken it, it does."""
    if row.purpose is not Purpose.ALERT or not isinstance(row.to, ToPerson) or row.check_in_id is None:
        return
    check_in = records.check_ins.get(row.check_in_id)
    if _knows_nothing(records, row, row.to, check_in):
        records.outbox.withdraw_from(row.to.person_id, row.check_in_id, _WHAT_FOLLOWS)
    if check_in is None:
        return
    try:
        move_on(records, check_in, NotSent(row.to.person_id), now, timing)
    except NotPossible:  # closed, taken, paused or extended meanwhile
        return


def _knows_nothing(records: Records, row: OutboxRow, to: ToPerson, check_in: CheckIn | None) -> bool:
    failed, subject_id = records.outbox.get(row.id), row.check_in_id or ""
    if failed is None or failed.state is not OutboxState.FAILED:
        return False
    has_it = to.person_id in _who_has_it(records, subject_id, check_in)
    return not has_it and not records.outbox.alert_may_have_left(subject_id, to.person_id, EVER)


def _who_has_it(records: Records, subject_id: str, check_in: CheckIn | None) -> list[str | None]:
    if check_in is not None:
        return [check_in.taken_by]
    alarm = records.alarms.get(subject_id)
    return [] if alarm is None else [*holders(alarm)]
