"""`/ack`, or "on it": a buddy takes the open alert (SPEC: Commands, and step 6)."""

from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import Take
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.open_alerts import OpenAlert, the_open_alert
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    return written.arguments


def _carry_out(call: Call, name: str) -> bool:
    take(call, the_open_alert(call, name, "ack"))
    return True


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
