"""`/resolve NAME`: an alerted buddy has spoken with her (SPEC: Commands, and step 7)."""

from bot.domain.decisions import NotPossible
from bot.domain.events import Resolve
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.open_alerts import OpenAlarm, example_for, happen_to, split_kind, the_open_one
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, rest = split_name(written.arguments, situation.person_labels)
    if name is None:
        raise UserMistake("open.unknown_name", {"example": example_for(COMMAND, situation)})
    kind, _ = split_kind(rest)
    return f"{name} {kind}".strip()


def _carry_out(call: Call, name: str) -> bool:
    one = the_open_one(call, name, "resolve")
    try:
        happen_to(call, one, Resolve(call.person.id))
    except NotPossible:
        raise Refused("resolve.paused_already", {"name": one.name}) from None
    return True


def _subject_for_others(call: Call, name: str) -> str | None:
    """Which alert or alarm it is. An alarm's only buddy wears nobody out; of an alert she is asked for her word."""
    one = the_open_one(call, name, "resolve")
    if not isinstance(one, OpenAlarm):
        return one.check_in.id
    return one.alarm.id if len(one.alarm.watches) > 1 else None


COMMAND = Command(
    "resolve",
    "/resolve Ana",
    _read,
    _carry_out,
    from_new_phone=True,
    most_an_hour=6,  # with /reopen, which works always, each tells her, or all others, once more
    counted_by=_subject_for_others,
    too_often="resolve.too_often",
)
