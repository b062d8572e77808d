"""Which alarms a sign joins or begins, and who hears of it in each (SPEC: "Silent alarm").

Buddies who were won while an alarm is open are in none, and get a later one of their own. Without a sign that reaches
them her phone would show that an alarm is open; in the open one they would read what went before, or end it, although
whoever has her phone may have chosen them. For the same reason a duress word is told in the first alarm alone: a phone
that was paired by means of it must not learn what it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.domain.alarm import Alarm, AlarmCopy, AlarmStage, AlarmStep, BuddyCopy, Cause, alarm_watch
from bot.domain.pairing import Pairing, PairingState
from bot.domain.timing import Timing
from bot.use_cases.alarm_moving import without_the_gone
from bot.use_cases.alarm_scene import copy_of
from bot.use_cases.leaving_details import plan_of
from storage.records import Records


@dataclass(frozen=True)
class Part:
    """An alarm that the sign joins or begins. `hearing`: who of it hears of the sign, in order."""

    alarm: Alarm
    copy: AlarmCopy
    hearing: tuple[str, ...]
    is_new: bool = False


def parts_of(
    records: Records, person_id: str, cause: Cause, from_buddy: str | None, now: datetime, timing: Timing
) -> list[Part]:
    """The open alarms, and a new one for buddies who are in none; by their ordinals."""
    shown = shown_buddies(records, person_id)
    parts = [_open_part(records, alarm, shown) for alarm in open_alarms_about(records, person_id, now, timing)]
    if cause is not Cause.DURESS:
        won = [one for one in shown if not any(_is_told(part, one) for part in parts)]
        return _in_order([*parts, *_new_parts(records, person_id, shown, won, parts, None, now)])
    if not any(part.alarm.ordinal == 0 for part in parts):
        won = [one for one in shown if not any(_knows(part, one) for part in parts)]
        parts += _new_parts(records, person_id, shown, won, parts, from_buddy, now)
    return _with_duress(_in_order(parts), from_buddy)


def open_alarms_about(records: Records, person_id: str, now: datetime, timing: Timing) -> list[Alarm]:
    """The open alarms about her, by their ordinals."""
    alarms = [without_the_gone(records, alarm, now, timing) for alarm in records.alarms.open_about(person_id)]
    return [alarm for alarm in alarms if alarm.stage is not AlarmStage.CLOSED]


def shown_buddies(records: Records, person_id: str) -> list[Pairing]:
    """Those whom her account shows as hearing of signs: all but those she marked."""
    return [one for one in records.pairings.of_person(person_id, PairingState.ACTIVE) if not one.no_alarms]


def _open_part(records: Records, alarm: Alarm, shown: list[Pairing]) -> Part:
    """Whom it has alerted hears of the sign: not who has left it, nor the phone from which an earlier word came."""
    return Part(alarm, _whole_copy(records, alarm, shown), tuple(watch.buddy_id for watch in alarm.watches))


def _whole_copy(records: Records, alarm: Alarm, shown: list[Pairing]) -> AlarmCopy:
    """The alarm's copy. In place of a damaged one: of the first alarm all who were her buddies when it began, for
    among them may be the phone from which the word came."""
    copy = copy_of(records, alarm)
    if copy.signs:
        return copy
    known = {buddy.buddy_id for buddy in copy.buddies}
    besides = [one for one in shown if not alarm.is_later and _is_older(one, alarm) and one.buddy_id not in known]
    return replace(copy, buddies=(*copy.buddies, *_copied(besides)), plan=plan_of(records, alarm.person_id))


def _is_older(pairing: Pairing, alarm: Alarm) -> bool:
    return pairing.active_at is not None and pairing.active_at < alarm.opened_at


def _copied(pairings: Iterable[Pairing]) -> tuple[BuddyCopy, ...]:
    return tuple(BuddyCopy(one.buddy_id, one.person_label, one.buddy_label) for one in pairings)


def _is_told(part: Part, pairing: Pairing) -> bool:
    """Whether he is told in this alarm. The phone from which its word came is not: any other sign reaches it all the
    same, for it would after the codeword, and her own phone shows whether it did."""
    return alarm_watch(part.alarm, pairing.buddy_id) is not None


def _knows(part: Part, pairing: Pairing) -> bool:
    """The same, or kept from it. Who has left it is neither, once he has been won again."""
    in_copy = any(buddy.buddy_id == pairing.buddy_id for buddy in part.copy.buddies)
    return _is_told(part, pairing) or (in_copy and _is_older(pairing, part.alarm))


def _new_parts(
    records: Records,
    person_id: str,
    shown: list[Pairing],
    won: list[Pairing],
    parts: list[Part],
    from_buddy: str | None,
    now: datetime,
) -> list[Part]:
    """One for the buddies who are in none of the `parts` (`won`); none if it would have nobody to tell."""
    reachable = tuple(one.buddy_id for one in won if records.people.is_known(one.buddy_id))
    hearing = tuple(buddy_id for buddy_id in reachable if buddy_id != from_buddy)
    if not parts:  # else others hear it, and the phone from which it came need not
        hearing = hearing or reachable
    if not hearing:
        return []
    ordinal = next(free for free in count() if all(part.alarm.ordinal != free for part in parts))
    seems_larger = ordinal > 0 and len(won) < len(shown)
    alarm = _new(records, person_id, now, ordinal, seems_larger=seems_larger)
    return [Part(alarm, AlarmCopy(_copied(won), plan=plan_of(records, person_id)), hearing, is_new=True)]


def _with_duress(parts: list[Part], from_buddy: str | None) -> list[Part]:
    """A duress word is heard in the first one alone, but not on the phone from which it came, unless it is the only
    one. Where only later ones are left the lowest is the first from now on."""
    if not parts:
        return []
    first, *later = parts
    hearing = tuple(buddy_id for buddy_id in first.hearing if buddy_id != from_buddy) or first.hearing
    alarm = first.alarm if not first.alarm.is_later else replace(first.alarm, ordinal=0, seems_larger=False)
    return [replace(first, alarm=alarm, hearing=hearing), *(replace(part, hearing=()) for part in later)]


def _in_order(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: part.alarm.ordinal)


def _new(records: Records, person_id: str, now: datetime, ordinal: int, *, seems_larger: bool) -> Alarm:
    check_in = records.check_ins.open_of(person_id)
    return Alarm(
        id=records.new_id(),
        person_id=person_id,
        check_in_id=None if check_in is None else check_in.id,
        stage=AlarmStage.OPEN,
        opened_at=now,
        since=now,
        operator_at=None,
        paused_at=None,
        resolved_by=None,
        step=AlarmStep.LOOK,
        step_at=now,
        ordinal=ordinal,
        seems_larger=seems_larger,
    )
