"""Keeping open alerts going where the clock was set back."""

from datetime import datetime

from bot.domain.clock_set_back import ahead, alarm_now, check_in_now
from bot.domain.outgoing import TO_BUDDY_ALONE
from bot.domain.timing import Timing
from storage.records import Records


def follow_clock(records: Records, now: datetime, timing: Timing) -> None:
    """No open alert or alarm waits for the old time; what was sent about it still counts as sent since then. Changes
    nothing where the clock was not set back; doing it twice is allowed."""
    check_ins, alarms = records.check_ins.alerting(), records.alarms.open_all()
    by = ahead(check_ins, alarms, now)
    for check_in in check_ins:
        if (moved := check_in_now(check_in, by, now, timing)) != check_in:
            records.check_ins.save(moved)
    for alarm in alarms:
        if (moved_alarm := alarm_now(alarm, by, now, timing)) != alarm:
            records.alarms.save(moved_alarm)
    if by:
        for subject_id in [check_in.id for check_in in check_ins] + [alarm.id for alarm in alarms]:
            records.outbox.queued_earlier(subject_id, TO_BUDDY_ALONE, by)
