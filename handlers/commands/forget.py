"""`/forget WORD`: erase me everywhere (SPEC: Commands)."""

from dataclasses import dataclass, field

from bot.domain.folding import fold
from bot.use_cases.forget import forget
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.let_go import leaves_by
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation

_SURE = "everything"


@dataclass(frozen=True)
class _Order:
    word: str | None = field(repr=False)


def _read(written: Written, _: Situation) -> _Order:
    return _Order(written.arguments or None)


def _carry_out(call: Call, order: _Order) -> bool:
    refuse_while_running(call.records, call.person)
    if call.person.has_codeword:
        if order.word is None:
            raise Refused("forget.needs_word")
        if not call.checked.is_hers:
            raise Refused("forget.not_quite")
    elif fold(order.word or "") != _SURE:
        raise Refused("forget.ask_back")
    kept_for = forget(call.records, call.person, call.now, call.timing)
    if kept_for:
        names = ", ".join(pairing.person_label for pairing in kept_for)
        call.answer_directly("forget.at_close", {"names": names, "by": leaves_by(call.records, kept_for)})
    return True


COMMAND = Command("forget", "/forget WORD", _read, _carry_out, word=lambda order: order.word)
