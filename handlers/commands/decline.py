"""`/decline`: no to an invitation (SPEC: Commands)."""

from bot.use_cases.pair import decline
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> None:
    if written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})


def _carry_out(call: Call, _: None) -> bool:
    pairing = decline(call.records, call.person, call.now)
    call.answer("decline.saved", {"name": pairing.person_label})
    return True


COMMAND = Command("decline", "/decline", _read, _carry_out)
