"""One of the two renews their pairing (SPEC: `/renew`); a new term begins when the other has, too."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.outgoing import Purpose, Said
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.term import Term, renewed
from bot.domain.timing import Timing
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.refused import Refused
from bot.use_cases.term import how_it_stands, keep_term, take_back_what_waits, term_of, until_when, voice_about
from storage.records import Records


def renew(
    records: Records, person: Person, pairings: Iterable[Pairing], now: datetime, timing: Timing
) -> tuple[Said, ...]:
    """Renew `pairings` between the same two people; the other is asked, or told that both have. Returns how it stands.

    It takes effect at any time of the term. Her pairings are frozen while her check-in runs; his yes is not, for a
    refusal would tell him that it does. Whom she left quietly sees the same as ever, and she hears nothing of it.
    Raises `Refused`; nothing has changed then.
    """
    found = list(pairings)
    if any(pairing.person_id == person.id for pairing in found):
        refuse_while_running(records, person)
    lines: list[Said] = []
    changed = False
    for pairing in found:
        is_person = pairing.person_id == person.id
        term = term_of(records, pairing, now, timing)
        if not term.renewed_by(person=is_person):
            changed = True
            term = _renew_one(records, pairing, term, now, timing, by_person=is_person)
        lines += _shown(pairing, term, person=is_person)
    if not changed:
        raise Refused("renew.already", {"lines": tuple(lines)})
    return tuple(lines)


def _renew_one(
    records: Records, pairing: Pairing, before: Term, now: datetime, timing: Timing, *, by_person: bool
) -> Term:
    term = renewed(before, now, timing, by_person=by_person)
    take_back_what_waits(records, pairing)
    keep_term(records, pairing, term, timing)
    if pairing.state is PairingState.ACTIVE:
        other_id = pairing.buddy_id if by_person else pairing.person_id
        lines = _shown(pairing, term, person=not by_person)
        voice_about(records, pairing, now).to_person(other_id, Purpose.NOTICE, "renew.lines", {"lines": lines})
    return term


def _shown(pairing: Pairing, term: Term, *, person: bool) -> tuple[Said, ...]:
    """A term in which nobody's yes stands has just begun, with both."""
    if not term.person_renewed and not term.buddy_renewed:
        return until_when(pairing, term, person=person), Said("renew.both_have")
    return how_it_stands(pairing, term, person=person)
