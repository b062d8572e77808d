"""What she left, for the buddies of an alarm: its own copy, and what comes to it later."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.alarm import Alarm, own_watches
from bot.domain.details import Entry, EntryKind, Subject, SubjectKind
from bot.domain.outgoing import Purpose
from bot.domain.timing import Timing
from bot.use_cases.alarm_new_phones import holds_back, keep_held_back, with_news
from bot.use_cases.alarm_scene import AlarmScene, copy_of, name_for
from bot.use_cases.alerting import hand_over
from bot.use_cases.leaving_details import Left, tell_added, tell_of
from bot.use_cases.voice import Voice
from storage.records import Records


def copy_details(records: Records, alarm: Alarm, check_in_id: str | None) -> None:
    """Give the alarm what she left for the check-in that runs, or what waits for the next one."""
    left = Subject(SubjectKind.WAITING, alarm.person_id)
    if check_in_id is not None:
        left = Subject(SubjectKind.CHECK_IN, check_in_id)
    records.details.copy(left, _own(alarm))


def share_details(records: Records, alarm: Alarm, to: Alarm) -> None:
    """Give another alarm all that this one has."""
    records.details.copy(_own(alarm), _own(to))


def keep_text(records: Records, alarm: Alarm, text: str, at: datetime) -> None:
    """Give it what she wrote with a sign."""
    records.details.add(_own(alarm), EntryKind.NOTE, at, text)


def add_to_alarm(
    records: Records, person_id: str, left: Subject, known_before: Collection[str], now: datetime, timing: Timing
) -> None:
    """What she leaves while an alarm about her is open (all of `left` but the entries `known_before`): the alarm gets
    its own copy, and all its buddies are told."""
    for alarm in records.alarms.open_about(person_id):
        _add(records, alarm, left, known_before, now, timing)


def _add(
    records: Records, alarm: Alarm, left: Subject, known_before: Collection[str], now: datetime, timing: Timing
) -> None:
    known = {entry.id for entry in _entries(records, alarm)}
    records.details.copy(left, _own(alarm), besides=known_before)
    fresh = [entry for entry in _entries(records, alarm) if entry.id not in known]
    if not fresh:
        return
    alarm = with_news(records, alarm, now)
    copy, voice = copy_of(records, alarm), Voice(records, now, alarm.id)
    held_back = {
        watch.buddy_id
        for watch in own_watches(alarm)
        if watch.held_back or holds_back(records, alarm, watch, now, timing)
    }
    # It follows with the rest, if that does.
    keep_held_back(records, alarm, dict.fromkeys(held_back, True), now, timing)
    for watch in own_watches(alarm):
        if records.people.is_known(watch.buddy_id) and watch.buddy_id not in held_back:
            names = {"name": name_for(copy, watch.buddy_id)}
            hand_over(voice, watch.buddy_id, tell_added(names, fresh), Purpose.ALERT_ADDITION)


def left_for(scene: AlarmScene, buddy_id: str) -> Left:
    """What one of its buddies is told of all that."""
    return tell_of(scene.names(buddy_id), _entries(scene.records, scene.after), scene.copy.plan)


def erase_details(records: Records, alarm: Alarm) -> None:
    """It is over."""
    records.details.erase(_own(alarm))


def _entries(records: Records, alarm: Alarm) -> list[Entry]:
    return records.details.of(_own(alarm))


def _own(alarm: Alarm) -> Subject:
    return Subject(SubjectKind.ALARM, alarm.id)
