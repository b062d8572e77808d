"""What she left, for the buddies of an alarm: its own copy."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.alarm import Alarm
from bot.domain.details import Entry, EntryKind, Subject, SubjectKind
from bot.use_cases.alarm_scene import AlarmScene
from bot.use_cases.leaving_details import Left, tell_of
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


def take_over(records: Records, alarm: Alarm, left: Subject, known_before: Collection[str]) -> list[Entry]:
    """Give the alarm what has come there since (all but the entries `known_before`); returns what is new to it."""
    known = {entry.id for entry in _entries(records, alarm)}
    records.details.copy(left, _own(alarm), besides=known_before)
    return [entry for entry in _entries(records, alarm) if entry.id not in known]


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
