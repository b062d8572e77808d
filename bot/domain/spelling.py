"""How near two spellings are, by letters and by sound. Meant for words and short phrases; nothing here is a secret."""

import re
import unicodedata
from itertools import groupby

_SPOKEN_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# Ordered: the longer spellings before their parts. The ear on a bad line hears p for b, t for d, n for m.
_SOUNDS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^(?:ps|x)", "s"),
        (r"^gh", "g"),
        (r"gh", ""),
        (r"mb$", "m"),
        (r"tch|sch|sh|ch|dg(?=[eiy])|(?:t|s)i(?=on)", "s"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ck", "k"),
        (r"qu", "kw"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"[cqg]", "k"),
        (r"[zj]", "s"),
        (r"v", "f"),
        (r"b", "p"),
        (r"d", "t"),
        (r"m", "n"),
        (r"^[aeiouy]+", "A"),
        (r"(?<=.)[aeiouywh]", ""),
    )
)


def edit_distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out, exchanged or swapped with their neighbour to get from one to the
    other (Damerau-Levenshtein, optimal string alignment). Time grows with the product of the lengths.
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, its_letter in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != its_letter))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its_letter:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]


def without_accents(text: str) -> str:
    """The text with marks over and under its letters removed."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


def sound_key(text: str) -> str:
    """How a text sounds, roughly, to an English ear: its consonants in classes, and whether it begins with a vowel.

    Digits are spoken. Empty for scripts other than Latin, about whose sound nothing is claimed.
    """
    bare = without_accents(text.casefold())
    spoken = re.sub("[0-9]", lambda digit: _SPOKEN_DIGITS[int(digit.group())], bare)
    key = re.sub("[^a-z]", "", spoken)
    for spelling, sound in _SOUNDS:
        key = spelling.sub(sound, key)
    return "".join(letter for letter, _ in groupby(key))
