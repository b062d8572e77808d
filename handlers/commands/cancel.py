"""`/cancel WORD` ends the check-in of somebody who is not going after all (SPEC: Commands), like `/safe`."""

from handlers.call import UserMistake
from handlers.command import Command
from handlers.ending import Ending, end, read_ending
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> Ending:
    return read_ending(written, situation, UserMistake("unknown.wrong_form", {"example": COMMAND.example}))


COMMAND = Command(
    "cancel",
    "/cancel WORD",
    _read,
    end,
    word=lambda ending: ending.word,
    perhaps_words=lambda ending: ending.perhaps_words,
    others_words=lambda ending: ending.others,
    overheard_words=lambda ending: ending.overheard,
    in_group=True,
    counts_wrong_words=True,
)
