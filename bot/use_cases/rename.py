"""Changing how others see a person (SPEC: `/name`)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.names import is_label_of
from bot.domain.outgoing import Purpose
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.watching import knows_of_it, watch_of
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.labels import label_of_buddy, label_of_person
from bot.use_cases.refused import Refused
from bot.use_cases.voice import Voice
from storage.records import Records


def rename(records: Records, person: Person, name: str, now: datetime) -> None:
    """Keep the name, and the labels that others use for her; whoever is paired with her is told, or she could be taken
    for somebody else.

    Whom she left quietly is told nothing, and goes on to call her as before: of a name that changed without a word he
    could tell that she has left. Raises `Refused` while her own check-in runs, or one of which she was told as a buddy;
    of others she learns nothing.
    """
    refuse_while_running(records, person)
    for check_in in records.check_ins.open_watched_by(person.id):
        if knows_of_it(watch_of(check_in, person.id)):
            owner = records.pairings.between(check_in.person_id, person.id)
            raise Refused("account.frozen_on_call", {"name": owner.person_label if owner else ""})
    records.people.set_name(person.id, name)
    told = [*_as_person(records, person.id, name), *_as_buddy(records, person.id, name)]
    for other_id, before, after in dict.fromkeys(told):
        _tell(records, other_id, before, after, now)


def catch_up(records: Records, buddy: Person, person_id: str, now: datetime) -> None:
    """She becomes the buddy of somebody whom she left quietly, and has another name since: he is told of it now, as of
    one that she has just taken, for to him she is one person."""
    quiet = records.pairings.between(buddy.id, person_id)
    name = buddy.name or ""
    if quiet is None or quiet.state is not PairingState.QUIET or is_label_of(quiet.person_label, name):
        return
    label = label_of_person(records, quiet.person_id, quiet.buddy_id, name)
    records.pairings.save(replace(quiet, person_label=label))
    _tell(records, person_id, quiet.person_label, label, now)


def _tell(records: Records, other_id: str, before: str, after: str, now: datetime) -> None:
    Voice(records, now).to_person(other_id, Purpose.NOTICE, "name.told", {"before": before, "name": after})


def _as_person(records: Records, person_id: str, name: str) -> list[tuple[str, str, str]]:
    """Her buddies' name for her. Returns who is to be told, the name that he knows, and the new one."""
    told = []
    for pairing in records.pairings.of_person(person_id, *PairingState):
        if pairing.state is PairingState.QUIET and not _looks_after_him(records, pairing):
            continue
        label = label_of_person(records, person_id, pairing.buddy_id, name)
        records.pairings.save(replace(pairing, person_label=label))
        if pairing.state is PairingState.ACTIVE and label != pairing.person_label:
            told.append((pairing.buddy_id, pairing.person_label, label))
    return told


def _as_buddy(records: Records, buddy_id: str, name: str) -> list[tuple[str, str, str]]:
    """The same for those whom he looks after."""
    told = []
    for pairing in records.pairings.of_buddy(buddy_id):
        label = label_of_buddy(records, pairing.person_id, buddy_id, name)
        records.pairings.save(replace(pairing, buddy_label=label))
        if pairing.state is PairingState.ACTIVE and label != pairing.buddy_label:
            told.append((pairing.person_id, pairing.buddy_label, label))
    return told


def _looks_after_him(records: Records, quiet: Pairing) -> bool:
    """She is his buddy too, and he is told of her new name as such: to him she is one person."""
    back = records.pairings.between(quiet.buddy_id, quiet.person_id)
    return back is not None and back.state is PairingState.ACTIVE
