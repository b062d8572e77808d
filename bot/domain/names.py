"""How people are told apart in commands.

Names are compared in two ways. As written (`same_name`): case, spaces and punctuation around them aside. As seen
(`look_alike`): letters of other scripts too, "rn" and "m", "l", "I" and "1", "O" and "0" (UTS 39).
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.domain.folding import NAME_LIMIT, RESERVED_NAMES, NameFault, NameRefused, clean_name, fold, plain
from bot.domain.look_alikes import LOOK_ALIKES

KINDS = ("timer", "alarm")
"""How a buddy says which is meant where both are open about one person."""

LONGEST_NAME = 5 * NAME_LIMIT
"""Characters, with marks, a number, and "rn" for each "m". What is longer is no name, and not looked at closely."""

_LOOKS_LIKE = str.maketrans({letter: seen for seen, letters in LOOK_ALIKES.items() for letter in letters} | {"m": "rn"})
_NUMBER = re.compile(r"[\d:]+")


def chosen_name(text: str) -> str:
    """`clean_name`, and nobody is called what looks like a word that commands use for something else.

    Raises `NameRefused`.
    """
    name = clean_name(text)
    words = name.split()
    while words and _NUMBER.fullmatch(words[-1]):  # "Ana alarm 18:00"
        words.pop()
    if any(look_alike(name, reserved) for reserved in RESERVED_NAMES) or any(
        look_alike(words[-1], kind) for kind in KINDS if words
    ):
        raise NameRefused(NameFault.RESERVED)
    return name


def unique_label(name: str, taken: Iterable[str]) -> str:
    """`name`, or `name 2`, `name 3` …: the first that differs from all `taken` ones for a reader."""
    used = frozenset[str]().union(*(_looks(label) for label in taken))
    if used.isdisjoint(_looks(name)):
        return name
    number = 2
    while not used.isdisjoint(_looks(f"{name} {number}")):
        number += 1
    return f"{name} {number}"


def is_label_of(label: str, name: str) -> bool:
    """Whether it is that name, or that name with a number behind it."""
    number = label.removeprefix(f"{name} ")
    return label == name or (number != label and number.isdecimal())


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same as written. For a label that was found already; else see `meant_by`."""
    return fold(one) == fold(other)


def look_alike(one: str, other: str) -> bool:
    """Whether a reader could take one name for the other."""
    return not _looks(one).isdisjoint(_looks(other))


def meant_by(name: str, labels: Iterable[str]) -> list[str]:
    """Those of `labels` that are the same as written; if there are none, all that look the same."""
    return KnownNames(labels).meant_by(name)


class KnownNames:
    """Labels to which much is compared: how each of them looks is worked out once."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._written = {label: fold(label) for label in labels}
        self._looks = {label: _looks(label) for label in self._written}
        self.longest = max(LONGEST_NAME, *(2 * len(written) for written in self._written.values()), 0)
        """Characters, with what stands around it: what is longer can be none of them."""

    def meant_by(self, name: str) -> list[str]:
        """See the function of that name."""
        folded = fold(name)
        as_written = [label for label, written in self._written.items() if written == folded]
        if as_written or len(name) > LONGEST_NAME:
            return as_written
        looks = _looks(name)
        return [label for label, others in self._looks.items() if not others.isdisjoint(looks)]


def _looks(name: str) -> frozenset[str]:
    """How it looks as written, in plain letters and in small ones: a Cyrillic "Bo" looks like the Latin one as long as
    its first letter is a capital, and a styled letter is told by its plain one only."""
    folded = fold(name)
    if len(name) > LONGEST_NAME:
        return frozenset({folded})
    return frozenset({folded, *(fold(_seen(text)) for text in (name, plain(name), folded))})


def _seen(text: str) -> str:
    """With one letter for all that look alike. Marks are taken off their letters first, and put on again by `fold`."""
    return unicodedata.normalize("NFD", text).translate(_LOOKS_LIKE).replace("vv", "w")
