"""`/plan TEXT`: her standing instructions to her buddies, shown only in an alert (SPEC: Commands)."""

from bot.domain.details import TEXT_LIMIT
from bot.domain.folding import DetailsTooLong, clean_details, fold
from bot.errors import SealBroken
from bot.use_cases.frozen import refuse_while_running
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.leaving import trouble_with_files
from handlers.parsing import Written
from handlers.situation import Situation

_NONE = "none"


def _read(written: Written, situation: Situation) -> str:
    if situation.in_group:
        raise UserMistake("note.seen_by_others")
    if written.free_text and not written.slash:  # "plan B is better" is no plan
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    try:
        return clean_details(written.free_text, TEXT_LIMIT)
    except DetailsTooLong:
        raise UserMistake("plan.too_long") from None


def _carry_out(call: Call, text: str) -> bool:
    refuse_while_running(call.records, call.person)
    if not text:
        call.answer(_how_it_stands(call))
        return False
    if trouble_with_files(call.message):  # a long text comes with its end in a file
        raise UserMistake("note.unreadable")
    clears = fold(text) == _NONE
    call.records.people.set_plan(call.person.id, None if clears else text)
    call.answer("plan.cleared" if clears else "plan.saved")
    return True


def _how_it_stands(call: Call) -> str:
    """Without her word it is not shown: it holds the question that only she can answer, and the answer."""
    try:
        plan = call.records.people.plan(call.person.id)
    except SealBroken:
        return "plan.lost"
    return "plan.nothing" if plan is None else "plan.kept"


COMMAND = Command("plan", "/plan TEXT", _read, _carry_out, can_wait=True)
