"""`/reopen NAME`: an alerted buddy says that it is not over after a `/resolve` (SPEC: Commands, and step 7)."""

from bot.domain.decisions import NotPossible
from bot.domain.events import Reopen
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.open_alerts import example_for, the_open_alert
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, rest = split_name(written.arguments, situation.person_labels)
    if name is None or rest:
        raise UserMistake("open.unknown_name", {"example": example_for(COMMAND, situation)})
    return name


def _carry_out(call: Call, name: str) -> bool:
    alert = the_open_alert(call, name, "reopen")
    try:
        move_on(call.records, alert.check_in, Reopen(call.person.id), call.now, call.timing)
    except NotPossible:
        raise Refused("reopen.not_paused", {"name": alert.name}) from None
    call.answer("reopen.saved", {"name": alert.name})
    return True


COMMAND = Command("reopen", "/reopen Ana", _read, _carry_out)
