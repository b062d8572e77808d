"""How people are told apart in commands."""

from collections.abc import Iterable

from bot.domain.folding import fold


def unique_label(name: str, taken: Iterable[str]) -> str:
    """`name`, or `name 2`, `name 3` …: the first that differs from all `taken` ones for a reader."""
    used = {fold(label) for label in taken}
    if fold(name) not in used:
        return name
    number = 2
    while fold(f"{name} {number}") in used:
        number += 1
    return f"{name} {number}"


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same for a reader: case, spaces and look-alike characters aside."""
    return fold(one) == fold(other)
