"""Finding the name that a command begins with, and what else the line may hold."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, islice

from bot.domain.folding import fold
from bot.domain.names import KnownNames, look_alike


def split_name(arguments: str, labels: Iterable[str], besides: Iterable[str] = ()) -> tuple[str | None, str]:
    """The longest of `labels` with which `arguments` begins, and what follows it; (None, arguments) if none fits.

    Who is written so comes before who only looks so. Where that could be several of `labels` and of `besides`, it is
    nobody, nor somebody with a shorter name: people are never guessed.
    """
    words = arguments.split()
    last_of_those_written_alike = {fold(label): label for label in labels if label}
    others = [label for label in besides if label]
    known = KnownNames([*last_of_those_written_alike.values(), *others])
    for count in range(_most(words, known.longest), 0, -1):
        found = known.meant_by(" ".join(words[:count]))
        own = [label for label in found if label not in others]
        if len(found) > 1:
            break
        if own:
            return own[0], " ".join(words[count:])
    return None, arguments


def every_name(line: str, labels: Iterable[str]) -> list[tuple[str, str]]:
    """Each of `labels` with which the line may begin, and what follows it; the longest first. For what is compared with
    the words of all of them: there nobody is guessed."""
    words = line.split()
    known = KnownNames(label for label in labels if label)
    return [
        (label, " ".join(words[count:]))
        for count in range(_most(words, known.longest), 0, -1)
        for label in known.meant_by(" ".join(words[:count]))
    ]


def shorter_readings(line: str, name: str, labels: Iterable[str]) -> list[str]:
    """What follows each other name, and a shorter one, with which the line may begin as well as with `name`."""
    found = every_name(line, labels)
    rest = next(after for label, after in found if label == name)
    return [after for label, after in found if label != name and len(after) > len(rest)]


def that_begin_with(name: str, labels: Iterable[str]) -> list[str]:
    """Those of `labels` whose first words are that name, or look like it."""
    found = []
    for label in labels:
        words = label.split()
        if any(look_alike(" ".join(words[:count]), name) for count in range(1, len(words) + 1)):
            found.append(label)
    return found


def _most(words: Sequence[str], longest: int) -> int:
    """How many of the first words a name can be made of."""
    ends = accumulate((len(word) + 1 for word in words), initial=-1)
    return sum(end <= longest for end in islice(ends, 1, longest + 1))


def rests(line: str, word: str | None) -> tuple[str, ...]:
    """Each way to end a line of names with a word, from the whole line down to `word`, or to its last one where there
    is none: her word may begin as somebody calls himself."""
    words = line.split()
    shortest = len(word.split()) if word is not None else 1
    return tuple(" ".join(words[start:]) for start in range(len(words) - shortest + 1))
