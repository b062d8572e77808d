"""Keeping open alerts going where the clock was set back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.alarm import Alarm
from bot.domain.check_in import CheckIn
from bot.domain.clock_set_back import ahead, alarm_now, check_in_now
from bot.domain.outgoing import TO_BUDDY_ALONE, Purpose
from bot.domain.timing import Timing
from bot.errors import SealBroken
from storage.records import Records


def whom_clock_concerns(records: Records, now: datetime) -> list[str]:
    """About whom an alert is open, or a buddy was asked at a moment that is still to come."""
    return sorted(records.check_ins.people_alerted_about(now) | records.alarms.people())


def follow_clock(records: Records, person_id: str, now: datetime, timing: Timing) -> None:
    """No open alert about this person waits for the old time; what was sent, came and was noticed before still counts
    as before. Changes nothing where the clock was not set back; doing it twice is allowed."""
    check_in, alarms = records.check_ins.open_of(person_id), records.alarms.open_about(person_id)
    check_ins = [] if check_in is None else [check_in]
    if by := ahead(check_ins, alarms, now):
        records.phones.new_earlier(person_id, by)
    for check_in in check_ins:
        _follow_in_check_in(records, check_in, now, timing)
    for alarm in alarms:
        _follow_in_alarm(records, alarm, now, timing)


def _follow_in_check_in(records: Records, check_in: CheckIn, now: datetime, timing: Timing) -> None:
    """By as much as its own moments lie ahead: what began only after the clock was set back stays."""
    by = max(ahead([check_in], [], now), _told_ahead(records, check_in.id, now))
    moved = check_in_now(check_in, by, now, timing)
    if moved != check_in:
        records.check_ins.save(moved)
    if by:
        records.outbox.queued_earlier(check_in.id, TO_BUDDY_ALONE, by)


def _follow_in_alarm(records: Records, alarm: Alarm, now: datetime, timing: Timing) -> None:
    by = max(ahead([], [alarm], now), _told_ahead(records, alarm.id, now))
    moved = alarm_now(alarm, by, now, timing)
    if moved != alarm:
        records.alarms.save(moved)
    if by:
        records.outbox.queued_earlier(alarm.id, TO_BUDDY_ALONE, by)
        _signs_earlier(records, alarm, by)


def _signs_earlier(records: Records, alarm: Alarm, by: timedelta) -> None:
    try:
        copy = records.alarms.copy(alarm.id)
    except SealBroken:  # then there is nothing to show either
        return
    signs = tuple(replace(sign, at=sign.at - by) for sign in copy.signs)
    records.alarms.set_copy(alarm.id, replace(copy, signs=signs))


def _told_ahead(records: Records, subject_id: str, now: datetime) -> timedelta:
    """By how much the latest alert that was queued, in its plainest form perhaps, lies ahead of `now`."""
    rows = records.outbox.of_check_in(subject_id, Purpose.ALERT, since=now)
    return max([timedelta(0), *(row.created_at - now for row in rows)])
