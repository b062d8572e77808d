"""A sign that sets off a silent alarm, or joins those that are open (SPEC: "Silent alarm")."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alarm import Sign, own_watches
from bot.domain.alarm_decisions import Trigger, WordSent
from bot.domain.pairing import PairingState
from bot.domain.timing import Timing
from bot.use_cases.alarm_apart import set_apart
from bot.use_cases.alarm_details import copy_details, keep_text
from bot.use_cases.alarm_moving import move_alarm
from bot.use_cases.alarm_parts import Part, open_alarms_about, parts_of, shown_buddies
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
    as_word: bool = False,
) -> bool:
    """Alert all her buddies, with the `text` that she sent with the sign: not those she marked, not the one
    `from_buddy` from whose phone the sign came, unless he is the only one, and of a duress word not those whom she
    confirmed with it. With `as_word` these learn what the codeword in its place would have told them.

    To be called before anything else that the message brings about is queued. False: there is nobody, as far as her
    phone may know; an alarm that is open already is joined all the same, and nothing shows it.
    """
    shown_for = tuple(pairing.buddy_id for pairing in shown_buddies(records, person_id))
    sign = replace(sign, shown_for=shown_for)
    parts = parts_of(records, person_id, sign.cause, from_buddy, now, timing)
    if not parts:
        if records.pairings.of_person(person_id, PairingState.ACTIVE):  # those she marked, and nobody else
            Voice(records, now).to_operator("operator.nobody_to_tell")
        return False
    sign = replace(sign, not_for=_not_for(parts, from_buddy))
    new_ones_first = sorted(set_apart(records, parts), key=lambda part: not part.is_new)
    for part in new_ones_first:  # for whether others are alerted counts for what is held back from a new phone
        alarm = part.alarm
        if part.hearing:
            _keep_sign(records, part, sign, text)
            alarm = move_alarm(records, alarm, Trigger(part.hearing), now, timing).alarm
        others = tuple(watch.buddy_id for watch in own_watches(alarm) if watch.buddy_id not in part.hearing)
        if as_word and others:
            move_alarm(records, alarm, WordSent(others), now, timing)
    return bool(shown_for)


def _not_for(parts: list[Part], from_buddy: str | None) -> tuple[str, ...]:
    """Who has an alarm about her and does not hear of the sign, and the phone from which it came: they must not learn
    of it from what is said later either."""
    known = [watch.buddy_id for part in parts for watch in own_watches(part.alarm)]
    hearing = {buddy_id for part in parts for buddy_id in part.hearing}
    return tuple(dict.fromkeys(one for one in [*known, *([from_buddy] if from_buddy else [])] if one not in hearing))


def _keep_sign(records: Records, part: Part, sign: Sign, text: str | None) -> None:
    """Store the sign in the alarm's copy, and what she wrote with it among its details."""
    alarm, copy = part.alarm, replace(part.copy, signs=(*part.copy.signs, sign))
    if part.is_new:
        records.alarms.add(alarm, copy)
        copy_details(records, alarm, alarm.check_in_id)  # what she leaves later comes to it by itself
    else:
        records.alarms.set_copy(alarm.id, copy)
    if text:
        keep_text(records, alarm, text, sign.at)


def tell_of_word(records: Records, person_id: str, now: datetime, timing: Timing) -> None:
    """Her codeword came: the buddies of the open alarms learn that, and that it changes nothing."""
    for alarm in open_alarms_about(records, person_id, now, timing):
        move_alarm(records, alarm, WordSent(), now, timing)
