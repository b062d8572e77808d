"""An outbox row with all that is needed to send it, read in the same unit of work that claims it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.outgoing import ANSWERS, NOT_MADE, Action, ToGroup, ToOperator, ToPerson, ToStranger
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.person_settings import DEFAULT_LIFETIME, lifetime_in_chat
from bot.domain.watching import knows_of_it, watch_of
from bot.errors import KeyMissing, SealBroken
from bot.texts.rendering import Reader
from bot.wanted_groups import lifetime_in_group, line_stands, people_with_timers, titles_of, wanted_group
from storage.leases import Lease
from storage.outbox import KEY_AGAIN, OutboxRow, OutboxState
from storage.records import Records


@dataclass(frozen=True)
class Defaults:
    """For people who have not chosen: IANA time zone and language code."""

    zone: str
    language: str


@dataclass(frozen=True, repr=False)
class Parcel:
    """`account`: to whom, for a direct chat. `signal_group`: Signal's id of the group, None if it is not made yet.
    `members`: the accounts in it. `target_ms`: the message to be taken back. `titles`: see `WantedGroup`. `lifetime`:
    after which messages of the chat disappear; None where that must not be touched now."""

    row: OutboxRow
    reader: Reader
    account: str | None = None
    signal_group: str | None = None
    members: tuple[str, ...] = ()
    target_ms: int | None = None
    titles: tuple[str, ...] = ()
    lifetime: timedelta | None = DEFAULT_LIFETIME


@dataclass(frozen=True, repr=False)
class Claimed:
    """What is to be sent now, and rows that have failed on the way, for they cannot be read."""

    parcels: list[Parcel]
    failed: list[OutboxRow]


def claim_parcels(
    records: Records,
    now: datetime,
    limit: int,
    lease: Lease,
    defaults: Defaults,
    *,
    urgent: bool,
    in_turn: bool = False,
) -> Claimed:
    """Claim what is to be sent next, at most one row for each lane; `in_turn`: see `Outbox.claim`."""
    return _parcels(records, records.outbox.claim(now, limit, lease, urgent=urgent, in_turn=in_turn), now, defaults)


def claim_long_waiting(records: Records, now: datetime, limit: int, lease: Lease, defaults: Defaults) -> Claimed:
    """Claim what is not urgent and has waited longest; see `Outbox.claim_long_waiting`."""
    return _parcels(records, records.outbox.claim_long_waiting(now, limit, lease), now, defaults)


def claim_for_operator(records: Records, now: datetime, lease: Lease, defaults: Defaults) -> Claimed:
    """Claim the next message to the operator, if there is one."""
    return _parcels(records, records.outbox.claim_for_operator(now, lease), now, defaults)


def _parcels(records: Records, rows: list[OutboxRow], now: datetime, defaults: Defaults) -> Claimed:
    claimed = Claimed([], [row for row in rows if row.state is OutboxState.FAILED])
    for row in rows:
        if row.state is OutboxState.FAILED:
            continue
        try:
            claimed.parcels.append(_parcel(records, row, now, defaults))
        except KeyMissing:
            records.outbox.record_retry(row.id, now + KEY_AGAIN, NOT_MADE)
        except (SealBroken, LookupError):  # one damaged row must not hold up all others
            records.outbox.record_failed(row.id, NOT_MADE, now)
            claimed.failed.append(row)
    return claimed


def _parcel(records: Records, row: OutboxRow, now: datetime, defaults: Defaults) -> Parcel:
    match row.to:
        case ToPerson(person_id):
            person = records.people.by_id(person_id)
            reader = _reader(person.zone, person.language, now, defaults)
            lifetime = _lifetime(records, row, person)
            return Parcel(row, reader, account=person.account, target_ms=_target(records, row), lifetime=lifetime)
        case ToStranger(account):
            return Parcel(row, _reader(None, None, now, defaults), account=account)
        case ToOperator():
            return Parcel(row, _reader(None, None, now, defaults))
        case ToGroup(group_id):
            return _group_parcel(records, row, group_id, now, defaults)


def _group_parcel(records: Records, row: OutboxRow, group_id: str, now: datetime, defaults: Defaults) -> Parcel:
    """A group line is written in the zone and language of the person whom it answers, or whose timer it is about; where
    the other's clock differs it names the zone."""
    group = records.groups.get(group_id)
    pairings = sorted(records.pairings.with_group(group_id), key=lambda one: one.state is PairingState.QUIET)
    signal_id = group.signal_id if group is not None else None
    if not pairings:
        reader = _reader(None, None, now, defaults)
        return Parcel(row, reader, signal_group=signal_id, target_ms=_target(records, row))
    first = pairings[0]
    person = records.people.by_id(first.person_id)
    buddy = records.people.by_id(first.buddy_id)
    speaks_to = _whom_it_is_for(records, row) or person
    reader = _reader(speaks_to.zone, speaks_to.language, now, defaults)
    moments = [now, *(fact for fact in row.facts.values() if isinstance(fact, datetime))]
    other = _zone((buddy if speaks_to.id == person.id else person).zone, defaults)
    differ = any(
        moment.astimezone(other).utcoffset() != moment.astimezone(reader.zone).utcoffset() for moment in moments
    )
    parcel = Parcel(
        row,
        replace(reader, beside=other if differ else None),
        signal_group=signal_id,
        members=_members(records, first),
        target_ms=_target(records, row),
        titles=titles_of(person.name or first.person_label, buddy.name or first.buddy_label),
        lifetime=_lifetime_in_group(records, row, group_id, pairings),
    )
    wanted = wanted_group(records, group_id) if row.action is Action.MEND_GROUP else None
    return parcel if wanted is None else replace(parcel, titles=wanted.titles, lifetime=wanted.lifetime)


def _whom_it_is_for(records: Records, row: OutboxRow) -> Person | None:
    """Two who are each other's buddies share a group, and one of them may be in another zone: a wrong time there would
    raise a false alert, or lead her to count on a later one."""
    answers = row.facts.get(ANSWERS)
    if isinstance(answers, str) and records.people.is_known(answers):
        return records.people.by_id(answers)
    check_in = records.check_ins.get(row.check_in_id) if row.check_in_id is not None else None
    return None if check_in is None else records.people.by_id(check_in.person_id)


def _lifetime(records: Records, row: OutboxRow, person: Person) -> timedelta | None:
    """As she has set it; None while an open check-in has its messages in the chat, hers, or one of which she was told
    as a buddy: then it is not touched (SPEC: Privacy)."""
    if row.action is not Action.SET_LIFETIME:
        return None
    watched = records.check_ins.open_watched_by(person.id)
    knows = any(knows_of_it(watch_of(check_in, person.id)) for check_in in watched)
    in_use = knows or records.check_ins.open_of(person.id) is not None
    return None if in_use else lifetime_in_chat([person.settings])


def _lifetime_in_group(records: Records, row: OutboxRow, group_id: str, pairings: list[Pairing]) -> timedelta | None:
    """The same, for those in the group, while a line about the check-in stands there. Of others nobody must learn that
    they run, not even by waiting. A group that is still to be made has no messages yet."""
    if row.action not in (Action.SET_LIFETIME, Action.MAKE_GROUP):
        return None
    if row.action is Action.SET_LIFETIME and line_stands(records, people_with_timers(records, pairings), group_id):
        return None
    return lifetime_in_group(records, pairings)


def _members(records: Records, pairing: Pairing) -> tuple[str, ...]:
    return tuple(records.people.by_id(person_id).account for person_id in (pairing.person_id, pairing.buddy_id))


def _target(records: Records, row: OutboxRow) -> int | None:
    target = records.outbox.get(str(row.facts.get("row"))) if row.action is Action.DELETE else None
    return None if target is None else target.sent_ms


def _reader(zone: str | None, language: str | None, now: datetime, defaults: Defaults) -> Reader:
    return Reader(_zone(zone, defaults), language or defaults.language, now)


def _zone(name: str | None, defaults: Defaults) -> ZoneInfo:
    """Time zones are renamed now and then; a message in another zone is better than none."""
    try:
        return ZoneInfo(name or defaults.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(defaults.zone)
