"""Starting a check-in (SPEC: `/start` and step 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calm import arm
from bot.domain.check_in import CheckIn, Stage, Watch
from bot.domain.details import EntryKind, Subject, SubjectKind
from bot.domain.names import same_name
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.use_cases.drilling import end_drill_of
from bot.use_cases.facts_about import is_away
from bot.use_cases.happenings import start_lines
from bot.use_cases.refused import Refused
from bot.use_cases.scene import Scene
from storage.records import Records


@dataclass(frozen=True)
class StartCheckIn:
    """Her order: until when (aware UTC), what she leaves for her buddy, and who is to be on call (None: the first
    available one; else what she calls a buddy). `handled_at`: when that is, if her message had to wait; phones are
    given their time to confirm from then on."""

    deadline: datetime
    details: str | None
    on_call: str | None = None
    handled_at: datetime | None = None


def start_check_in(
    records: Records,
    person: Person,
    order: StartCheckIn,
    check_in_id: str,
    now: datetime,
    timing: Timing,
    answered_in: str | None = None,
) -> CheckIn:
    """Arm a check-in and tell the group of the buddy on call, and the group `answered_in` in which she wrote.

    Raises `Refused`; nothing changes then.
    """
    _refuse_if_not_ready(records, person)
    end_drill_of(records, person.id, now)
    watches = _watches(records, person, order, now)
    check_in = arm(_unarmed(check_in_id, person, order, now, timing, watches), now, timing)
    records.check_ins.add(check_in)
    if order.details is not None:
        records.details.add(Subject(SubjectKind.CHECK_IN, check_in.id), EntryKind.LEFT, now, order.details)
    start_lines(Scene(records, check_in, check_in, now, timing, answered_in))
    return check_in


def _watches(records: Records, person: Person, order: StartCheckIn, now: datetime) -> tuple[Watch, ...]:
    """Her buddies in the order of alerting: who is on call first, then all others in her order."""
    pairings = records.pairings.of_person(person.id, PairingState.ACTIVE)
    first = _named(pairings, order.on_call) if order.on_call else _first_available(records, pairings, now)
    asked_at = None if person.settings.alerts_only else order.handled_at or now
    ordered = [first, *(pairing for pairing in pairings if pairing is not first)]
    return tuple(
        Watch(one.buddy_id, one.group_id, place, on_call=one is first, asked_at=asked_at if one is first else None)
        for place, one in enumerate(ordered)
    )


def _named(pairings: list[Pairing], name: str) -> Pairing:
    for pairing in pairings:
        if same_name(pairing.buddy_label, name):
            return pairing
    raise Refused("start.unknown_buddy", {"example": pairings[0].buddy_label})


def _first_available(records: Records, pairings: list[Pairing], now: datetime) -> Pairing:
    """The first who is not away; the first of all when all are."""
    return min(pairings, key=lambda pairing: is_away(records, pairing.buddy_id, now))


def _unarmed(
    check_in_id: str,
    person: Person,
    order: StartCheckIn,
    now: datetime,
    timing: Timing,
    watches: tuple[Watch, ...],
) -> CheckIn:
    chosen = person.settings
    return CheckIn(
        id=check_in_id,
        person_id=person.id,
        stage=Stage.ARMED,
        started_at=now,
        deadline=order.deadline,
        reminder=timing.reminder if chosen.reminder is None else chosen.reminder,
        reminded=False,
        start_lines=not chosen.alerts_only,
        grace=timing.grace if chosen.grace is None else chosen.grace,
        extended_freely=timedelta(0),
        wrong_words=0,
        alerting_since=None,
        taken_by=None,
        holds=0,
        resolved_by=None,
        step=None,
        step_at=None,
        watches=watches,
    )


def _refuse_if_not_ready(records: Records, person: Person) -> None:
    running = records.check_ins.open_of(person.id)
    if running is not None:
        armed = running.stage is Stage.ARMED
        raise Refused("start.running" if armed else "start.running_late", {"until": running.deadline})
    if not person.has_codeword:
        raise Refused("start.no_word")
    if records.pairings.of_person(person.id, PairingState.ACTIVE):
        return
    waiting = records.pairings.of_person(person.id, PairingState.ACCEPTED)
    if waiting:
        raise Refused("start.buddy_not_confirmed", {"name": waiting[0].buddy_label})
    if records.pairings.of_person(person.id, PairingState.OFFERED):
        raise Refused("start.buddy_not_ready")
    raise Refused("start.no_buddy")
