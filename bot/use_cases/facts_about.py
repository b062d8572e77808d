"""How things stand with the buddies of a check-in, read for the rules (DESIGN, invariant 6)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.check_in import CheckIn, Watch
from bot.domain.known import Facts, Known
from bot.domain.new_phone import is_held_back
from bot.domain.outgoing import Purpose
from bot.domain.timing import Timing
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
    return Facts(frozenset(away), frozenset(confirmed), records.phones.new_to(check_in.person_id))


def held_back_now(records: Records, check_in: CheckIn, watch: Watch, now: datetime, timing: Timing) -> Watch:
    """This buddy's part as it would be if he were alerted now."""
    known = Known(timing, facts_about(records, check_in, now))
    return replace(watch, held_back=is_held_back(check_in, watch, now, known))


def with_held_back(records: Records, check_in: CheckIn, now: datetime, timing: Timing) -> CheckIn:
    """The check-in, kept anew, with the phones that have become new since they were alerted: what she leaves from now
    on is held back from them."""
    watches = tuple(
        held_back_now(records, check_in, watch, now, timing) if watch.alerted_at and not watch.held_back else watch
        for watch in check_in.watches
    )
    if watches == check_in.watches:
        return check_in
    check_in = replace(check_in, watches=watches)
    records.check_ins.save(check_in)
    return check_in


def is_away(records: Records, buddy_id: str, now: datetime) -> bool:
    """Whether he has said so, as far as can be read."""
    try:
        return records.people.by_id(buddy_id).is_away(now)
    except SealBroken:  # one damaged row must stop neither an alert nor a start
        return False
