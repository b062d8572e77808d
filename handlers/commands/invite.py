"""`/invite`: a one-time code, and a text to forward (SPEC: Commands)."""

from bot.use_cases.pair import invite
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> None:
    if written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})


def _carry_out(call: Call, _: None) -> bool:
    code = call.surroundings.code()
    until, now_open = invite(call.records, call.person, code, call.now, call.timing)
    if not call.surroundings.lets_new_people_in:
        call.answer("invite.only_known")
    call.answer("invite.made", {"until": until, "open": now_open})
    call.answer("invite.forward", {"account": call.surroundings.account, "code": code})
    return True


COMMAND = Command("invite", "/invite", _read, _carry_out, can_wait=True)
