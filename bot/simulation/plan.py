"""The plan of a night: who does what and when, and what goes wrong. From it the night follows, to the last byte."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """Somebody does something, `at` so many seconds after the beginning.

    `what` is write, photo, react, edit, join, phone off, phone on, confirm nothing, reinstall, leave, unregister or
    register; `where` names the other one of a group, or is empty for the direct chat. A photo shows its `text`, an edit
    changes the last message to it, and join uses the code of the one that `text` names.
    """

    at: float
    who: str
    what: str
    text: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Mishap:
    """Something goes wrong: `length` seconds long, or with the `count`-th of what it waits for."""

    at: float
    kind: str
    length: float = 0.0
    count: int = 1
    who: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole night."""

    seed: int
    household: int
    length: float
    deeds: tuple[Deed, ...]
    mishaps: tuple[Mishap, ...]

    def without(self, *, deeds: frozenset[int] = frozenset(), mishaps: frozenset[int] = frozenset()) -> "Plan":
        """The same night without some of these, given by their places."""
        return replace(
            self,
            deeds=tuple(deed for place, deed in enumerate(self.deeds) if place not in deeds),
            mishaps=tuple(mishap for place, mishap in enumerate(self.mishaps) if place not in mishaps),
        )
