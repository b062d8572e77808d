"""`/reopen NAME`: an alerted buddy says that it is not over after a `/resolve` (SPEC: Commands, and step 7)."""

from bot.domain.alarm import AlarmStage
from bot.domain.check_in import Stage
from bot.domain.decisions import NotPossible
from bot.domain.events import Reopen
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.open_alerts import (
    Open,
    OpenAlarm,
    example_for,
    happen_to,
    split_kind,
    the_alert_beside_alarms,
    the_open_one,
)
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, rest = split_name(written.arguments, situation.person_labels)
    kind, further = split_kind(rest)
    if name is None or further:
        raise UserMistake("open.unknown_name", {"example": example_for(COMMAND, situation)})
    return f"{name} {kind}".strip()


def _carry_out(call: Call, name: str) -> bool:
    for one in _meant(call, name):
        _reopen(call, one)
    return True


def _meant(call: Call, name: str) -> list[Open]:
    """With a timer that is paused, all of that name that is: nothing is lost by it, and were it asked which is meant,
    the phones that hear of the timer would show that there is an alarm. Raises `Refused`."""
    beside = the_alert_beside_alarms(call, name)
    if beside is None or beside[0].check_in.stage is not Stage.PAUSED:
        return [the_open_one(call, name, "reopen")]
    alert, alarms = beside
    return [alert, *(one for one in alarms if one.alarm.stage is AlarmStage.PAUSED)]


def _reopen(call: Call, one: Open) -> None:
    is_alarm = isinstance(one, OpenAlarm)
    try:
        happen_to(call, one, Reopen(call.person.id))
    except NotPossible:
        raise Refused("alarm.not_paused" if is_alarm else "reopen.not_paused", {"name": one.name}) from None
    call.answer("alarm.reopened" if is_alarm else "reopen.saved", {"name": one.name})


COMMAND = Command("reopen", "/reopen Ana", _read, _carry_out, from_new_phone=True)
