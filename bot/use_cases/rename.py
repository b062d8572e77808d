"""Changing how others see a person (SPEC: `/name`)."""

from dataclasses import replace

from bot.domain.names import unique_label
from bot.domain.pairing import PairingState
from bot.domain.person import Person
from bot.domain.watching import knows_of_it, watch_of
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.refused import Refused
from storage.records import Records


def rename(records: Records, person: Person, name: str) -> None:
    """Keep the name, and the labels that others use for her.

    Raises `Refused` while her own check-in runs, or one of which she was told as a buddy; of others she learns nothing.
    """
    refuse_while_running(records, person)
    for check_in in records.check_ins.open_watched_by(person.id):
        if knows_of_it(watch_of(check_in, person.id)):
            owner = records.pairings.between(check_in.person_id, person.id)
            raise Refused("account.frozen_on_call", {"name": owner.person_label if owner else ""})
    records.people.set_name(person.id, name)
    for pairing in records.pairings.of_person(person.id, *PairingState):
        taken = [other.person_label for other in records.pairings.of_buddy(pairing.buddy_id) if other.id != pairing.id]
        records.pairings.save(replace(pairing, person_label=unique_label(name, taken)))
    for pairing in records.pairings.of_buddy(person.id):
        taken = [other.buddy_label for other in records.pairings.of_person(pairing.person_id) if other.id != pairing.id]
        records.pairings.save(replace(pairing, buddy_label=unique_label(name, taken)))
