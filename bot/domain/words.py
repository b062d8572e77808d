"""The rules for a codeword and a duress word (SPEC, Commands, `/words`).

A word must be told from everything else she might write, because the bare word acts at once: it ends a check-in, or
raises an alarm. So it is no command and does not begin with one, no name, no time, nothing people say every day.
"""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from itertools import groupby

from bot.domain.everyday_words import EVERYDAY, FILLING
from bot.domain.folding import fold
from bot.domain.spelling import edit_distance, sound_key, without_accents
from bot.domain.time_words import starts_like_time

SHORTEST_WORD = 5
LONGEST_WORD = 64
"""Characters of the folded word, spaces counted; for the shortest only what is neither space nor punctuation counts."""

_COMMANDS = """
help name tz lang words reset invite join accept decline confirm reject buddies order renew unpair plan start note
extend safe cancel sos status ack again resolve reopen away back drill settings export forget
vouch
"""
COMMAND_NAMES = frozenset(_COMMANDS.split())
"""Every command of the SPEC and what belongs to one (`/vouch` to `/reset`), without its slash."""

_SEPARATORS = re.compile("[/>\\\\]")
_LAUGH = re.compile(r"(?:a*(?:ha)+h?|(?:he|hi|ho|ja|je|ji|xa|ah|eh|lo|la)+[hl]?|[hm]+|lo+l(?:ol)*|u+gh+|a+r*gh+)")
_CLOSE_SPELLING = 0.5
_CLOSE_SOUND = 0.2
_SHARED_START = 4
_SHARED_PART = 3


class WordFault(StrEnum):
    """Why a word is not taken."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    NO_LETTER = "no letter or digit"
    SEPARATOR = "separator"
    """Contains `/`, `>` or a backslash, which stand between words in `/words OLD > CODE / DURESS`."""
    COMMAND = "command"
    """Is a command, or begins with one: without its slash it would be read as that command."""
    NAME = "name"
    """Is a name she or her buddies go by, or begins with one (`/safe ANA WORD`)."""
    TIME = "time"
    """Is a time or begins like one: `/extend 30m WORD` could not be told apart."""
    EVERYDAY = "everyday"
    """A chat word, or a phrase of nothing but chat words."""


class WordRefused(ValueError):  # noqa: N818 (a refusal, not a fault)
    """A codeword or duress word that cannot be used. Says why, never which."""

    def __init__(self, reason: WordFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


def check_codeword(word: str, own_names: Collection[str]) -> None:
    """Return if `word` may serve as codeword or duress word; else raise `WordRefused`.

    `own_names`: her name and those of her buddies, as shown. Both words of a pair are checked one by one, and then
    against each other with `too_close`.
    """
    folded = fold(word)
    if len(folded) > LONGEST_WORD:
        raise WordRefused(WordFault.TOO_LONG)
    fault = _fault_in_place(folded, own_names) or _fault_in_itself(folded)
    if fault is not None:
        raise WordRefused(fault)


def too_close(codeword: str, duress_word: str) -> bool:
    """Whether the two could be taken for each other, typed in a hurry or said over a bad line (SPEC, `/words`).

    Close in spelling: at least half of the letters stay the same (edit distance at most half of the longer one), or
    one contains the other, or they begin with the same four letters (phones complete words), or parts of them do, or
    they share a part of three letters ("red lion", "red fox"). Close in sound: their sound keys differ in at most a
    fifth.
    """
    one, other = without_accents(fold(codeword)), without_accents(fold(duress_word))
    if _starts_of_parts(one) & _starts_of_parts(other):
        return True
    return _look_alike(_compact(one), _compact(other)) or _sound_alike(one, other)


def _starts_of_parts(bare: str) -> set[str]:
    return {part[:_SHARED_START] for part in _parts(bare) if len(part) >= _SHARED_PART}


def _look_alike(one: str, other: str) -> bool:
    if one in other or other in one or one[:_SHARED_START] == other[:_SHARED_START]:
        return True
    return edit_distance(one, other) <= _CLOSE_SPELLING * max(len(one), len(other))


def _sound_alike(one: str, other: str) -> bool:
    key, other_key = sound_key(one), sound_key(other)
    if not key or not other_key:
        return False
    return edit_distance(key, other_key) <= _CLOSE_SOUND * max(len(key), len(other_key))


def _fault_in_place(folded: str, own_names: Collection[str]) -> WordFault | None:
    """What else the word would be read as, where a message or an argument is read."""
    if folded.startswith("/") or fold(folded.partition(" ")[0]) in COMMAND_NAMES:
        return WordFault.COMMAND
    if any(_begins_with_name(folded, fold(name)) for name in own_names):
        return WordFault.NAME
    return WordFault.TIME if starts_like_time(folded) else None


def _fault_in_itself(folded: str) -> WordFault | None:
    if len(_compact(folded)) < SHORTEST_WORD:
        return WordFault.TOO_SHORT
    if not any(character.isalnum() for character in folded):
        return WordFault.NO_LETTER
    if _SEPARATORS.search(folded):
        return WordFault.SEPARATOR
    return WordFault.EVERYDAY if _is_everyday(without_accents(folded)) else None


def _begins_with_name(folded: str, name: str) -> bool:
    if not name:
        return False
    followed_by = folded[len(name) : len(name) + 1]
    return _compact(folded) == _compact(name) or (folded.startswith(name) and not followed_by.isalnum())


def _is_everyday(bare: str) -> bool:
    """Whole or part by part, however long its letters are drawn ("hellooo", "Good-Night", "I'm fine")."""
    squeezed = _squeeze(_compact(bare))
    if squeezed in _SQUEEZED_EVERYDAY or _LAUGH.fullmatch(squeezed) or len(set(squeezed)) == 1:
        return True
    return all(_squeeze(part) in _SQUEEZED_FILLING for part in _parts(bare))


def _parts(folded: str) -> list[str]:
    """The words of a phrase: split at spaces and punctuation, apostrophes dropped."""
    spaced = "".join(" " if _separates(character) else character for character in folded.replace("'", ""))
    return spaced.split()


def _compact(folded: str) -> str:
    return "".join(character for character in folded if not _separates(character))


def _separates(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC"


def _squeeze(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


_SQUEEZED_EVERYDAY = frozenset(map(_squeeze, EVERYDAY))
_SQUEEZED_FILLING = frozenset(map(_squeeze, FILLING))
