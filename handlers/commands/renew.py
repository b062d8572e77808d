"""`/renew NAME`: a pairing goes on, if the other renews it, too (SPEC: Commands). It needs no word."""

from bot.domain.names import same_name
from bot.domain.pairing import Pairing, PairingState
from bot.use_cases.refused import Refused
from bot.use_cases.renew import renew
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.naming import split_name
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, situation: Situation) -> str:
    name, rest = split_name(written.arguments, situation.labels)
    if name is None:
        raise UserMistake("renew.unknown_name", {"example": _example(situation)})
    if rest:
        raise UserMistake("unknown.wrong_form", {"example": f"/renew {name}"})
    return name


def _carry_out(call: Call, name: str) -> bool:
    found = _pairings(call, name)
    if any(pairing.leaves_at_close for pairing in found):
        raise Refused("renew.leaving", {"name": name})
    lines = renew(call.records, call.person, found, call.present, call.timing)
    call.answer_directly("renew.saved", {"lines": lines})
    return True


def _pairings(call: Call, name: str) -> list[Pairing]:
    """One, or two where they are each other's buddies."""
    pairings, me = call.records.pairings, call.person.id
    as_person = [one for one in pairings.of_person(me) if same_name(one.buddy_label, name)]
    as_buddy = [one for one in pairings.of_buddy(me) if same_name(one.person_label, name)]
    if len({one.buddy_id for one in as_person} | {one.person_id for one in as_buddy}) > 1:
        raise Refused("unpair.two_of_that_name")
    found = [one for one in (*as_person, *as_buddy) if one.state in (PairingState.ACTIVE, PairingState.QUIET)]
    if not found:
        raise Refused("renew.not_paired" if as_person or as_buddy else "unpair.unknown_name", {"name": name})
    return found


def _example(situation: Situation) -> str:
    return f"/renew {situation.labels[0]}" if situation.labels else COMMAND.example


COMMAND = Command("renew", "/renew Bo", _read, _carry_out, can_wait=True)
