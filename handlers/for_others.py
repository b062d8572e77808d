"""The word of somebody whose buddy the writer is: `/safe ANA WORD` from his phone (SPEC: Commands, "Wrong words").

Right, wrong, over the limit, nothing running: only the right word for a running check-in is answered otherwise, and
nothing here ever counts as one of her wrong words.
"""

from bot.domain.events import Close
from bot.domain.outgoing import Purpose
from bot.domain.pairing import PairingState
from bot.domain.person import StoredWords
from bot.use_cases.check_in_course import move_on
from bot.use_cases.refused import Refused
from handlers.call import Call, Checked
from storage.records import Records

_NO_WORDS = StoredWords(codeword=None, duress_word=None, version=0)


def end_for_another(call: Call, name: str) -> bool:
    """End the check-in of the one whose word it was; where it is the word of two, of both. Raises `Refused`: by `name`
    it is said how it is written, whichever of those with whose names the line may begin was meant."""
    closed = [_close(call, checked) for checked in (call.checked, *call.checked.besides)]
    if not any(closed):
        raise Refused("for_others.not_quite", {"name": name})
    return True


def _close(call: Call, checked: Checked) -> bool:
    check_in = None if checked.whose is None else call.records.check_ins.open_of(checked.whose)
    if check_in is None or not checked.is_hers or call.message.is_from_before(check_in.started_at, call.present):
        return False
    pairing = call.records.pairings.between(check_in.person_id, call.person.id)
    move_on(call.records, check_in, Close(), call.now, call.timing)
    call.answer_directly("for_others.closed", {"name": checked.name})
    facts = {"name": pairing.buddy_label if pairing else ""}
    call.voice.to_person(check_in.person_id, Purpose.NOTICE, "for_others.told", facts)
    return True


def words_of(records: Records, buddy_id: str, name: str) -> tuple[str | None, StoredWords]:
    """Whose word it would be, and her stored words; nobody's where no active pairing has that name."""
    for pairing in records.pairings.of_buddy(buddy_id, PairingState.ACTIVE):
        if name and pairing.person_label == name:
            return pairing.person_id, records.people.words(pairing.person_id)
    return None, _NO_WORDS
