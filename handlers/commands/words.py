"""`/words WORD / OTHER`, or `/words OLD > WORD / OTHER`: the words that end her check-ins (SPEC: Commands).

The answer is the same with one word and with two: which words exist is never said.
"""

from dataclasses import dataclass, field

from bot.domain.folding import fold
from bot.domain.words import WordFault, WordRefused, check_codeword, too_close
from bot.use_cases.frozen import refuse_while_running
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import Command
from handlers.commands.name import next_step
from handlers.parsing import Written
from handlers.situation import Situation

_FAULTS = {
    WordFault.TOO_SHORT: "words.too_short",
    WordFault.TOO_LONG: "words.too_long",
    WordFault.SEPARATOR: "words.at_most_two",
}
_FIRST, _CHANGED = "/words WORD", "/words OLD > NEW"


@dataclass(frozen=True)
class _Change:
    old: str | None = field(repr=False)
    new: tuple[str, ...] = field(repr=False)
    """The codeword, and the duress word if she wants one; folded."""


def _read(written: Written, situation: Situation) -> _Change:
    if situation.in_group:
        raise UserMistake("unknown.word_seen_by_others")
    example = _CHANGED if situation.person and situation.person.has_codeword else _FIRST
    if not written.arguments:
        raise UserMistake("unknown.wrong_form", {"example": COMMAND.example})
    old, arrow, new = written.arguments.partition(">")
    if not arrow:
        old, new = "", written.arguments
    codeword, slash, duress_word = (part.strip() for part in new.partition("/"))
    words = (codeword, duress_word) if slash else (codeword,)
    own_name = situation.person.name if situation.person else None
    _refuse_bad(words, [name for name in (own_name, *situation.labels) if name], example)
    return _Change(old.strip() or None, tuple(fold(word) for word in words))


def _refuse_bad(words: tuple[str, ...], own_names: list[str], example: str) -> None:
    try:
        for word in words:
            check_codeword(word, own_names)
    except WordRefused as refusal:
        raise UserMistake(_FAULTS.get(refusal.reason, "words.taken_meaning"), {"example": example}) from None
    if len(words) > 1 and too_close(*words):
        raise UserMistake("words.too_close", {"example": example})


def _carry_out(call: Call, change: _Change) -> bool:
    refuse_while_running(call.records, call.person)
    if call.person.has_codeword and change.old is None:
        raise Refused("words.needs_old")
    if call.person.has_codeword and not call.checked.is_hers:
        raise Refused("words.not_quite")
    codeword, duress_word = (*call.checked.encoded, None)[:2]
    call.records.people.set_words(call.person.id, codeword, duress_word, under_duress=call.checked.duress)
    has_buddy = bool(call.records.pairings.of_person(call.person.id))
    call.answer("words.saved" if has_buddy or next_step(call) == [] else "words.saved|help.first_buddy")
    return True


COMMAND = Command(
    "words",
    "/words WORD",
    _read,
    _carry_out,
    word=lambda change: change.old,
    new_words=lambda change: change.new,
)
