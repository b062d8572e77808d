"""One-time codes that can be read aloud: 60 bits in twelve characters that are not mistaken for each other."""

from collections.abc import Callable

from bot.domain.folding import fold

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LENGTH = 12
_GROUP = 4
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def make_code(random_bytes: Callable[[int], bytes]) -> str:
    """A new code, written in groups: `K7QF-2M9D-XW4T`."""
    number = int.from_bytes(random_bytes(8), "big")
    letters = "".join(_LETTERS[(number >> (5 * place)) & 31] for place in range(_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_code(text: str) -> str | None:
    """The code somebody typed, in its one form; None if it cannot be one. Case, spaces and dashes do not matter."""
    letters = fold(text).upper().translate(_MEANT)
    if len(letters) != _LENGTH or any(letter not in _LETTERS for letter in letters):
        return None
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
