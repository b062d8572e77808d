"""What a command is, and where all commands are found."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.call import Call
from handlers.parsing import Written
from handlers.situation import Situation


@dataclass(frozen=True)
class OthersWord:
    """The word of somebody whose buddy the writer is; `name` is what he calls her, and "" where it is nobody's: it is
    compared all the same, so that the work does not tell with what her word begins."""

    name: str = field(repr=False)
    word: str = field(repr=False)


def nobody_elses(_: Any) -> tuple[OthersWord, ...]:
    """For commands that are about the writer's own word alone."""
    return ()


def no_word(_: Any) -> str | None:
    """For commands that hold no word."""
    return None


def no_words(_: Any) -> tuple[str, ...]:
    """For commands that set no words, or in which nothing else may be one."""
    return ()


@dataclass(frozen=True)
class Command:
    """One command. Its file in `handlers/commands` holds one of these, named COMMAND.

    `read` turns what was written into an order (any frozen value) or raises `UserMistake`. `carry_out` does it inside
    the unit of work and tells whether anything changed; it may raise `UserMistake` or `Refused`, and then nothing has.
    `word`: the word in an order that has to be checked first; `new_words`: those that have to be encoded first.
    `perhaps_words`: what else in an order may be the writer's word; of these the duress word acts, and nothing else.
    `others_words`: what may belong to somebody else, by each name with which the line may begin, the longest first; it
    is checked after the writer's own. `overheard_words`: the same where it stands in the wrong place: of these only the
    duress word acts.
    `phrases`: whole messages (folded) that mean the same as the bare command. `in_group`: it works, and is answered,
    in the group. `from_new_phone`: it works without a word where the writer's phone is new and not confirmed.
    `counts_wrong_words`: while a check-in runs a wrong word counts towards the three; elsewhere tries are limited.
    `most_an_hour`: how often it can be carried out within an hour, where others are told each time, and `too_often`
    what is answered after that. `counted_by`, where not all count alike: what an order is about, each counted
    for itself, None where it neither counts nor is refused so; it may raise `UserMistake` or `Refused`, as `carry_out`
    will. `can_wait`: nobody's safety hangs on an answer; there is a limit to all of these together.
    """

    name: str
    example: str
    read: Callable[[Written, Situation], Any]
    carry_out: Callable[[Call, Any], bool]
    word: Callable[[Any], str | None] = no_word
    new_words: Callable[[Any], tuple[str, ...]] = no_words
    perhaps_words: Callable[[Any], tuple[str, ...]] = no_words
    others_words: Callable[[Any], tuple[OthersWord, ...]] = nobody_elses
    overheard_words: Callable[[Any], tuple[OthersWord, ...]] = nobody_elses
    phrases: frozenset[str] = frozenset()
    in_group: bool = False
    from_new_phone: bool = False
    counts_wrong_words: bool = False
    most_an_hour: int | None = None
    too_often: str = "limit.too_often"
    counted_by: Callable[[Call, Any], str | None] | None = None
    can_wait: bool = False

    @property
    def help_text(self) -> str:
        """The catalogue's name of its help."""
        return f"help.{self.name}"


def find_commands() -> Mapping[str, Command]:
    """Every COMMAND of the modules in `handlers.commands`, by name. Two of one name or phrase are refused."""
    import handlers.commands as folder

    found: dict[str, Command] = {}
    phrases: set[str] = set()
    for entry in pkgutil.iter_modules(folder.__path__):
        command: Command = importlib.import_module(f"{folder.__name__}.{entry.name}").COMMAND
        if command.name in found or phrases & command.phrases:
            raise ValueError(f"two commands share the name or a phrase of /{command.name}")
        found[command.name] = command
        phrases |= command.phrases
    return found
