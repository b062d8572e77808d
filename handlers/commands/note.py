"""`/note TEXT`, a photo, a voice note, a place: more for her buddies, kept with her timer (SPEC: Commands)."""

from bot.domain.details import WAITS_FOR_START
from bot.use_cases.keep_note import keep
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.leaving import Leaving, to_keep
from handlers.open_alerts import open_and_meant
from handlers.parsing import Written
from handlers.situation import Situation


def _read(written: Written, _: Situation) -> Leaving:
    return Leaving(written.free_text, asked=True)


def _carry_out(call: Call, order: Leaving) -> bool:
    if call.message.group is not None:
        raise Refused("note.seen_by_others")
    if not order.asked and _is_a_buddys(call):
        raise Refused("note.not_passed_on")
    new = to_keep(call, order.text)
    if not new.texts and new.files is None:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    kept = keep(call.records, call.person.id, new, call.present, call.timing)
    if kept.check_in is not None:
        call.answer("note.kept", {"at": call.present})
    else:
        call.answer("note.waits", {"until": call.present + WAITS_FOR_START, "at": call.present, "count": kept.waiting})
    return True


def _is_a_buddys(call: Call) -> bool:
    """A photo from a buddy who looks for somebody is none for a timer of his own."""
    return call.records.check_ins.open_of(call.person.id) is None and bool(open_and_meant(call))


COMMAND = Command("note", "/note TEXT", _read, _carry_out)
