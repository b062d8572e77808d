"""Whom an alarm has really reached."""

from collections.abc import Iterable

from bot.domain.alarm import Alarm
from bot.domain.outgoing import Purpose, ToPerson
from storage.outbox import OutboxRow
from storage.records import Records


def confirmed(row: OutboxRow) -> bool:
    """Whether the recipient's phone has this message."""
    return row.confirmed_at is not None


def confirmed_alert(records: Records, alarm: Alarm) -> frozenset[str]:
    """The buddies whose phone has an alert of those since all were alerted last."""
    rows = records.outbox.of_check_in(alarm.id, Purpose.ALERT)
    return _who_has(row for row in rows if row.created_at >= alarm.since)


def told_of_pause(records: Records, alarm: Alarm) -> frozenset[str]:
    """The buddies whose phone knows that somebody says it is over, so that they could have reopened it."""
    rows = records.outbox.of_check_in(alarm.id, Purpose.FOLLOW_UP)
    return _who_has(row for row in rows if row.created_at == alarm.paused_at)


def _who_has(rows: Iterable[OutboxRow]) -> frozenset[str]:
    return frozenset(row.to.person_id for row in rows if isinstance(row.to, ToPerson) and confirmed(row))
