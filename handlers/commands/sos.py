"""`/sos [text]`: a silent alarm at once, without any word (SPEC: Commands). No answer but reactions on her message."""

from bot.domain.alarm import Cause, Sign
from bot.domain.folding import DetailsTooLong, clean_details
from bot.use_cases.raise_alarm import raise_alarm
from handlers.call import Call
from handlers.command import Command
from handlers.parsing import Written
from handlers.situation import Situation

_LONGEST_TEXT = 4000
"""Characters; what is longer is cut, for nothing that she writes may stand in the way."""


def _read(written: Written, _: Situation) -> str | None:
    try:
        return clean_details(written.free_text, _LONGEST_TEXT) or None
    except DetailsTooLong:
        return clean_details(written.free_text[: _LONGEST_TEXT // 2], _LONGEST_TEXT)


def _carry_out(call: Call, text: str | None) -> bool:
    in_chat = call.message.group is None
    sign = Sign(Cause.SOS, call.now, message_ms=call.message.sent_ms if in_chat else None)
    if not raise_alarm(call.records, call.person.id, sign, call.present, call.timing, text=text):
        call.answer_directly("sos.nobody")
        return False
    return True


COMMAND = Command("sos", "/sos", _read, _carry_out, from_new_phone=True)
