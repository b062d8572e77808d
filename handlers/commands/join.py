"""`/join CODE`: answering an invitation (SPEC: Commands, "Who may use it"). Strangers come in by `handlers.door`."""

from bot.domain.codes import read_code
from bot.domain.pairing import Pairing
from bot.use_cases.pair import join
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> str:
    if not written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    code = read_code(written.arguments)
    if code is None:
        raise UserMistake("join.wrong_code")
    return code


def _carry_out(call: Call, code: str) -> bool:
    found = call.records.invites.open_by_code(code, call.now)
    if found is None:
        raise Refused("join.wrong_code")
    pairing = join(call.records, call.person.account, call.person, found, call.now)
    assert pairing is not None
    call.answer_directly("join.explain", explanation(pairing))
    return True


def explanation(pairing: Pairing) -> dict[str, str]:
    """Who asks."""
    return {"name": pairing.person_label}


COMMAND = Command("join", "/join CODE", _read, _carry_out)
