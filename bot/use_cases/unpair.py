"""Parting of person and buddy (SPEC: `/unpair`)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.outgoing import Fact, Purpose, ToPerson
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.domain.watching import knows_of_it
from bot.use_cases.drilling import end_drill_of
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.let_go import leave_check_in, leave_in_time
from bot.use_cases.parting import end_pairing
from bot.use_cases.term import leave_term_alone
from bot.use_cases.voice import Voice
from storage.records import Records


def unpair(records: Records, person: Person, pairings: list[Pairing], now: datetime, timing: Timing) -> bool:
    """End `pairings` between the same two people. True when all ended at once.

    A buddy who was told of her running check-in leaves at its close, or some time later at the latest, and she is told
    at once, also that she is his buddy no more; one who was not told leaves now and learns nothing of it, unless nobody
    else could be alerted. Raises `Refused` while the own check-in runs.
    """
    if any(pairing.person_id == person.id for pairing in pairings):
        refuse_while_running(records, person)
    leaving_later = [pairing for pairing in pairings if _stays_for_a_check_in(records, pairing)]
    ending = [pairing for pairing in pairings if pairing not in leaving_later]
    for pairing in leaving_later:
        _leave_later(records, pairing, now, timing)
    for pairing in ending:
        end_pairing(records, pairing, now)
    known = [pairing for pairing in ending if _stands_for_the_other(pairing, person)]
    if known:  # where he leaves later in the other, only hers has ended
        _tell_the_other(records, person, known[0], now, "unpair.no_buddy_told" if leaving_later else "unpair.told")
    for pairing in ending:
        check_in = records.check_ins.open_of(pairing.person_id)
        if check_in is not None:
            leave_check_in(records, check_in, pairing.buddy_id, now, timing)
    return not leaving_later


def unpair_quietly(records: Records, person: Person, pairing: Pairing, now: datetime) -> None:
    """He stays in the group and sees what he saw, and hears nothing more. Raises `Refused` while hers runs."""
    refuse_while_running(records, person)
    end_drill_of(records, person.id, now)  # else he would wait for its end
    leave_term_alone(records, pairing)
    records.pairings.save(replace(pairing, state=PairingState.QUIET, no_alarms=False, left_quietly_at=now))


def _stands_for_the_other(pairing: Pairing, person: Person) -> bool:
    """Whether the other one takes it for a pairing that stands: whoever was left quietly does, who left does not."""
    if pairing.state is PairingState.QUIET:
        return pairing.person_id == person.id
    return pairing.state is PairingState.ACTIVE


def _stays_for_a_check_in(records: Records, pairing: Pairing) -> bool:
    """Whether he knows of it, or is the only one whom it could alert."""
    check_in = records.check_ins.open_of(pairing.person_id)
    if check_in is None:
        return False
    alone = len(check_in.watches) == 1
    if any(watch.buddy_id == pairing.buddy_id and (alone or knows_of_it(watch)) for watch in check_in.watches):
        return True
    alerts = records.outbox.of_check_in(check_in.id, Purpose.ALERT)  # also those from before an extension
    return any(row.to == ToPerson(pairing.buddy_id) and row.first_attempt_at is not None for row in alerts)


def _leave_later(records: Records, pairing: Pairing, now: datetime, timing: Timing) -> None:
    """She is told the first time; who asks again is answered, and wears nobody out."""
    by = leave_in_time(records, pairing, now, timing)
    if not pairing.leaves_at_close:
        records.pairings.save(replace(pairing, leaves_at_close=True))
        facts: dict[str, Fact] = {"name": pairing.buddy_label, "by": by}
        Voice(records, now).to_person(pairing.person_id, Purpose.NOTICE, "unpair.at_close_told", facts)


def _tell_the_other(records: Records, person: Person, pairing: Pairing, now: datetime, text: str) -> None:
    is_person = pairing.person_id == person.id
    other_id = pairing.buddy_id if is_person else pairing.person_id
    name = pairing.person_label if is_person else pairing.buddy_label
    Voice(records, now).to_person(other_id, Purpose.NOTICE, text, {"name": name})
