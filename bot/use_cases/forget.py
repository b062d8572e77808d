"""Erasing an account with everything about it (SPEC: `/forget`)."""

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.alarm import without_label
from bot.domain.outgoing import Outgoing, Priority, Purpose, ToStranger
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.timing import Timing
from bot.errors import SealBroken
from bot.use_cases.act_on_deadline import Acted
from bot.use_cases.drilling import end_drill_of
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.let_go import leaves_by
from bot.use_cases.refused import Refused
from bot.use_cases.unpair import unpair
from storage.deadlines import Deadline, SubjectKind
from storage.leases import Lease
from storage.records import Records

LOOK_AGAIN = timedelta(minutes=1)
_POINTLESS_AFTER = timedelta(days=1)
_KIND: SubjectKind = "forgetting"
_OTHER_KINDS: tuple[SubjectKind, ...] = ("forgetting", "reset")


class ForgettingStep(StrEnum):
    """What is still to be done for somebody who may not go yet."""

    ERASE_AND_TELL = "erase_and_tell"


def forget(records: Records, person: Person, now: datetime, timing: Timing) -> list[Pairing]:
    """End all pairings and erase the account. Returns those in which he has to see an open check-in through first: then
    he leaves and is erased at its close, or some time later at the latest. Raises `Refused`; nothing has changed then.
    """
    refuse_while_running(records, person)
    if records.deadlines.due_at(_KIND, person.id) is not None:
        by = leaves_by(records, records.pairings.of_buddy(person.id)) or now + LOOK_AGAIN
        raise Refused("forget.waits", {"by": by})
    end_drill_of(records, person.id, now)
    _part_from_all(records, person, now, timing)
    records.invites.remove_of(person.id)
    kept_for = records.pairings.of_buddy(person.id)
    if not kept_for:
        _say_done(records, person, now)
        _erase(records, person, now)
    else:
        records.deadlines.put(_KIND, person.id, ForgettingStep.ERASE_AND_TELL.value, now + LOOK_AGAIN)
    return kept_for


def act_on_forgetting(
    records: Records, deadline: Deadline, lease: Lease, now: datetime, timing: Timing, *, waited_enough: bool
) -> Acted:
    """Erase who waits for it, if nobody needs him or her any more; else look again soon."""
    if not records.deadlines.still_mine(deadline, lease):
        return Acted.NOT_OURS
    person = records.people.by_id(deadline.subject_id)
    if not waited_enough and records.inbox.waiting_from([person.account], now):
        return Acted.WAITS_FOR_INBOX
    own_runs = records.check_ins.open_of(person.id) is not None
    if not own_runs:
        _part_from_all(records, person, now, timing)  # whom he may have met since: nobody keeps him longer by that
    if own_runs or _leaves_later(records, person):
        records.deadlines.put(_KIND, person.id, deadline.what, now + LOOK_AGAIN)
        return Acted.DONE
    _say_done(records, person, now)
    _erase(records, person, now)
    return Acted.DONE


def _say_done(records: Records, person: Person, now: datetime) -> None:
    """The last answer, to an account that is not known any more, and does not stand here for long because of it."""
    to = ToStranger(person.account)
    last = Outgoing(to, Priority.REPLY, Purpose.REPLY, text="forget.done", expires_at=now + _POINTLESS_AFTER)
    records.outbox.add(last, now)


def _part_from_all(records: Records, person: Person, now: datetime, timing: Timing) -> None:
    """The others are told neutrally, each once, also where it waits for a close."""
    by_other: dict[str, list[Pairing]] = {}
    for pairing in records.pairings.of_person(person.id, *PairingState):
        by_other.setdefault(pairing.buddy_id, []).append(pairing)
    for pairing in records.pairings.of_buddy(person.id):
        by_other.setdefault(pairing.person_id, []).append(pairing)
    for pairings in by_other.values():
        if not all(pairing.leaves_at_close for pairing in pairings):
            unpair(records, person, pairings, now, timing)


def _leaves_later(records: Records, person: Person) -> bool:
    return any(pairing.leaves_at_close for pairing in records.pairings.of_buddy(person.id))


def _erase(records: Records, person: Person, now: datetime) -> None:
    end_drill_of(records, person.id, now)  # one that began since
    for kind in _OTHER_KINDS:
        records.deadlines.clear(kind, person.id)
    records.inbox.forget_from(person.account)
    _leave_no_name_in_alarms(records, person)
    records.people.remove(person.id)


def _leave_no_name_in_alarms(records: Records, person: Person) -> None:
    """What he is called stands in the alarms that counted him, also in those that he has left since."""
    for alarm in (alarm for person_id in records.alarms.people() for alarm in records.alarms.open_about(person_id)):
        with suppress(SealBroken):  # then it names nobody
            copy = records.alarms.copy(alarm.id)
            if (unnamed := without_label(copy, person.id)) != copy:
                records.alarms.set_copy(alarm.id, unnamed)
