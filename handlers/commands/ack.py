"""`/ack`, or "on it": a buddy takes the open alert (SPEC: Commands, and step 6)."""

from bot.domain.alarm import AlarmStage, WatchStep
from bot.domain.check_in import Stage, Step
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.drill import Drill
from bot.domain.events import Take
from bot.domain.keywords import KINDS
from bot.domain.names import look_alike
from bot.use_cases.alarm_scene import copy_of, label_of
from bot.use_cases.drilling import answer_drill, waits_for_answer
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.open_alerts import (
    Open,
    OpenAlarm,
    OpenAlert,
    examples,
    happen_to,
    open_and_meant,
    the_alert_beside_alarms,
    the_open_one,
)
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    return written.arguments


def _carry_out(call: Call, name: str) -> bool:
    meant = _drill_meant(call, name)
    if meant is None:
        _take_what_is_meant(call, name)
        return True
    drill, label = meant
    answered = answer_drill(call.records, drill, call.person.id, call.now, call.timing)
    if _takes_alarm_too(call, drill, label, name):
        try:
            _take(call, the_open_one(call, name, "ack"))
        except Refused as refused:  # the drill is answered all the same, or her phone would show that one is open
            call.answer(refused.text, refused.facts)
    return answered


def _take_what_is_meant(call: Call, name: str) -> None:
    """With a timer's alert that he can take, and alarms, he takes the first, and is asked about the others: nobody who
    hears who has the timer may learn by it of an alarm. Where another has it, he may just as well mean an alarm, and is
    asked which. Raises `Refused`."""
    beside = the_alert_beside_alarms(call, name)
    if beside is None or not _comes_first(beside[0], call.person.id):
        _take(call, the_open_one(call, name, "ack"))
        return
    alert, alarms = beside
    _take(call, alert)
    left = [one for one in alarms if _can_be_taken(one, call.person.id)]
    if left:
        names = ", ".join(dict.fromkeys(one.name for one in left))
        ways = examples(call, "ack", left, [alert, *alarms])
        call.answer("taken.alert_only", {"name": alert.name, "names": names, "examples": ways})


def _comes_first(alert: OpenAlert, buddy_id: str) -> bool:
    return _can_be_taken(alert, buddy_id) and alert.check_in.taken_by in (None, buddy_id)


def _takes_alarm_too(call: Call, drill: Drill, label: str, name: str) -> bool:
    """With an alarm open one answer counts for both: were the drill left unanswered, the phone on which it was started
    would show that something else is open. A name means alarms about her alone whose drill it is."""
    return any(
        isinstance(one, OpenAlarm) and _can_be_taken(one, call.person.id) and (not name or _is_about(one, drill, label))
        for one in open_and_meant(call)
    )


def _is_about(one: Open, drill: Drill, label: str) -> bool:
    """Also where he only calls them the same: she may have been erased, and paired anew."""
    return isinstance(one, OpenAlarm) and (one.alarm.person_id == drill.person_id or look_alike(one.name, label))


def _drill_meant(call: Call, name: str) -> tuple[Drill, str] | None:
    """A drill that waits for his answer, and what he calls her; a timer's alert that he can still take comes first, and
    so does what is open about somebody else whom he names. An alarm puts no drill off: that would show."""
    drills = [
        (drill, label)
        for drill, label in waits_for_answer(call.records, call.person.id)
        if not call.message.is_from_before(drill.started_at, call.present)
    ]
    every = open_and_meant(call)
    for drill, label in drills:
        if name:
            others = [one for one in every if not _is_about(one, drill, label)]
            stands_back = not _names(label, name) or any(look_alike(one.name, name) for one in others)
        else:
            stands_back = any(isinstance(one, OpenAlert) and _can_be_taken(one, call.person.id) for one in every)
        if not stands_back:
            return drill, label
    return None


def _names(label: str, name: str) -> bool:
    """By her name alone, or as an alarm about her is named."""
    return look_alike(label, name) or any(
        look_alike(f"{label} {kind}", name[: len(label) + 1 + len(kind)]) for kind in KINDS[1:]
    )


def _can_be_taken(one: Open, buddy_id: str) -> bool:
    if isinstance(one, OpenAlarm):
        return one.alarm.stage is AlarmStage.OPEN and (one.watch.taken_at is None or one.watch.step is WatchStep.RESUME)
    check_in = one.check_in
    if check_in.stage is Stage.PAUSED:
        return False
    return check_in.taken_by != buddy_id or check_in.step is Step.RESUME_UNANSWERED


def _take(call: Call, one: Open) -> None:
    """He has it. Raises `Refused` when that says nothing new."""
    try:
        happen_to(call, one, Take(call.person.id))
    except NotPossible as refusal:
        if refusal.why is Impossible.ALREADY_TAKEN_BY_YOU:
            raise Refused("taken.already_yours", {"name": one.name}) from None
        raise Refused(*_paused(call, one)) from None


def _paused(call: Call, one: Open) -> tuple[str, dict[str, str]]:
    if (one.alarm if isinstance(one, OpenAlarm) else one.check_in).resolved_by == call.person.id:
        return "taken.paused_yours", {"name": one.name}
    if isinstance(one, OpenAlarm):
        resolver = label_of(copy_of(call.records, one.alarm), one.alarm.resolved_by)
        return "alarm.paused", {"name": one.name, "buddy": resolver}
    pairing = call.records.pairings.between(one.check_in.person_id, one.check_in.resolved_by or "")
    return "taken.paused", {"name": one.name, "buddy": pairing.buddy_label if pairing else ""}


COMMAND = Command(
    "ack", "/ack", _read, _carry_out, phrases=frozenset({"on it", "i'm on it", "im on it"}), from_new_phone=True
)
