"""`/ack`, or "on it": a buddy takes the open alert (SPEC: Commands, and step 6)."""

from bot.domain.check_in import Stage, Step
from bot.domain.decisions import Impossible, NotPossible
from bot.domain.drill import Drill
from bot.domain.events import Take
from bot.domain.names import same_name
from bot.use_cases.check_in_course import move_on
from bot.use_cases.drilling import answer_drill, waits_for_answer
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.open_alerts import OpenAlert, alerts_meant, the_open_alert
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    return written.arguments


def _carry_out(call: Call, name: str) -> bool:
    drill = _drill_meant(call, name)
    if drill is not None:
        return answer_drill(call.records, drill, call.person.id, call.now, call.timing)
    take(call, the_open_alert(call, name, "ack"))
    return True


def _drill_meant(call: Call, name: str) -> Drill | None:
    """A drill that waits for his answer; an alert that he can still take comes first."""
    drills = [
        (drill, label)
        for drill, label in waits_for_answer(call.records, call.person.id)
        if not call.message.is_from_before(drill.started_at)
    ]
    alerts = alerts_meant(call)
    if name:
        if any(same_name(alert.name, name) for alert in alerts):
            return None
        return next((drill for drill, label in drills if same_name(label, name)), None)
    if any(_can_be_taken(alert, call.person.id) for alert in alerts):
        return None
    return drills[0][0] if drills else None


def _can_be_taken(alert: OpenAlert, buddy_id: str) -> bool:
    check_in = alert.check_in
    if check_in.stage is Stage.PAUSED:
        return False
    return check_in.taken_by != buddy_id or check_in.step is Step.RESUME_UNANSWERED


def take(call: Call, alert: OpenAlert) -> None:
    """He has it. Raises `Refused` when that says nothing new."""
    try:
        move_on(call.records, alert.check_in, Take(call.person.id), call.now, call.timing)
    except NotPossible as refusal:
        if refusal.why is Impossible.ALREADY_TAKEN_BY_YOU:
            raise Refused("taken.already_yours", {"name": alert.name}) from None
        pairing = call.records.pairings.between(alert.check_in.person_id, alert.check_in.resolved_by or "")
        facts = {"name": alert.name, "buddy": pairing.buddy_label if pairing else ""}
        raise Refused("taken.paused", facts) from None


COMMAND = Command("ack", "/ack", _read, _carry_out, phrases=frozenset({"on it", "i'm on it", "im on it"}))
