"""Finding the name that a command begins with, and what else the line may hold."""

from collections.abc import Iterable

from bot.domain.folding import fold
from bot.domain.names import LONGEST_NAME, meant_by


def split_name(arguments: str, labels: Iterable[str], besides: Iterable[str] = ()) -> tuple[str | None, str]:
    """The longest of `labels` with which `arguments` begins, and what follows it; (None, arguments) if none fits.

    Who is written so comes before who only looks so. Where that could be several of `labels` and of `besides`, it is
    nobody, nor somebody with a shorter name: people are never guessed.
    """
    words = arguments.split()
    known = {fold(label): label for label in labels if label}
    others = [label for label in besides if label]
    for count in range(len(words), 0, -1):
        found = _found(" ".join(words[:count]), known, others)
        if len(found) > 1:
            break
        if found and found[0] not in others:
            return found[0], " ".join(words[count:])
    return None, arguments


def _found(text: str, known: dict[str, str], others: list[str]) -> list[str]:
    as_written = known.get(fold(text))
    if as_written is not None:
        return [as_written]
    return meant_by(text, [*known.values(), *others]) if len(text) <= LONGEST_NAME else []


def rests(line: str, word: str | None) -> tuple[str, ...]:
    """Each way to end a line of names with a word, from the whole line down to `word`, or to its last one where there
    is none: her word may begin as somebody calls himself."""
    words = line.split()
    shortest = len(word.split()) if word is not None else 1
    return tuple(" ".join(words[start:]) for start in range(len(words) - shortest + 1))
