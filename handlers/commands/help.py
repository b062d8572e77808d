"""`/help [command]`: what makes sense for this person now, then the rest by name (SPEC: Commands)."""

from bot.domain.check_in import Stage
from bot.domain.folding import fold
from bot.domain.outgoing import Fact
from bot.domain.pairing import PairingState
from handlers.call import Call, UserMistake
from handlers.command import Command, find_commands
from handlers.open_alerts import OpenAlarm, everything_open
from handlers.parsing import Written
from handlers.situation import Situation
from handlers.suggestions import nearest


def _read(written: Written, situation: Situation) -> str | None:
    if not written.arguments:
        return None
    name = fold(written.arguments).removeprefix("/")
    if name in find_commands():
        return name
    if situation.running is not None:  # perhaps a cry
        raise UserMistake("help.or_sos")
    near = nearest(name, find_commands())
    if near is None:
        raise UserMistake("unknown.message")
    raise UserMistake("unknown.command", {"example": f"/help {near}"})


def _carry_out(call: Call, name: str | None) -> bool:
    if name is not None:
        call.answer(find_commands()[name].help_text)
        return False
    texts, facts = _now(call)
    others = ", ".join(f"/{command}" for command in find_commands() if command != "help")
    call.answer("|".join([*texts, "help.others", "help.limits"]), facts | {"others": others})
    return False


def _now(call: Call) -> tuple[list[str], dict[str, Fact]]:
    """The few that make sense now."""
    found = everything_open(call.records, call.person.id)
    if found:
        return ["help.alarm" if isinstance(found[0], OpenAlarm) else "help.alert"], {"name": found[0].name}
    check_in = call.records.check_ins.open_of(call.person.id)
    if check_in is not None:
        return ["help.running" if check_in.stage is Stage.ARMED else "help.running_late"], {"until": check_in.deadline}
    if call.person.name is None:
        return ["help.first_name"], {}
    return _being_set_up(call)


def _being_set_up(call: Call) -> tuple[list[str], dict[str, Fact]]:
    pairings = call.records.pairings
    if offered := pairings.of_buddy(call.person.id, PairingState.OFFERED):
        return ["help.answer_join"], {"name": offered[0].person_label}
    if accepted := pairings.of_person(call.person.id, PairingState.ACCEPTED):
        name = accepted[0].buddy_label
        word = " WORD" if call.person.has_codeword else ""
        return ["help.answer_confirm"], {"name": name, "example": f"/confirm {name}{word}"}
    buddy_of = pairings.of_buddy(call.person.id, PairingState.ACTIVE, PairingState.QUIET)
    if buddy_of and not call.person.has_codeword and not pairings.of_person(call.person.id):
        return ["help.buddy"], {"names": ", ".join(pairing.person_label for pairing in buddy_of)}
    if not call.person.has_codeword:
        return ["help.first_word"], {}
    return ["help.ready" if pairings.of_person(call.person.id, PairingState.ACTIVE) else "help.first_buddy"], {}


COMMAND = Command("help", "/help", _read, _carry_out, from_new_phone=True, can_wait=True)
