"""How things stand with the buddies of a check-in, read for the rules (DESIGN, invariant 6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.check_in import CheckIn, Stage, Watch
from bot.domain.known import Facts, Known
from bot.domain.new_phone import is_held_back
from bot.domain.outgoing import Purpose
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.who_has_news import who_has_news
from storage.records import Records

_START_LINES = (Purpose.START_LINE, Purpose.TIME_LINE)


def facts_about(records: Records, check_in: CheckIn, now: datetime) -> Facts:
    """Who of her buddies is away or not in the group, and whose phone has confirmed what he was last asked."""
    if check_in.alerting_since is None:
        confirmed = records.outbox.lines_confirmed_by(check_in.id, _START_LINES)
    else:
        confirmed = records.outbox.alert_confirmed_by(check_in.id, check_in.alerting_since)
    away = (watch.buddy_id for watch in check_in.watches if is_away(records, watch.buddy_id, now))
    new_since = records.phones.new_to(check_in.person_id)
    return Facts(
        frozenset(away),
        frozenset(confirmed),
        frozenset(new_since),
        _have_news(records, check_in, new_since),
        _absent(records, check_in),
    )


def _absent(records: Records, check_in: CheckIn) -> frozenset[str]:
    """Looked at only while her timer runs: nothing here can hold up an alert."""
    if check_in.stage is not Stage.ARMED:
        return frozenset()
    return frozenset(watch.buddy_id for watch in check_in.watches if is_absent(records, watch))


def _have_news(records: Records, check_in: CheckIn, new_since: Mapping[str, datetime]) -> frozenset[str]:
    if not new_since or check_in.alerting_since is None:
        return frozenset()  # nothing is held back from anybody
    return who_has_news(records, [check_in.id], check_in.news_at or check_in.alerting_since, new_since)


def known_about(records: Records, check_in: CheckIn, now: datetime, timing: Timing) -> Known:
    """All that the rules have to know at this moment (aware UTC)."""
    return Known(timing, facts_about(records, check_in, now))


def held_back_now(records: Records, check_in: CheckIn, watch: Watch, now: datetime, timing: Timing) -> Watch:
    """This buddy's part as it would be if he were alerted now."""
    known = known_about(records, check_in, now, timing)
    return replace(watch, held_back=is_held_back(check_in, watch, now, known))


def is_away(records: Records, buddy_id: str, now: datetime) -> bool:
    """Whether he has said so, as far as can be read."""
    try:
        return records.people.by_id(buddy_id).is_away(now)
    except SealBroken:  # one damaged row must stop neither an alert nor a start
        return False


def is_absent(records: Records, watch: Watch) -> bool:
    """Whether he is no full member of the group (any longer), as far as is known: then he sees no line there."""
    return watch.group_id is not None and watch.buddy_id in records.groups.absent(watch.group_id)
