"""`/reopen NAME`: an alerted buddy says that it is not over after a `/resolve` (SPEC: Commands, and step 7)."""

from bot.domain.decisions import NotPossible
from bot.domain.events import Reopen
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.open_alerts import OpenAlarm, example_for, happen_to, split_kind, the_open_one
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, rest = split_name(written.arguments, situation.person_labels)
    kind, further = split_kind(rest)
    if name is None or further:
        raise UserMistake("open.unknown_name", {"example": example_for(COMMAND, situation)})
    return f"{name} {kind}".strip()


def _carry_out(call: Call, name: str) -> bool:
    one = the_open_one(call, name, "reopen")
    is_alarm = isinstance(one, OpenAlarm)
    try:
        happen_to(call, one, Reopen(call.person.id))
    except NotPossible:
        raise Refused("alarm.not_paused" if is_alarm else "reopen.not_paused", {"name": one.name}) from None
    call.answer("alarm.reopened" if is_alarm else "reopen.saved", {"name": one.name})
    return True


COMMAND = Command("reopen", "/reopen Ana", _read, _carry_out, from_new_phone=True)
