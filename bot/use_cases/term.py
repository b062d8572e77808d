"""The term of a pairing: when it begins, what is kept of it, and how it is said (SPEC: `/renew`)."""

from datetime import datetime

from bot.domain.outgoing import Fact, Purpose, Said
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.term import Term, as_if_renewed, is_near_its_end, new_term, next_step
from bot.domain.timing import Timing
from bot.use_cases.voice import Voice
from storage.deadlines import SubjectKind
from storage.records import Records

KIND: SubjectKind = "pairing"


def begin_term(records: Records, pairing_id: str, now: datetime, timing: Timing) -> None:
    """The pairing is active from now on."""
    pairing = records.pairings.get(pairing_id)
    if pairing is not None:
        keep_term(records, pairing, new_term(pairing_id, now, timing), timing)


def begin_missing_terms(records: Records, now: datetime, timing: Timing) -> None:
    """Pairings from before pairings had terms hold as long as if they had begun now: nobody loses a buddy unwarned."""
    for pairing_id in records.terms.pairings_without():
        begin_term(records, pairing_id, now, timing)


def term_of(records: Records, pairing: Pairing, now: datetime, timing: Timing) -> Term:
    """As either of the two may see it. Where she left quietly he sees one that goes on and on."""
    term = records.terms.of(pairing.id) or new_term(pairing.id, now, timing)
    return as_if_renewed(term, now, timing) if pairing.state is PairingState.QUIET else term


def keep_term(records: Records, pairing: Pairing, term: Term, timing: Timing) -> None:
    """Store it, with what falls due next. Where she left quietly nothing ever does: the bot is silent there."""
    records.terms.save(term)
    if pairing.state is PairingState.ACTIVE:
        step, at = next_step(term, timing)
        records.deadlines.put(KIND, pairing.id, step.value, at)


def leave_term_alone(records: Records, pairing: Pairing) -> None:
    """Nothing falls due any more, and nothing that still waits is said."""
    records.deadlines.clear(KIND, pairing.id)
    take_back_what_waits(records, pairing)


def take_back_what_waits(records: Records, pairing: Pairing) -> None:
    """What could not be said about it so far has been overtaken."""
    records.outbox.withdraw(pairing.id, {Purpose.NOTICE})


def voice_about(records: Records, pairing: Pairing, now: datetime) -> Voice:
    """What it says is about this pairing, and can be taken back with `take_back_what_waits`."""
    return Voice(records, now, pairing.id)


def until_when(pairing: Pairing, term: Term, *, person: bool) -> Said:
    """For her (`person`) or for him."""
    name = pairing.buddy_label if person else pairing.person_label
    return Said("renew.buddy_until" if person else "renew.buddy_of_until", {"name": name, "until_day": term.ends_at})


def how_it_stands(pairing: Pairing, term: Term, *, person: bool) -> tuple[Said, ...]:
    """Until when, and what is missing, for her (`person`) or for him."""
    facts: dict[str, Fact] = {"name": pairing.buddy_label if person else pairing.person_label}
    if term.renewed_by(person=person):
        missing = Said("renew.theirs_missing", facts)
    elif term.renewed_by(person=not person):
        missing = Said("renew.yours_missing", facts)
    else:
        missing = Said("renew.both_missing", facts)
    return until_when(pairing, term, person=person), missing


def ending_soon(records: Records, person: Person, now: datetime, timing: Timing) -> tuple[Said, ...]:
    """How it stands with all pairings of this one that are near their end."""
    mine = records.pairings.of_person(person.id, PairingState.ACTIVE)
    others = records.pairings.of_buddy(person.id, PairingState.ACTIVE, PairingState.QUIET)
    lines: list[Said] = []
    for pairing in [*mine, *others]:
        term = term_of(records, pairing, now, timing)
        if is_near_its_end(term, now, timing):
            lines += how_it_stands(pairing, term, person=pairing.person_id == person.id)
    return tuple(lines)
