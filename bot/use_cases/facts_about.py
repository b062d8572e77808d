"""How things stand with the buddies of a check-in, read for the rules (DESIGN, invariant 6)."""

from datetime import datetime

from bot.domain.check_in import CheckIn
from bot.domain.known import Facts
from bot.domain.outgoing import Purpose
from bot.errors import SealBroken
from storage.records import Records

_START_LINES = (Purpose.START_LINE, Purpose.TIME_LINE)


def facts_about(records: Records, check_in: CheckIn, now: datetime) -> Facts:
    """Who of her buddies is away, and whose phone has confirmed what the check-in last asked of him."""
    if check_in.alerting_since is None:
        confirmed = records.outbox.lines_confirmed_by(check_in.id, _START_LINES)
    else:
        confirmed = records.outbox.alert_confirmed_by(check_in.id, check_in.alerting_since)
    away = (watch.buddy_id for watch in check_in.watches if is_away(records, watch.buddy_id, now))
    return Facts(frozenset(away), frozenset(confirmed))


def is_away(records: Records, buddy_id: str, now: datetime) -> bool:
    """Whether he has said so, as far as can be read."""
    try:
        return records.people.by_id(buddy_id).is_away(now)
    except SealBroken:  # one damaged row must stop neither an alert nor a start
        return False
