"""`/export [WORD]`: my data as a file (SPEC: Commands). Sent in the direct chat, wherever it was asked for."""

from dataclasses import dataclass, field

from bot.use_cases.export import export_of
from bot.use_cases.refused import Refused
from handlers.call import Call
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation


@dataclass(frozen=True)
class _Order:
    word: str | None = field(repr=False)


def _read(written: Written, _: Situation) -> _Order:
    return _Order(written.arguments or None)


def _carry_out(call: Call, order: _Order) -> bool:
    if call.person.has_codeword and order.word is None:
        raise Refused("export.needs_word")
    if call.person.has_codeword and not call.checked.is_hers:
        raise Refused("export.not_quite")
    lines = export_of(call.records, call.person, call.present, call.timing)
    call.voice.send_text_file(call.person.id, "export.here", lines)
    return False


COMMAND = Command("export", "/export WORD", _read, _carry_out, word=lambda order: order.word, can_wait=True)
