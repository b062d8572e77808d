"""`/back`: a buddy is available again (SPEC: Commands)."""

from bot.use_cases.availability import come_back
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> None:
    if written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})


def _carry_out(call: Call, _: None) -> bool:
    come_back(call.records, call.person, call.now)
    call.answer_directly("back.saved")
    return True


COMMAND = Command("back", "/back", _read, _carry_out)
