"""Finding the name that a command begins with, and what else the line may hold."""

from collections.abc import Iterable

from bot.domain.folding import fold


def split_name(arguments: str, labels: Iterable[str]) -> tuple[str | None, str]:
    """The longest of `labels` with which `arguments` begins, and what follows it; (None, arguments) if none fits."""
    words = arguments.split()
    known = {fold(label): label for label in labels if label}
    for count in range(len(words), 0, -1):
        label = known.get(fold(" ".join(words[:count])))
        if label is not None:
            return label, " ".join(words[count:])
    return None, arguments


def rests(line: str, word: str | None) -> tuple[str, ...]:
    """Each way to end a line of names with a word, from the whole line down to `word`, or to its last one where there
    is none: her word may begin as somebody calls himself."""
    words = line.split()
    shortest = len(word.split()) if word is not None else 1
    return tuple(" ".join(words[start:]) for start in range(len(words) - shortest + 1))
