"""A forgotten word, from the request to new words (SPEC: `/reset`)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.outgoing import Fact, Purpose
from bot.domain.pairing import Pairing, PairingState
from bot.domain.person import Person
from bot.domain.reset import DELAY, Reset, ResetStep
from bot.domain.timing import Timing
from bot.use_cases.act_on_deadline import Acted
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.new_phones import may_be_anybodys
from bot.use_cases.refused import Refused
from bot.use_cases.voice import Voice
from storage.deadlines import Deadline, SubjectKind
from storage.leases import Lease
from storage.records import Records

LOOK_AGAIN = timedelta(minutes=1)
_KIND: SubjectKind = "reset"


def ask_for_reset(records: Records, person: Person, now: datetime) -> Reset:
    """Ask her buddies to vouch for her. Raises `Refused`; nothing has changed then."""
    refuse_while_running(records, person)
    if not person.has_codeword:
        raise Refused("reset.no_word")
    running = records.resets.of_person(person.id)
    if running is not None:
        raise Refused("reset.asked_already" if running.vouched_by is None else "reset.running", _until(running))
    buddies = _buddies(records, person.id)
    if not buddies:
        raise Refused("reset.nobody")
    reset = Reset(person.id, now + DELAY)
    records.resets.add(reset)
    records.deadlines.put(_KIND, person.id, ResetStep.LAPSE.value, reset.until)
    _tell(records, buddies, "reset.ask_buddy", reset, now)
    return reset


def stop_reset(records: Records, person_id: str, now: datetime, told: str = "reset.stopped") -> bool:
    """End it, because she said so or used her word; her buddies are told. False when there was none.

    `told`: the text with which she is told; empty when she is answered otherwise.
    """
    reset = records.resets.of_person(person_id)
    if reset is None:
        return False
    _end(records, reset)
    _tell(records, _buddies(records, person_id), "reset.stopped_buddy", reset, now)
    if told:
        Voice(records, now).to_person(person_id, Purpose.NOTICE, told)
    return True


def vouch(records: Records, pairing: Pairing, now: datetime) -> Reset:
    """A buddy has spoken with her: the day begins, and all know until when. Raises `Refused`.

    The others too, for he may hold her phone: they learn that there is another buddy, and not who.
    """
    reset = records.resets.of_person(pairing.person_id) if pairing.state is PairingState.ACTIVE else None
    facts: dict[str, Fact] = {"name": pairing.person_label}
    if reset is not None and reset.vouched_by == pairing.buddy_id:
        raise Refused("vouch.already", facts | _until(reset))
    if reset is None:
        raise Refused("vouch.nothing", facts)
    if reset.vouched_by is not None:
        raise Refused("vouch.another", facts | _until(reset))
    if may_be_anybodys(records, pairing, now):
        raise Refused("vouch.new_phone", facts)
    vouched = replace(reset, vouched_by=pairing.buddy_id, until=now + DELAY)
    records.resets.save(vouched)
    records.deadlines.put(_KIND, pairing.person_id, ResetStep.CLEAR.value, vouched.until)
    told = _until(vouched) | {"name": pairing.buddy_label}
    Voice(records, now).to_person(pairing.person_id, Purpose.NOTICE, "reset.vouched", told)
    others = [one for one in _buddies(records, pairing.person_id) if one.buddy_id != pairing.buddy_id]
    _tell(records, others, "reset.vouched_buddy", vouched, now)
    return vouched


def act_on_reset(
    records: Records, deadline: Deadline, lease: Lease, now: datetime, _: Timing, *, waited_enough: bool
) -> Acted:
    """It lapses, or her words are cleared; while a check-in of hers runs that waits for the close."""
    if not records.deadlines.still_mine(deadline, lease):
        return Acted.NOT_OURS
    reset = records.resets.of_person(deadline.subject_id)
    if reset is None:
        records.deadlines.clear(_KIND, deadline.subject_id)
        return Acted.NOT_OURS
    account = records.people.by_id(reset.person_id).account
    if not waited_enough and records.inbox.waiting_from([account], now):
        return Acted.WAITS_FOR_INBOX  # she may just be using her word
    if deadline.what == ResetStep.LAPSE or not _vouch_counts(records, reset):
        _end(records, reset)
        Voice(records, now).to_person(reset.person_id, Purpose.NOTICE, "reset.lapsed")
    elif records.check_ins.open_of(reset.person_id) is not None:
        records.deadlines.put(_KIND, reset.person_id, deadline.what, now + LOOK_AGAIN)
    else:
        _clear(records, reset, now)
    return Acted.DONE


def _vouch_counts(records: Records, reset: Reset) -> bool:
    """It may have been handled before it was noticed that his phone had become new. Who has left since may have left so
    that this is not noticed."""
    vouched = records.pairings.between(reset.person_id, reset.vouched_by) if reset.vouched_by is not None else None
    if vouched is None or vouched.state is not PairingState.ACTIVE:
        return False
    return not may_be_anybodys(records, vouched, reset.until - DELAY)


def _clear(records: Records, reset: Reset, now: datetime) -> None:
    _end(records, reset)
    records.people.set_words(reset.person_id, None, None)
    Voice(records, now).to_person(reset.person_id, Purpose.NOTICE, "reset.cleared")
    _tell(records, _buddies(records, reset.person_id), "reset.cleared_buddy", reset, now)


def _end(records: Records, reset: Reset) -> None:
    records.resets.remove(reset.person_id)
    records.deadlines.clear(_KIND, reset.person_id)


def _buddies(records: Records, person_id: str) -> list[Pairing]:
    """All of them are asked, and hear what becomes of it."""
    return records.pairings.of_person(person_id, PairingState.ACTIVE)


def _tell(records: Records, pairings: list[Pairing], text: str, reset: Reset, now: datetime) -> None:
    for pairing in pairings:
        facts = _until(reset) | {"name": pairing.person_label}
        Voice(records, now).to_person(pairing.buddy_id, Purpose.NOTICE, text, facts)


def _until(reset: Reset) -> dict[str, Fact]:
    return {"until": reset.until}
