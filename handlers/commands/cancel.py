"""`/cancel WORD` ends the check-in of somebody who is not going after all (SPEC: Commands)."""

from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.ending import end_with_word
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    if not written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    return written.arguments


def _carry_out(call: Call, _: str) -> bool:
    return end_with_word(call)


COMMAND = Command("cancel", "/cancel WORD", _read, _carry_out, word=lambda word: word, in_group=True)
