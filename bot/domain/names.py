"""How people are told apart in commands.

Names are compared in two ways. As written (`same_name`): case, spaces and punctuation around them aside. As seen
(`look_alike`): letters of other scripts too, "rn" and "m", "l", "I" and "1", "O" and "0" (UTS 39).
"""

import unicodedata
from collections.abc import Iterable, Sequence

from bot.domain.folding import NAME_LIMIT, NameFault, NameRefused, clean_name, fold, plain, single_words
from bot.domain.keywords import KEYWORDS
from bot.domain.look_alikes import LOOK_ALIKES

LONGEST_NAME = 5 * NAME_LIMIT
"""Characters, with marks, a number, and "rn" for each "m". What is longer is no name, and not looked at closely."""

_LOOKS_LIKE = str.maketrans({letter: seen for seen, letters in LOOK_ALIKES.items() for letter in letters} | {"m": "rn"})


def chosen_name(text: str) -> str:
    """`clean_name`, and no word of it looks like one that commands use for something else.

    Raises `NameRefused`.
    """
    name = clean_name(text)
    words = {*name.split(), *single_words(name), *single_words(plain(name))}
    if any(look_alike(word, keyword) for word in words for keyword in KEYWORDS):
        raise NameRefused(NameFault.RESERVED)
    return name


def unique_label(name: str, taken: Iterable[str]) -> str:
    """`name`, or `name 2`, `name 3` …: the first that differs from all `taken` ones for a reader, also where several
    names stand in a row: it is not made of them, and none of them is made of others with it."""
    others = list(taken)
    label, number = name, 1
    while _is_taken(label, others):
        number += 1
        label = f"{name} {number}"
    return label


def _is_taken(label: str, others: Sequence[str]) -> bool:
    known = KnownNames(others)
    if known.meant_by(label):
        return True
    in_a_row = KnownNames(other for other in others if fold(other))
    if _are_names(label.split(), in_a_row):
        return True
    with_it = KnownNames([*others, label])
    return any(_is_made_with(label, other.split(), with_it) for other in others)


def _is_made_with(label: str, words: Sequence[str], known: "KnownNames") -> bool:
    """Whether the words are several names in a row, and `label` one of them."""
    ends = range(1, len(words) + 1)
    return any(
        end - start < len(words)
        and look_alike(" ".join(words[start:end]), label)
        and _are_names(words[:start], known)
        and _are_names(words[end:], known)
        for end in ends
        for start in range(end)
    )


def _are_names(words: Sequence[str], known: "KnownNames") -> bool:
    """Whether the words are names in a row and nothing else."""
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(known.meant_by(" ".join(words[start:end])) for start in reached):
            reached.add(end)
    return len(words) in reached


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
