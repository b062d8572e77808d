"""What people who are paired call each other in commands: no two that one of them uses can be taken for each other."""

from bot.domain.names import unique_label
from bot.use_cases.alarm_scene import copy_of, name_for
from storage.records import Records


def label_of_person(records: Records, person_id: str, buddy_id: str, name: str) -> str:
    """What he calls her. An alarm about somebody else keeps the name under which it began: that is not given anew, or
    who parts from the one would leave the other."""
    others = [one.person_label for one in records.pairings.of_buddy(buddy_id) if one.person_id != person_id]
    open_about_others = [
        name_for(copy_of(records, alarm), buddy_id)
        for alarm in records.alarms.open_watched_by(buddy_id)
        if alarm.person_id != person_id
    ]
    return unique_label(name, [*others, *open_about_others])


def label_of_buddy(records: Records, person_id: str, buddy_id: str, name: str) -> str:
    """What she calls him."""
    others = [one.buddy_label for one in records.pairings.of_person(person_id) if one.buddy_id != buddy_id]
    return unique_label(name, others)
