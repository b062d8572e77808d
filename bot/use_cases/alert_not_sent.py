"""A try to send an alert has failed: the escalation acts upon it at once (SPEC: step 5)."""

from datetime import datetime

from bot.domain.decisions import NotPossible
from bot.domain.events import NotSent
from bot.domain.outgoing import Purpose, ToPerson
from bot.domain.timing import Timing
from bot.use_cases.check_in_course import move_on
from storage.outbox import OutboxRow
from storage.records import Records


def alert_not_sent(records: Records, row: OutboxRow, now: datetime, timing: Timing) -> None:
    """Let the next buddy be alerted too, if this row is an alert that still stands."""
    if row.purpose is not Purpose.ALERT or not isinstance(row.to, ToPerson) or row.check_in_id is None:
        return
    check_in = records.check_ins.get(row.check_in_id)
    if check_in is None:
        return
    try:
        move_on(records, check_in, NotSent(row.to.person_id), now, timing)
    except NotPossible:  # closed, taken, paused or extended meanwhile
        return
