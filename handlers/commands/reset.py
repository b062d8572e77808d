"""`/reset`: she has forgotten her word (SPEC: Commands); `/reset stop` ends it."""

from bot.domain.folding import fold
from bot.use_cases.refused import Refused
from bot.use_cases.reset import ask_for_reset, stop_reset
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation

_STOP = "stop"


def _read(written: Written, _: Situation) -> bool:
    """Whether it is to be stopped."""
    if not written.arguments:
        return False
    if fold(written.arguments) != _STOP:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    return True


def _carry_out(call: Call, stop: bool) -> bool:
    if stop:
        if not stop_reset(call.records, call.person.id, call.now, told=""):
            raise Refused("reset.none")
        call.answer_directly("reset.stopped")
        return True
    reset = ask_for_reset(call.records, call.person, call.now)
    call.answer_directly("reset.asked", {"until": reset.until})
    return True


COMMAND = Command(
    "reset",
    "/reset",
    _read,
    _carry_out,
    from_new_phone=True,
    most_an_hour=6,
    counted_by=lambda _, stop: None if stop else "",  # whoever has her phone may have asked as often as it goes
)
