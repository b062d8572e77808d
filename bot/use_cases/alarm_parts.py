"""Which alarms a sign joins or begins, and who hears of it in each (SPEC: "Silent alarm").

Buddies who were won while an alarm is open are in none, and get a later one of their own. Without a sign that reaches
them her phone would show that an alarm is open; in the open one they would read what went before, or end it, although
whoever has her phone may have chosen them. A duress word is kept from a phone that was paired by means of it, or on
which she wrote it: that must not learn what it is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.domain.alarm import (
    Alarm,
    AlarmCopy,
    AlarmStage,
    AlarmStep,
    AlarmWatch,
    BuddyCopy,
    Cause,
    WatchStep,
    own_watch,
    own_watches,
)
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
    """The open alarms, and a new one for buddies who are in none; in order.

    A duress word is heard by all who cannot have been chosen by whoever makes her use it: each in his open alarm, or in
    a new one. Only where there is nobody of that kind do others hear it.
    """
    shown = shown_buddies(records, person_id)
    parts = [_open_part(records, alarm, shown) for alarm in open_alarms_about(records, person_id, now, timing)]
    beginning = _Beginning(records, person_id, shown, parts, now)
    if cause is not Cause.DURESS:
        won = [one for one in shown if not any(_is_told(part, one) for part in parts)]
        return _undivided(_in_order([*parts, *beginning.of(won)]), shown, (), now + timing.repeat)
    won = [one for one in shown if not any(_knows(part, one) for part in parts)]
    chosen = _perhaps_chosen(records, person_id, parts, shown)
    written_on = _written_on(parts, shown, from_buddy)
    heard = [_unheard_by(part, chosen | written_on) for part in parts]
    heard += beginning.of([one for one in won if one.buddy_id not in chosen], besides=written_on)
    if any(part.hearing for part in heard):
        return _undivided(_with_a_first(_in_order(heard)), shown, written_on, now + timing.repeat)
    return _undivided(_heard_by_others(beginning, won, from_buddy), shown, written_on, now + timing.repeat)


def open_alarms_about(records: Records, person_id: str, now: datetime, timing: Timing) -> list[Alarm]:
    """The open alarms about her, by their ordinals."""
    alarms = [without_the_gone(records, alarm, now, timing) for alarm in records.alarms.open_about(person_id)]
    return [alarm for alarm in alarms if alarm.stage is not AlarmStage.CLOSED]


def shown_buddies(records: Records, person_id: str) -> list[Pairing]:
    """Those whom her account shows as hearing of signs: all but those she marked."""
    return [one for one in records.pairings.of_person(person_id, PairingState.ACTIVE) if not one.no_alarms]


def _open_part(records: Records, alarm: Alarm, shown: list[Pairing]) -> Part:
    """Whom it has alerted hears of the sign: not who has left it, nor the phone from which an earlier word came."""
    return Part(alarm, _whole_copy(records, alarm, shown), tuple(watch.buddy_id for watch in own_watches(alarm)))


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
    return own_watch(part.alarm, pairing.buddy_id) is not None


def _knows(part: Part, pairing: Pairing) -> bool:
    """The same, or kept from it. Who has left it is neither, once he has been won again."""
    in_copy = any(buddy.buddy_id == pairing.buddy_id for buddy in part.copy.buddies)
    return _is_told(part, pairing) or (in_copy and _is_older(pairing, part.alarm))


def _perhaps_chosen(records: Records, person_id: str, parts: list[Part], shown: list[Pairing]) -> set[str]:
    """Whom she confirmed with her duress word. Where that is not known: who was won since one that is open began."""
    found = {one.buddy_id for one in shown if _is_perhaps_chosen(one, parts)}
    for part in parts:
        for buddy_id in part.hearing:
            pairing = records.pairings.between(person_id, buddy_id)
            if part.alarm.is_later if pairing is None else _is_perhaps_chosen(pairing, parts):
                found.add(buddy_id)
    return found


def _is_perhaps_chosen(pairing: Pairing, parts: list[Part]) -> bool:
    if pairing.by_duress is not None:
        return pairing.by_duress
    return any(not _is_older(pairing, part.alarm) for part in parts)


def _written_on(parts: list[Part], shown: list[Pairing], from_buddy: str | None) -> set[str]:
    """On whose phones she wrote her word, now or since one that is open began: also the next one must not tell them
    what it was."""
    signs = [sign for part in parts for sign in part.copy.signs if sign.cause is Cause.DURESS]
    earlier = {buddy_id for sign in signs for buddy_id in sign.not_for}
    left_out = {one.buddy_id for one in shown for part in parts if _knows(part, one) and not _is_told(part, one)}
    return earlier | left_out | ({from_buddy} if from_buddy else set())


def _unheard_by(part: Part, spared: set[str]) -> Part:
    return replace(part, hearing=tuple(buddy_id for buddy_id in part.hearing if buddy_id not in spared))


@dataclass(frozen=True)
class _Beginning:
    """What a new alarm about her is made of, beside the `parts` that are open. `shown`: whom her account shows."""

    records: Records
    person_id: str
    shown: list[Pairing]
    parts: list[Part]
    now: datetime

    def of(self, won: list[Pairing], besides: Collection[str] = ()) -> list[Part]:
        """One for those of `won` who are not `besides`; none if it would have nobody to tell."""
        reachable = [one.buddy_id for one in won if self.records.people.is_known(one.buddy_id)]
        hearing = tuple(buddy_id for buddy_id in reachable if buddy_id not in besides)
        if not hearing:
            return []
        ordinal = next(free for free in count() if all(part.alarm.ordinal != free for part in self.parts))
        alarm = _new(self.records, self.person_id, self.now, ordinal)
        copy = AlarmCopy(_copied(won), plan=plan_of(self.records, self.person_id))
        return [Part(alarm, copy, hearing, is_new=True)]


def _heard_by_others(beginning: _Beginning, won: list[Pairing], from_buddy: str | None) -> list[Part]:
    """A duress word that nobody else can hear: it is heard in one alone, the first in which there is somebody besides
    the phone from which it came; on that only where there is no other."""
    parts, phone = beginning.parts, {from_buddy} if from_buddy else set()
    has_first = any(part.alarm.ordinal == 0 for part in parts)
    if not has_first or not any(_unheard_by(part, phone).hearing for part in parts):
        parts = [*parts, *(beginning.of(won, besides=phone) or ([] if parts else beginning.of(won)))]
    if not parts:
        return []
    parts = _with_a_first(_in_order(parts))
    without_phone = [_unheard_by(part, phone) for part in parts]
    told = next((place for place, part in enumerate(without_phone) if part.hearing), None)
    if told is None:
        return [parts[0], *(replace(part, hearing=()) for part in parts[1:])]
    return [part if place == told else replace(part, hearing=()) for place, part in enumerate(without_phone)]


def _with_a_first(parts: list[Part]) -> list[Part]:
    """Where only later ones are left the lowest is the first from now on."""
    first, *later = parts
    alarm = replace(first.alarm, ordinal=0, watches=tuple(own_watches(first.alarm)))
    return [replace(first, alarm=alarm), *later]


def _undivided(parts: list[Part], shown: list[Pairing], besides: Collection[str], look_at: datetime) -> list[Part]:
    """To the buddies of a later one it must look undivided: those of the earlier ones whom her account shows count in
    it; of those on whose phones she wrote the word that is told in it, only who counted before."""
    found: list[Part] = []
    for part in parts:
        told_by = {buddy_id: other.alarm.id for other in found for buddy_id in _buddies_of(other)}
        showing = [one for one in shown if one.buddy_id not in besides]
        found.append(_with_others(part, showing, told_by, look_at) if part.hearing else part)
    return found


def _with_others(part: Part, shown: list[Pairing], told_by: dict[str, str], look_at: datetime) -> Part:
    own = own_watches(part.alarm)
    counted = [watch for watch in part.alarm.watches if watch.elsewhere and watch.buddy_id in told_by]
    known = {watch.buddy_id for watch in (*own, *counted)}
    fresh = [one for one in shown if one.buddy_id in told_by and one.buddy_id not in known]
    others = [
        *(replace(watch, elsewhere=told_by[watch.buddy_id]) for watch in counted),
        *(
            _counting(one.buddy_id, place, told_by[one.buddy_id], look_at)
            for place, one in enumerate(fresh, len(known))
        ),
    ]
    alarm = replace(part.alarm, watches=(*own, *others))
    return replace(part, alarm=alarm, copy=replace(part.copy, others=(*part.copy.others, *_copied(fresh))))


def _counting(buddy_id: str, position: int, elsewhere: str, look_at: datetime) -> AlarmWatch:
    return AlarmWatch(buddy_id, position, look_at, look_at, 0, WatchStep.REPEAT, look_at, elsewhere=elsewhere)


def _buddies_of(part: Part) -> list[str]:
    return [*(watch.buddy_id for watch in own_watches(part.alarm)), *part.hearing]


def _in_order(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: part.alarm.rank)


def _new(records: Records, person_id: str, now: datetime, ordinal: int) -> Alarm:
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
    )
