"""Finding the buddy who waits for her answer. Used by `/confirm` and `/reject`."""

from dataclasses import dataclass, field

from bot.domain.names import same_name
from bot.domain.pairing import Pairing, PairingState
from bot.use_cases.refused import Refused
from handlers.call import Call, UserMistake
from handlers.naming import split_name
from handlers.parsing import Written
from handlers.situation import Situation


@dataclass(frozen=True)
class NameAndWord:
    """A name that begins a command, and the word that may follow it."""

    name: str
    word: str | None = field(repr=False)


def read_name_and_word(written: Written, labels: tuple[str, ...], unknown_name: str) -> NameAndWord:
    """`NAME [WORD]`. Raises `UserMistake` with the text `unknown_name`."""
    name, rest = split_name(written.arguments, labels)
    if name is None:
        raise UserMistake(unknown_name)
    return NameAndWord(name, rest or None)


def read_waiting(written: Written, situation: Situation) -> NameAndWord:
    """The name of a buddy of hers, and a word."""
    return read_name_and_word(written, situation.buddy_labels, "confirm.not_waiting")


def waiting_pairing(call: Call, name: str) -> Pairing:
    """The pairing that waits for her yes or no. Raises `Refused`."""
    for pairing in call.records.pairings.of_person(call.person.id, PairingState.ACCEPTED):
        if same_name(pairing.buddy_label, name):
            return pairing
    raise Refused("confirm.not_waiting")
