"""`/resolve NAME`: an alerted buddy has spoken with her (SPEC: Commands, and step 7)."""

from bot.domain.decisions import NotPossible
from bot.domain.events import Resolve
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.open_alerts import example_for, the_open_alert
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, _ = split_name(written.arguments, situation.person_labels)
    if name is None:
        raise UserMistake("open.unknown_name", {"example": example_for(COMMAND, situation)})
    return name


def _carry_out(call: Call, name: str) -> bool:
    alert = the_open_alert(call, name, "resolve")
    try:
        move_on(call.records, alert.check_in, Resolve(call.person.id), call.now, call.timing)
    except NotPossible:
        raise Refused("resolve.paused_already", {"name": alert.name}) from None
    return True


COMMAND = Command("resolve", "/resolve Ana", _read, _carry_out)
