"""Starting a check-in (SPEC: `/start` and step 1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calm import arm
from bot.domain.check_in import CheckIn, Stage, Watch
from bot.domain.pairing import PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.use_cases.drilling import end_drill_of
from bot.use_cases.happenings import start_lines
from bot.use_cases.refused import Refused
from bot.use_cases.scene import Scene
from storage.records import Records


@dataclass(frozen=True)
class StartCheckIn:
    """Her order: until when (aware UTC), and what she leaves for her buddy."""

    deadline: datetime
    details: str | None


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
    pairings = records.pairings.of_person(person.id, PairingState.ACTIVE)
    watches = tuple(
        Watch(pairing.buddy_id, pairing.group_id, position, on_call=position == 0)
        for position, pairing in enumerate(pairings)
    )
    check_in = arm(_unarmed(check_in_id, person, order, now, timing, watches), now, timing)
    records.check_ins.add(check_in, order.details)
    start_lines(Scene(records, check_in, check_in, now, timing, answered_in))
    return check_in


def _unarmed(
    check_in_id: str,
    person: Person,
    order: StartCheckIn,
    now: datetime,
    timing: Timing,
    watches: tuple[Watch, ...],
) -> CheckIn:
    return CheckIn(
        id=check_in_id,
        person_id=person.id,
        stage=Stage.ARMED,
        started_at=now,
        deadline=order.deadline,
        reminded=False,
        grace=timing.grace,
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
