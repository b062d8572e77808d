"""A sign that sets off a silent alarm, or joins the one that is open (SPEC: "Silent alarm")."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.alarm import Alarm, AlarmCopy, AlarmStage, AlarmStep, BuddyCopy, Sign
from bot.domain.alarm_decisions import Trigger, WordSent
from bot.domain.pairing import PairingState
from bot.domain.timing import Timing
from bot.use_cases.alarm_details import copy_details, keep_text
from bot.use_cases.alarm_moving import move_alarm, without_the_gone
from bot.use_cases.alarm_scene import copy_of
from bot.use_cases.leaving_details import plan_of
from bot.use_cases.voice import Voice
from storage.records import Records


def raise_alarm(
    records: Records,
    person_id: str,
    sign: Sign,
    now: datetime,
    timing: Timing,
    *,
    text: str | None = None,
    from_buddy: str | None = None,
) -> bool:
    """Alert all her buddies, with the `text` that she sent with the sign: not those she marked, and not the one
    `from_buddy` from whose phone the sign came, unless he is the only one. To be called before anything else that the
    message brings about is queued. False: there is nobody, as far as her phone may know; an alarm that is open already
    is joined all the same, and nothing shows it.
    """
    buddies = _buddies(records, person_id)
    sign = replace(sign, shown_for=tuple(buddy.buddy_id for buddy in buddies))
    parts = _parts(records, person_id, buddies, now, timing)
    everybody = [buddy_id for part in parts for buddy_id in part.hearing]
    chosen = {buddy_id for buddy_id in everybody if buddy_id != from_buddy} or set(everybody)
    if not chosen:
        if records.pairings.of_person(person_id, PairingState.ACTIVE):  # those she marked, and nobody else
            Voice(records, now).to_operator("operator.nobody_to_tell")
        return False
    for part in parts:
        hearing = tuple(buddy_id for buddy_id in part.hearing if buddy_id in chosen)
        if part.is_new and not hearing:  # the phone from which the sign came hears nothing of later ones either
            _count_among(records, parts[0].alarm, part.copy.buddies)
            continue
        alarm = _with_sign(records, part, sign)
        sign = replace(sign, message_ms=None)  # her message is answered once, whoever is reached first
        if text:
            keep_text(records, alarm, text, sign.at)
        if hearing:
            move_alarm(records, alarm, Trigger(hearing), now, timing)
    return bool(buddies)


@dataclass(frozen=True)
class _Part:
    """An alarm that the sign joins, or begins, and which buddies hear of the sign in it."""

    alarm: Alarm
    copy: AlarmCopy
    hearing: tuple[str, ...]
    is_new: bool


def _parts(
    records: Records, person_id: str, buddies: tuple[BuddyCopy, ...], now: datetime, timing: Timing
) -> list[_Part]:
    """The open alarms as they are, and one more for buddies who are in none.

    Those were won since. Without a sign that reaches them her phone would show that an alarm is open; and in the open
    one they would read what went before, or end it, although whoever has her phone may have chosen them.
    """
    parts = []
    for alarm in open_alarms_about(records, person_id, now, timing):
        # who has left it, and the phone from which an earlier word came, hear nothing of a later one either
        hearing = tuple(watch.buddy_id for watch in alarm.watches)
        parts.append(_Part(alarm, copy_of(records, alarm), hearing, is_new=False))
    known = {buddy.buddy_id for part in parts for buddy in part.copy.buddies}
    won = tuple(buddy for buddy in buddies if buddy.buddy_id not in known)
    if won:
        ordinal = max((part.alarm.ordinal + 1 for part in parts), default=0)
        hearing = tuple(buddy.buddy_id for buddy in won if records.people.is_known(buddy.buddy_id))
        parts.append(_Part(_new(records.new_id(), person_id, now, ordinal), AlarmCopy(won), hearing, is_new=True))
    return parts


def _with_sign(records: Records, part: _Part, sign: Sign) -> Alarm:
    """The alarm, stored with the sign in its copy. A new one also gets what she left for the check-in that runs now;
    what she leaves later has come to it by itself."""
    copy = replace(part.copy, signs=(*part.copy.signs, sign))
    if not part.is_new:
        if not copy.buddies:  # it is damaged
            copy = replace(copy, plan=plan_of(records, part.alarm.person_id))
        records.alarms.set_copy(part.alarm.id, copy)
        return part.alarm
    check_in = records.check_ins.open_of(part.alarm.person_id)
    alarm = replace(part.alarm, check_in_id=None if check_in is None else check_in.id)
    records.alarms.add(alarm, replace(copy, plan=plan_of(records, alarm.person_id)))
    copy_details(records, alarm, alarm.check_in_id)
    return alarm


def _count_among(records: Records, alarm: Alarm, buddies: tuple[BuddyCopy, ...]) -> None:
    """Have an alarm know of these, who hear nothing of it."""
    copy = copy_of(records, alarm)
    records.alarms.set_copy(alarm.id, replace(copy, buddies=(*copy.buddies, *buddies)))


def tell_of_word(records: Records, person_id: str, now: datetime, timing: Timing) -> None:
    """Her codeword came: the buddies of an open alarm learn that, and that it changes nothing."""
    for alarm in open_alarms_about(records, person_id, now, timing):
        move_alarm(records, alarm, WordSent(), now, timing)


def open_alarms_about(records: Records, person_id: str, now: datetime, timing: Timing) -> list[Alarm]:
    """The open alarms about her, in the order in which they began."""
    alarms = [without_the_gone(records, alarm, now, timing) for alarm in records.alarms.open_about(person_id)]
    return [alarm for alarm in alarms if alarm.stage is not AlarmStage.CLOSED]


def _buddies(records: Records, person_id: str) -> tuple[BuddyCopy, ...]:
    pairings = records.pairings.of_person(person_id, PairingState.ACTIVE)
    return tuple(
        BuddyCopy(pairing.buddy_id, pairing.person_label, pairing.buddy_label)
        for pairing in pairings
        if not pairing.no_alarms
    )


def _new(alarm_id: str, person_id: str, now: datetime, ordinal: int) -> Alarm:
    return Alarm(
        id=alarm_id,
        person_id=person_id,
        check_in_id=None,
        stage=AlarmStage.OPEN,
        opened_at=now,
        since=now,
        operator_at=None,
        paused_at=None,
        resolved_by=None,
        step=AlarmStep.LOOK,
        step_at=now,
        ordinal=ordinal,
    )
