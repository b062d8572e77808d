"""`/ack`, or "on it": a buddy takes the open alert (SPEC: Commands, and step 6)."""

from bot.domain.decisions import Impossible, NotPossible
from bot.domain.events import Take
from bot.use_cases.alarm_scene import copy_of, label_of
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.open_alerts import Open, OpenAlarm, happen_to, the_open_one
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    return written.arguments


def _carry_out(call: Call, name: str) -> bool:
    _take(call, the_open_one(call, name, "ack"))
    return True


def _take(call: Call, one: Open) -> None:
    """He has it. Raises `Refused` when that says nothing new."""
    try:
        happen_to(call, one, Take(call.person.id))
    except NotPossible as refusal:
        if refusal.why is Impossible.ALREADY_TAKEN_BY_YOU:
            raise Refused("taken.already_yours", {"name": one.name}) from None
        raise Refused(*_paused(call, one)) from None


def _paused(call: Call, one: Open) -> tuple[str, dict[str, str]]:
    if isinstance(one, OpenAlarm):
        resolver = label_of(copy_of(call.records, one.alarm), one.alarm.resolved_by)
        return "alarm.paused", {"name": one.name, "buddy": resolver}
    pairing = call.records.pairings.between(one.check_in.person_id, one.check_in.resolved_by or "")
    return "taken.paused", {"name": one.name, "buddy": pairing.buddy_label if pairing else ""}


COMMAND = Command("ack", "/ack", _read, _carry_out, phrases=frozenset({"on it", "i'm on it", "im on it"}))
