"""A phone turns out to be new while messages for it wait: what she left must not leave for it unless it may have it."""

from datetime import datetime

from bot.domain.held_back import holding_back
from bot.domain.outgoing import Purpose
from bot.domain.timing import Timing
from bot.domain.watching import watch_of
from bot.use_cases.alarm_new_phones import holds_back, keep_held_back
from bot.use_cases.facts_about import known_about
from storage.outbox import OutboxState
from storage.records import Records

_WHAT_SHE_LEFT = (Purpose.ALERT_DETAILS, Purpose.ALERT_ADDITION, Purpose.ALERT_ATTACHMENT)


def hold_back_what_waits(records: Records, buddy_id: str, now: datetime, timing: Timing) -> None:
    """Take back from this buddy what waits of what others left, where it is held back from a new phone. It follows by
    the same rules as ever (`now`: aware UTC)."""
    for check_in in records.check_ins.open_watched_by(buddy_id):
        if _something_waits(records, check_in.id, buddy_id):
            told = holding_back(check_in, {buddy_id}, now, known_about(records, check_in, now, timing))
            if watch_of(told, buddy_id).held_back:
                records.check_ins.save(told)
                records.outbox.withdraw_from(buddy_id, check_in.id, _WHAT_SHE_LEFT)
    for alarm in records.alarms.open_watched_by(buddy_id):
        watch = next(one for one in alarm.watches if one.buddy_id == buddy_id)
        if _something_waits(records, alarm.id, buddy_id) and holds_back(records, alarm, watch, now, timing):
            keep_held_back(records, alarm, {buddy_id: True}, now, timing)
            records.outbox.withdraw_from(buddy_id, alarm.id, _WHAT_SHE_LEFT)


def _something_waits(records: Records, subject_id: str, buddy_id: str) -> bool:
    rows = records.outbox.of_check_in(subject_id, *_WHAT_SHE_LEFT, to=buddy_id)
    return any(row.state is OutboxState.WAITING for row in rows)
