"""Changing how others see a person (SPEC: `/name`)."""

from dataclasses import replace

from bot.domain.names import unique_label
from bot.domain.person import Person
from bot.use_cases.refused import Refused
from storage.records import Records


def rename(records: Records, person: Person, name: str) -> None:
    """Keep the name, and the labels that others use for her. Raises `Refused` while a check-in she is part of runs."""
    refuse_while_running(records, person)
    watched = records.check_ins.open_watched_by(person.id)
    if watched:
        owner = records.pairings.between(watched[0].person_id, person.id)
        raise Refused("account.frozen_on_call", {"name": owner.person_label if owner else ""})
    records.people.set_name(person.id, name)
    for pairing in records.pairings.of_person(person.id):
        taken = [other.person_label for other in records.pairings.of_buddy(pairing.buddy_id) if other.id != pairing.id]
        records.pairings.save(replace(pairing, person_label=unique_label(name, taken)))
    for pairing in records.pairings.of_buddy(person.id):
        taken = [other.buddy_label for other in records.pairings.of_person(pairing.person_id) if other.id != pairing.id]
        records.pairings.save(replace(pairing, buddy_label=unique_label(name, taken)))


def refuse_while_running(records: Records, person: Person) -> None:
    """Raises `Refused` while her own check-in runs: then names, words, zone and pairings are frozen (SPEC)."""
    if records.check_ins.open_of(person.id) is not None:
        raise Refused("account.frozen")
