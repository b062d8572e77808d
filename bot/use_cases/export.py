"""Her data, line by line; the words are made when it leaves (SPEC: `/export`). Nothing of alarms is among it."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.details import Subject, SubjectKind
from bot.domain.outgoing import Said
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.domain.watching import alerted, knows_of_it, watch_of
from bot.errors import SealBroken
from bot.use_cases.term import how_it_stands, term_of
from storage.records import Records

_STATES = {
    PairingState.OFFERED: "export.offered",
    PairingState.ACCEPTED: "export.accepted",
    PairingState.ACTIVE: "export.active",
    PairingState.QUIET: "export.active",  # only he is ever shown it, and for him it stands
}


def export_of(records: Records, person: Person, now: datetime, timing: Timing) -> tuple[Said, ...]:
    """Everything that is kept of her and that her phone may show, now (aware UTC)."""
    return (
        Said("export.title", {"at": now}),
        *_account(records, person, now),
        *_settings(person),
        *_pairings(records, person, now, timing),
        *_timers(records, person),
        *_plan_and_notes(records, person),
    )


def _account(records: Records, person: Person, now: datetime) -> Iterator[Said]:
    yield Said("export.account", {"account": person.account})
    if person.name is not None:
        yield Said("export.name", {"name": person.name})
    if person.zone is not None:
        yield Said("export.zone", {"zone": person.zone})
    if person.language is not None:
        yield Said("export.language", {"language": person.language})
    if person.has_codeword:
        yield Said("export.word")
    if person.is_away(now):
        yield Said("export.away", {"until": person.away_until})
    if count := records.invites.open_count(person.id, now):
        yield Said("export.invites", {"count": count})


def _settings(person: Person) -> Iterator[Said]:
    settings = person.settings
    lengths = {"reminder": settings.reminder, "grace": settings.grace, "lifetime": settings.lifetime}
    for name, length in lengths.items():
        if length is not None:
            yield Said(_LENGTHS[name], {"length": length})
    if settings.alerts_only:
        yield Said("export.no_start_lines")


_LENGTHS = {"reminder": "export.reminder", "grace": "export.grace", "lifetime": "export.lifetime"}


def _pairings(records: Records, person: Person, now: datetime, timing: Timing) -> Iterator[Said]:
    """As a buddy she sees whose buddy she is, and nothing of who else is."""
    for pairing in records.pairings.of_person(person.id):
        yield _pairing("export.buddy", pairing, pairing.buddy_label)
        yield from _term(records, pairing, now, timing, person=True)
    for pairing in records.pairings.of_buddy(person.id):
        yield _pairing("export.buddy_of", pairing, pairing.person_label)
        yield from _term(records, pairing, now, timing, person=False)


def _pairing(text: str, pairing: Pairing, name: str) -> Said:
    return Said(text, {"name": name, "state_text": _STATES[pairing.state], "since": pairing.created_at})


def _term(records: Records, pairing: Pairing, now: datetime, timing: Timing, *, person: bool) -> Iterator[Said]:
    """Until when it holds, and who has renewed it."""
    if pairing.state in (PairingState.ACTIVE, PairingState.QUIET):
        yield from how_it_stands(pairing, term_of(records, pairing, now, timing), person=person)


def _timers(records: Records, person: Person) -> Iterator[Said]:
    """Her own, and of others what she was told of anyway."""
    own = records.check_ins.open_of(person.id)
    if own is not None:
        yield Said("export.timer", {"since": own.started_at, "until": own.deadline})
    for check_in in records.check_ins.open_watched_by(person.id):
        watch = watch_of(check_in, person.id)
        pairing = records.pairings.between(check_in.person_id, person.id)
        if pairing is not None and (knows_of_it(watch) or watch in alerted(check_in)):
            yield Said("export.timer_of", {"name": pairing.person_label, "until": check_in.deadline})


def _plan_and_notes(records: Records, person: Person) -> Iterator[Said]:
    """While her timer runs the plan is not shown, whoever holds her phone; nor is ever what she left."""
    if waiting := len(records.details.of(Subject(SubjectKind.WAITING, person.id))):
        yield Said("export.waiting", {"count": waiting})
    try:
        plan = records.people.plan(person.id)
    except SealBroken:
        yield Said("plan.lost")
        return
    if plan is None:
        return
    if records.check_ins.open_of(person.id) is not None:
        yield Said("export.plan_later")
    else:
        yield Said("export.plan", {"plan": plan})
