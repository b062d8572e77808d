"""What a person sets for her own timers (SPEC: `/settings`)."""

from datetime import datetime

from bot.domain.outgoing import ToGroup, ToPerson
from bot.domain.pairing import PairingState
from bot.domain.person import Person
from bot.domain.person_settings import PersonSettings
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.voice import Voice
from storage.records import Records


def change_settings(records: Records, person: Person, settings: PersonSettings, now: datetime) -> None:
    """Keep them; where messages now disappear after another time, have it set, also where she has left quietly: else he
    would see by what he sets himself that she has. Raises `Refused` while hers runs."""
    refuse_while_running(records, person)
    records.people.set_settings(person.id, settings)
    if settings.lifetime == person.settings.lifetime:
        return
    voice = Voice(records, now)
    voice.set_lifetime(ToPerson(person.id))
    for pairing in records.pairings.of_person(person.id, PairingState.ACTIVE, PairingState.QUIET):
        if pairing.group_id is not None:
            voice.set_lifetime(ToGroup(pairing.group_id))
