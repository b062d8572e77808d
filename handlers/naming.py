"""Finding the name that a command begins with."""

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
