"""Whom an alarm has really reached."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.alarm import Alarm, holders
from bot.domain.outgoing import Purpose, ToPerson
from bot.use_cases.alarm_scene import earlier_alarms
from storage.outbox import OutboxRow
from storage.records import Records


def confirmed(row: OutboxRow) -> bool:
    """Whether the recipient's phone has this message."""
    return row.confirmed_at is not None


def confirmed_alert(records: Records, alarm: Alarm) -> frozenset[str]:
    """The buddies whose phone has an alert of those since all were alerted last."""
    return _confirmed_since(records, alarm, alarm.since)


def reached_earlier(records: Records, alarm: Alarm) -> bool:
    """Whether a phone has an alert of an earlier alarm about her since all were alerted last in this one, or somebody
    has that alarm, who is not alerted again."""
    return any(
        _confirmed_since(records, earlier, alarm.since) or holders(earlier)
        for earlier in earlier_alarms(records, alarm)
    )


def _confirmed_since(records: Records, alarm: Alarm, since: datetime) -> frozenset[str]:
    return _who_has(records.outbox.of_check_in(alarm.id, Purpose.ALERT, since=since))


def told_of_pause(records: Records, alarm: Alarm) -> frozenset[str]:
    """The buddies whose phone knows that somebody says it is over, so that they could have reopened it; who is alerted
    elsewhere was told there."""
    told_by = {alarm.id: None} | {watch.elsewhere: None for watch in alarm.watches if watch.elsewhere}
    rows = [row for each in told_by for row in records.outbox.of_check_in(each, Purpose.FOLLOW_UP)]
    return _who_has(row for row in rows if row.created_at == alarm.paused_at)


def _who_has(rows: Iterable[OutboxRow]) -> frozenset[str]:
    return frozenset(row.to.person_id for row in rows if isinstance(row.to, ToPerson) and confirmed(row))
