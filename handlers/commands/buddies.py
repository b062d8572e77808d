"""`/buddies`: her buddies in the order of alerting, and those whose buddy she is (SPEC: Commands)."""

from bot.domain.pairing import PairingState
from bot.use_cases.term import ending_soon
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> None:
    if written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})


def _carry_out(call: Call, _: None) -> bool:
    pairings = call.records.pairings
    mine = pairings.of_person(call.person.id, PairingState.ACTIVE)
    active = [pairing.buddy_label for pairing in mine]
    waiting = [pairing.buddy_label for pairing in pairings.of_person(call.person.id, PairingState.ACCEPTED)]
    looked_after = pairings.of_buddy(call.person.id, PairingState.ACTIVE, PairingState.QUIET)
    buddy_of = [pairing.person_label for pairing in looked_after]
    call.answer("buddies.list" if active else "buddies.none", {"names": ", ".join(active)})
    for pairing in mine:
        buddy = call.records.people.by_id(pairing.buddy_id)
        if buddy.is_away(call.present):
            call.answer("buddies.away", {"name": pairing.buddy_label, "until": buddy.away_until})
    if waiting:
        call.answer("buddies.waiting", {"names": ", ".join(waiting)})
    if buddy_of:
        call.answer("buddies.buddy_of", {"names": ", ".join(buddy_of)})
    if lines := ending_soon(call.records, call.person, call.present, call.timing):
        call.answer("renew.lines", {"lines": lines})
    return False


COMMAND = Command("buddies", "/buddies", _read, _carry_out, from_new_phone=True, can_wait=True)
