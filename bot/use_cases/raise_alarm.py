"""A sign that sets off a silent alarm, or joins the one that is open (SPEC: "Silent alarm")."""

from dataclasses import replace
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
    alarm = open_alarm(records, person_id, now, timing)
    buddies = _buddies(records, person_id)
    copy = AlarmCopy(buddies) if alarm is None else copy_of(records, alarm)
    sign = replace(sign, shown_for=tuple(buddy.buddy_id for buddy in buddies))
    plan = copy.plan if copy.buddies and alarm is not None else plan_of(records, person_id)  # else its copy is damaged
    copy = replace(copy, signs=(*copy.signs, sign), plan=plan)
    if alarm is None:
        everybody = [buddy.buddy_id for buddy in copy.buddies if records.people.is_known(buddy.buddy_id)]
    else:  # who has left it, and the phone from which an earlier word came, hear nothing of a later one either
        everybody = [watch.buddy_id for watch in alarm.watches]
    chosen = tuple(buddy_id for buddy_id in everybody if buddy_id != from_buddy) or tuple(everybody)
    if not chosen:
        if records.pairings.of_person(person_id, PairingState.ACTIVE):  # those she marked, and nobody else
            Voice(records, now).to_operator("operator.nobody_to_tell")
        return False
    alarm = _with_copy(records, alarm or _new(records.new_id(), person_id, now), copy)
    if text:
        keep_text(records, alarm, text, sign.at)
    move_alarm(records, alarm, Trigger(chosen), now, timing)
    return bool(buddies)


def _with_copy(records: Records, alarm: Alarm, copy: AlarmCopy) -> Alarm:
    """The alarm, stored with its copy. A new one also gets what she left for the check-in that runs now; what she
    leaves later has come to it by itself."""
    if alarm.watches:
        records.alarms.set_copy(alarm.id, copy)
        return alarm
    check_in = records.check_ins.open_of(alarm.person_id)
    alarm = replace(alarm, check_in_id=None if check_in is None else check_in.id)
    records.alarms.add(alarm, copy)
    copy_details(records, alarm, alarm.check_in_id)
    return alarm


def tell_of_word(records: Records, person_id: str, now: datetime, timing: Timing) -> None:
    """Her codeword came: the buddies of an open alarm learn that, and that it changes nothing."""
    alarm = open_alarm(records, person_id, now, timing)
    if alarm is not None:
        move_alarm(records, alarm, WordSent(), now, timing)


def open_alarm(records: Records, person_id: str, now: datetime, timing: Timing) -> Alarm | None:
    """The open alarm about her."""
    alarm = records.alarms.open_of(person_id)
    if alarm is None:
        return None
    alarm = without_the_gone(records, alarm, now, timing)
    return None if alarm.stage is AlarmStage.CLOSED else alarm


def _buddies(records: Records, person_id: str) -> tuple[BuddyCopy, ...]:
    pairings = records.pairings.of_person(person_id, PairingState.ACTIVE)
    return tuple(
        BuddyCopy(pairing.buddy_id, pairing.person_label, pairing.buddy_label)
        for pairing in pairings
        if not pairing.no_alarms
    )


def _new(alarm_id: str, person_id: str, now: datetime) -> Alarm:
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
    )
