"""`/drill`: a rehearsal with her buddies (SPEC: Commands)."""

from bot.use_cases.drilling import start_drill
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> None:
    if written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})


def _carry_out(call: Call, _: None) -> bool:
    drill = start_drill(call.records, call.person, call.records.new_id(), call.now, call.timing)
    call.answer_directly("drill.started", {"until": drill.ends_at})
    return True


COMMAND = Command("drill", "/drill", _read, _carry_out, most_an_hour=6, can_wait=True)
