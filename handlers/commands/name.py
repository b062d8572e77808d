"""`/name Ana`: how others see me (SPEC: Commands)."""

from bot.domain.folding import NameFault, NameRefused
from bot.domain.names import chosen_name
from bot.use_cases.rename import rename
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    try:
        return chosen_name(written.arguments)
    except NameRefused as refusal:
        raise UserMistake("name.keyword" if refusal.reason is NameFault.RESERVED else "name.refused") from None


def _carry_out(call: Call, name: str) -> bool:
    rename(call.records, call.person, name, call.now)
    steps = next_step(call)
    zone = ["tz.not_chosen"] if steps and call.person.zone is None else []
    call.answer("|".join(["name.saved", *zone, *steps]), {"name": name, "zone": call.zone.key})
    return True


def next_step(call: Call) -> list[str]:
    """What she may want to do next while she is being set up; nothing once she is."""
    if call.records.pairings.of_buddy(call.person.id):
        return []
    if not call.person.has_codeword:
        return ["help.first_word"]
    return [] if call.records.pairings.of_person(call.person.id) else ["help.first_buddy"]


COMMAND = Command("name", "/name Ana", _read, _carry_out, most_an_hour=10, can_wait=True)
