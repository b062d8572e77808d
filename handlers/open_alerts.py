"""What is open for a buddy: alerts of check-ins, and alarms. Used by the buddy's commands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.alarm import Alarm, AlarmWatch, alarm_watch
from bot.domain.check_in import CheckIn, Stage, Watch
from bot.domain.events import GiveBack, Reopen, Resolve, SayElse, Take
from bot.domain.folding import fold
from bot.domain.keywords import KINDS
from bot.domain.names import look_alike, same_name
from bot.domain.watching import alerted
from bot.use_cases.alarm_moving import move_alarm
from bot.use_cases.alarm_scene import copy_of, name_for
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.situation import Situation
from storage.records import Records

_ALERTED = (Stage.OVERDUE, Stage.TAKEN, Stage.PAUSED)
_BEGAN = re.compile(r"(\d{1,2}:\d{2}(?: \d{1,2}\b)?) ?")


@dataclass(frozen=True)
class OpenAlert:
    """A check-in for which this buddy has been alerted; `name` is what he calls the person."""

    check_in: CheckIn
    watch: Watch
    name: str
    kind: str = KINDS[0]


@dataclass(frozen=True)
class OpenAlarm:
    """An alarm for which this buddy has been alerted; `name` is what he called the person when it began."""

    alarm: Alarm
    watch: AlarmWatch
    name: str
    kind: str = KINDS[1]


Open = OpenAlert | OpenAlarm


def open_alerts(records: Records, buddy_id: str) -> list[OpenAlert]:
    """Of check-ins, oldest first."""
    found = []
    for check_in in records.check_ins.open_watched_by(buddy_id):
        watch = next((watch for watch in alerted(check_in) if watch.buddy_id == buddy_id), None)
        pairing = records.pairings.between(check_in.person_id, buddy_id)
        if watch is not None and pairing is not None and check_in.stage in _ALERTED:
            found.append(OpenAlert(check_in, watch, pairing.person_label))
    return found


def open_alarms(records: Records, buddy_id: str) -> list[OpenAlarm]:
    """Oldest first."""
    found = []
    for alarm in records.alarms.open_watched_by(buddy_id):
        watch = alarm_watch(alarm, buddy_id)
        if watch is not None:
            found.append(OpenAlarm(alarm, watch, name_for(copy_of(records, alarm), buddy_id)))
    return found


def everything_open(records: Records, buddy_id: str) -> list[Open]:
    """Alerts, then alarms."""
    return [*open_alerts(records, buddy_id), *open_alarms(records, buddy_id)]


def open_and_meant(call: Call) -> list[Open]:
    """What the message can mean: it is not older than that, and he can have heard of it."""
    found = everything_open(call.records, call.person.id)
    return [
        one
        for one in found
        if not call.message.is_from_before(_began(one), call.present) and _can_have_heard_of_it(call, one)
    ]


def _can_have_heard_of_it(call: Call, one: Open) -> bool:
    """An alarm of which no alert to him was ever tried must not end by what he wrote about something else. A check-in
    does not end without her word, whatever he says."""
    return isinstance(one, OpenAlert) or call.records.outbox.alert_was_tried(one.alarm.id, call.person.id)


def happen_to(call: Call, one: Open, event: Take | GiveBack | SayElse | Resolve | Reopen) -> None:
    """Let it happen to the alert or the alarm. Raises `NotPossible`.

    Everything counts from when it is told to the others, also where the message had to wait.
    """
    if isinstance(one, OpenAlarm):
        move_alarm(call.records, one.alarm, event, call.present, call.timing)
    else:
        move_on(call.records, one.check_in, event, call.present, call.timing)


def the_open_one(call: Call, name: str, command: str, nothing_open: str = "taken.nothing_open") -> Open:
    """The one that is meant by a name, perhaps with its kind, or by nothing.

    Raises `Refused`: none open, none of that name, or several. With an alert and an alarm about one person, or about
    two whose names look alike, it is asked which is meant, and both go on: whom a name as written fits he cannot see.
    """
    every = open_and_meant(call)
    if not every:
        raise Refused(nothing_open)
    found = _meant_by(call, name, every)
    if not found:
        raise Refused("open.unknown_name", {"example": f"/{command} {every[0].name}"})
    if len(found) > 1:
        raise Refused("taken.which", {"examples": examples(call, command, found, found)})
    return found[0]


def the_alert_beside_alarms(call: Call, name: str) -> tuple[OpenAlert, list[OpenAlarm]] | None:
    """The only timer's alert that is meant by a name, or by nothing, and the alarms that may be meant as well.

    For what can be said about the alert without harm to these: were it left undone because of an alarm, the phones
    that hear of the alert would show that there is one.
    """
    found = _meant_by(call, name, open_and_meant(call))
    alerts = [one for one in found if isinstance(one, OpenAlert)]
    return (alerts[0], [one for one in found if isinstance(one, OpenAlarm)]) if len(alerts) == 1 else None


def examples(call: Call, command: str, ones: Sequence[Open], others: Sequence[Open]) -> str:
    """How he says which of them he means, told apart from `others`."""
    return ", ".join(f"/{command} {_told_apart(call, one, others)}" for one in ones)


def alarms_meant(call: Call, name: str) -> list[OpenAlarm]:
    """The open alarms that a name may mean as somebody reads it, perhaps with the kind, and when it began."""
    alarms = open_alarms(call.records, call.person.id)
    return [one for one in alarms if _is_meant(call, one, name, alarms)]


def ways_with_kind(call: Call, command: str, alarms: Sequence[OpenAlarm]) -> str:
    """How he says that he means one of these alarms, and not somebody else of that name."""
    every = open_alarms(call.records, call.person.id)
    names = [
        _told_apart(call, one, every) if len(_alike(one, every)) > 1 else f"{one.name} {one.kind}" for one in alarms
    ]
    return ", ".join(f"/{command} {name}" for name in names)


def split_kind(rest: str) -> tuple[str, str]:
    """The kind, perhaps with when it began, with which what follows a name begins ("" for none), and what follows."""
    kind, _, further = rest.partition(" ")
    if fold(kind) not in KINDS:
        return "", rest
    began = _BEGAN.match(further)
    return (f"{fold(kind)} {began[1]}", further[began.end() :]) if began else (fold(kind), further)


def example_for(command: Command, situation: Situation) -> str:
    """How a command with a name is written, with the name of somebody whose buddy the writer is."""
    return f"/{command.name} {situation.person_labels[0]}" if situation.person_labels else command.example


def _began(one: Open) -> datetime:
    return one.watch.alerted_at if isinstance(one, OpenAlarm) else one.check_in.started_at


def _meant_by(call: Call, name: str, every: Sequence[Open]) -> list[Open]:
    """By what he called her when it began; if nothing is open for that name, by what he calls her now."""
    return [one for one in every if not name or _is_meant(call, one, name, every)] or [
        one for one in every if _is_meant_by_her_new_name(call, one, name)
    ]


def _is_meant_by_her_new_name(call: Call, one: Open, name: str) -> bool:
    if not isinstance(one, OpenAlarm):
        return False
    pairing = call.records.pairings.between(one.alarm.person_id, call.person.id)
    label = "" if pairing is None else pairing.person_label
    return bool(label) and any(same_name(way, name) for way in (label, f"{label} {one.kind}"))


def _is_meant(call: Call, one: Open, name: str, every: Sequence[Open]) -> bool:
    ways = (one.name, f"{one.name} {one.kind}", f"{one.name} {one.kind} {_when(call, one, every)}")
    return any(look_alike(way, name) for way in ways)


def _told_apart(call: Call, one: Open, others: Sequence[Open]) -> str:
    """By its kind, and by when it began where two alarms are open about people of one name, or about one person who was
    paired anew."""
    if len(_alike(one, others)) > 1:
        return f"{one.name} {one.kind} {_when(call, one, others)}"
    is_twice = sum(look_alike(one.name, other.name) for other in others) > 1
    return f"{one.name} {one.kind}" if is_twice else one.name


def _when(call: Call, one: Open, others: Sequence[Open]) -> str:
    """When it began, in his zone; of those of one minute with a number too."""
    minute = _minute(call, one)
    same = [other for other in _alike(one, others) if _minute(call, other) == minute]
    return minute if len(same) == 1 else f"{minute} {same.index(one) + 1}"


def _minute(call: Call, one: Open) -> str:
    began = one.alarm.opened_at if isinstance(one, OpenAlarm) else one.check_in.started_at
    return f"{began.astimezone(call.zone):%H:%M}"


def _alike(one: Open, others: Sequence[Open]) -> list[Open]:
    """Those of one kind whose names look the same, oldest first."""
    return [other for other in others if other.kind == one.kind and look_alike(other.name, one.name)]
