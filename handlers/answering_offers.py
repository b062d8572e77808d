"""Finding the buddy who waits for her answer. Used by `/confirm` and `/reject`; what they share with `/unpair`, too."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.names import same_name
from bot.domain.pairing import Pairing, PairingState
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.naming import rests, split_name
from handlers.parsing import Written
from handlers.situation import Situation


@dataclass(frozen=True)
class NameAndWord:
    """A name that begins a command, and the word that may follow it. `line`: both, as written."""

    name: str
    word: str | None = field(repr=False)
    line: str = field(repr=False)

    @property
    def perhaps_words(self) -> tuple[str, ...]:
        """What may be the word although a name was found where it begins."""
        return rests(self.line, self.word)


def read_name_and_word(written: Written, labels: tuple[str, ...], otherwise: UserMistake) -> NameAndWord:
    """`NAME [WORD]`. Raises `otherwise`."""
    name, rest = split_name(written.arguments, labels)
    if name is None:
        raise otherwise
    return NameAndWord(name, rest or None, written.arguments)


def read_waiting(written: Written, situation: Situation) -> NameAndWord:
    """The name of a buddy of hers, and a word. Raises `UserMistake`."""
    has_word = situation.person is not None and situation.person.has_codeword
    text, facts = nobody_waits(written.name, situation.waiting_labels, has_word)
    return read_name_and_word(written, situation.buddy_labels, UserMistake(text, facts))


def waiting_pairing(call: Call, command: str, name: str) -> Pairing:
    """The pairing that waits for her yes or no. Raises `Refused`."""
    waiting = call.records.pairings.of_person(call.person.id, PairingState.ACCEPTED)
    for pairing in waiting:
        if same_name(pairing.buddy_label, name):
            return pairing
    labels = [pairing.buddy_label for pairing in waiting]
    raise Refused(*nobody_waits(command, labels, call.person.has_codeword))


def nobody_waits(command: str, waiting: Sequence[str], has_word: bool) -> tuple[str, dict[str, str]]:
    """What to say when nobody of that name waits: who does, if anybody."""
    if not waiting:
        return "confirm.nobody_waits", {}
    word = " WORD" if command == "confirm" and has_word else ""
    return "confirm.not_waiting", {"example": f"/{command} {waiting[0]}{word}"}
