"""What is frozen while a check-in runs (SPEC: Commands)."""

from bot.domain.person import Person
from bot.use_cases.refused import Refused
from storage.records import Records


def refuse_while_running(records: Records, person: Person) -> None:
    """Raises `Refused` while her own check-in runs: then what a timer is built on may not change, as names, words,
    zone, plan, settings, and pairings."""
    if records.check_ins.open_of(person.id) is not None:
        raise Refused("account.frozen")
