"""The word of somebody whose buddy the writer is: `/safe ANA WORD` from his phone (SPEC: Commands, "Wrong words").

Right, wrong, over the limit, nothing running: only the right word for a running check-in is answered otherwise, and
nothing here ever counts as one of her wrong words.
"""

from dataclasses import dataclass, field

from bot.domain.events import Close
from bot.domain.outgoing import Purpose
from bot.domain.pairing import PairingState
from bot.domain.person import StoredWords
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.command import OthersWord
from handlers.ending import end_with_word
from handlers.naming import split_name
from handlers.parsing import Written
from handlers.situation import Situation
from storage.records import Records

_NO_WORDS = StoredWords(codeword=None, duress_word=None, version=0)


@dataclass(frozen=True)
class Ending:
    """What stands after `/safe` or `/cancel`: a word of the writer's own, or somebody's name and that one's word."""

    word: str = field(repr=False)
    others: OthersWord | None = None


def read_ending(written: Written, situation: Situation, otherwise: UserMistake) -> Ending:
    """In a group it is always the writer's own word. Raises `otherwise` where nothing was written."""
    if not written.arguments:
        raise otherwise
    if situation.in_group:
        return Ending(written.arguments)
    name, word = split_name(written.arguments, situation.person_labels)
    if name is not None and word:
        return Ending(written.arguments, OthersWord(name, word))
    if name is not None and situation.running is None:
        raise UserMistake("for_others.needs_word", {"name": name, "example": f"/{written.name} {name}"})
    return Ending(written.arguments)


def end(call: Call, ending: Ending) -> bool:
    """End the writer's own check-in, or that of the one whose word it was. Raises `Refused`."""
    if ending.others is None or (call.checked.is_hers and call.about_person is None):
        return end_with_word(call)
    check_in = None if call.about_person is None else call.records.check_ins.open_of(call.about_person)
    if check_in is None or not call.checked.is_hers or call.message.is_from_before(check_in.started_at):
        raise Refused("for_others.not_quite", {"name": ending.others.name})
    pairing = call.records.pairings.between(check_in.person_id, call.person.id)
    move_on(call.records, check_in, Close(), call.now, call.timing)
    call.answer_directly("for_others.closed", {"name": ending.others.name})
    facts = {"name": pairing.buddy_label if pairing else ""}
    call.voice.to_person(check_in.person_id, Purpose.NOTICE, "for_others.told", facts)
    return True


def words_of(records: Records, buddy_id: str, name: str) -> tuple[str | None, StoredWords]:
    """Whose word it would be, and her stored words; nobody's where no active pairing has that name."""
    for pairing in records.pairings.of_buddy(buddy_id, PairingState.ACTIVE):
        if pairing.person_label == name:
            return pairing.person_id, records.people.words(pairing.person_id)
    return None, _NO_WORDS
