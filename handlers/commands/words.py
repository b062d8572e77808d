"""`/words WORD`, or `/words OLD > NEW`: the word that ends her check-ins (SPEC: Commands)."""

from dataclasses import dataclass, field

from bot.domain.folding import fold
from bot.domain.words import WordFault, WordRefused, check_codeword
from bot.use_cases.refused import Refused
from bot.use_cases.rename import refuse_while_running
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.commands.name import next_step
from handlers.parsing import Written
from handlers.situation import Situation

_FAULTS = {
    WordFault.TOO_SHORT: "words.too_short",
    WordFault.TOO_LONG: "words.too_long",
    WordFault.SEPARATOR: "words.only_one",
}


@dataclass(frozen=True)
class _Change:
    old: str | None = field(repr=False)
    new: str = field(repr=False)


def _read(written: Written, situation: Situation) -> _Change:
    if situation.in_group:
        raise UserMistake("unknown.word_seen_by_others")
    if not written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    old, arrow, new = written.arguments.partition(">")
    if not arrow:
        old, new = "", written.arguments
    own_name = situation.person.name if situation.person else None
    try:
        check_codeword(new.strip(), [name for name in (own_name, *situation.labels) if name])
    except WordRefused as refusal:
        example = "/words OLD > NEW" if situation.person and situation.person.has_codeword else "/words WORD"
        raise UserMistake(_FAULTS.get(refusal.reason, "words.taken_meaning"), {"example": example}) from None
    return _Change(old.strip() or None, fold(new))


def _carry_out(call: Call, change: _Change) -> bool:
    refuse_while_running(call.records, call.person)
    if call.person.has_codeword and change.old is None:
        raise Refused("words.needs_old")
    if call.person.has_codeword and not call.checked.is_hers:
        raise Refused("words.not_quite")
    assert call.checked.encoded is not None
    call.records.people.set_words(call.person.id, call.checked.encoded, None)
    has_buddy = bool(call.records.pairings.of_person(call.person.id))
    call.answer("words.saved" if has_buddy or next_step(call) == [] else "words.saved|help.first_buddy")
    return True


COMMAND = Command(
    "words", "/words WORD", _read, _carry_out, word=lambda change: change.old, new_word=lambda change: change.new
)
