"""A buddy goes away and comes back (SPEC: `/away`, `/back`). Those he looks after are told, and nobody else."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import PairingState
from bot.domain.person import Person
from bot.use_cases.refused import Refused
from bot.use_cases.voice import Voice
from storage.records import Records


def go_away(records: Records, buddy: Person, until: datetime, now: datetime) -> None:
    """Not available until then (aware UTC); a new time replaces an old one."""
    records.people.set_away(buddy.id, until)
    _tell(records, buddy, "away.told", {"until": until}, now)


def come_back(records: Records, buddy: Person, now: datetime) -> None:
    """Available again. Raises `Refused` when he was not away."""
    if not buddy.is_away(now):
        raise Refused("back.not_away")
    records.people.set_away(buddy.id, None)
    _tell(records, buddy, "back.told", {}, now)


def _tell(records: Records, buddy: Person, text: str, facts: Mapping[str, Fact], now: datetime) -> None:
    voice = Voice(records, now)
    for pairing in records.pairings.of_buddy(buddy.id, PairingState.ACTIVE):
        voice.to_person(pairing.person_id, Purpose.NOTICE, text, {**facts, "name": pairing.buddy_label})
