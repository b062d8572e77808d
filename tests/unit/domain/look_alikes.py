"""Ways to write a name in other letters, for tests of names."""

from hypothesis import strategies as st

from bot.domain.look_alikes import LOOK_ALIKES

NAMES = ("Ana", "Bo", "Cy", "Dee", "Bo Il", "Dee m")

EVERY_LOOK_ALIKE = [(letter, plain) for plain, letters in LOOK_ALIKES.items() for letter in letters]

_WAYS = {letter: (letter, *LOOK_ALIKES.get(letter, "")) for letter in "".join(NAMES)}
_WAYS["m"] = ("m", "rn")


def disguises(name: str) -> st.SearchStrategy[str]:
    """The name as it is, or with any of its letters put into another script."""
    return st.tuples(*(st.sampled_from(_WAYS.get(letter, (letter,))) for letter in name)).map("".join)
