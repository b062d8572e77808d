"""`/vouch NAME`: a buddy has heard the voice of somebody who forgot her word (SPEC: Commands, `/reset`)."""

from bot.use_cases.refused import Refused
from bot.use_cases.reset import vouch
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.open_alerts import example_for
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, rest = split_name(written.arguments, situation.person_labels)
    if name is None or rest:
        raise UserMistake("vouch.unknown_name", {"example": example_for(COMMAND, situation)})
    return name


def _carry_out(call: Call, name: str) -> bool:
    for pairing in call.records.pairings.of_buddy(call.person.id):
        if pairing.person_label == name:
            reset = vouch(call.records, pairing, call.present)  # she has the whole time to object
            call.answer_directly("vouch.saved", {"name": name, "until": reset.until})
            return True
    raise Refused("vouch.nothing", {"name": name})


COMMAND = Command("vouch", "/vouch Ana", _read, _carry_out)
