"""What a message means, given who wrote it and where: pure (SPEC: "Ways in", "Wrong words")."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.check_in import Stage
from bot.domain.folding import fold, plain, split_lines
from handlers.call import UserMistake
from handlers.command import Command, OthersWord, nobody_elses
from handlers.ending import Ending, perhaps_of_others
from handlers.leaving import left_without_command
from handlers.message import Message
from handlers.parsing import Unknown, Written, read_command
from handlers.situation import Situation

EDIT_REFUSED = "unknown.edit"
_WRONG_WORD_LENGTH = 3
_LONGEST_WORD = 200


@dataclass(frozen=True)
class Ordered:
    """A command, understood."""

    command: Command
    order: Any = field(repr=False)


@dataclass(frozen=True)
class Mistaken:
    """A command that cannot be carried out as written, or something unknown; nothing changes."""

    mistake: UserMistake
    in_group: bool = False
    words: tuple[str, ...] = field(default=(), repr=False)
    """What may have been meant as a word all the same: of her words, the duress word acts even here."""
    overheard: tuple[OthersWord, ...] = ()
    """The same of somebody else's words."""
    command: Command | None = None
    """The one that was meant, as far as that can be told."""


@dataclass(frozen=True)
class PerhapsWord:
    """A message that may be the word itself. If it is not, `otherwise` is what it means."""

    text: str = field(repr=False)
    otherwise: "Ordered | Mistaken | WrongWord | Chatter | Talk"


@dataclass(frozen=True)
class WrongWord:
    """Stands where the word was asked for, and is not it."""


@dataclass(frozen=True)
class Talk:
    """Something else in the direct chat: an answer to "how does it stand?", or not understood."""


@dataclass(frozen=True)
class PhraseInGroup:
    """ "On it" in a group, where only commands with a slash count: who may have meant an alert is told so directly."""


@dataclass(frozen=True)
class Chatter:
    """Talk in a group: not for the bot, which is silent there."""


Meaning = Ordered | Mistaken | PerhapsWord | WrongWord | Talk | PhraseInGroup | Chatter


def interpret(message: Message, situation: Situation, commands: Mapping[str, Command]) -> Meaning:
    """What `message` means. Whether a word is right is found out later."""
    meant = _meant(message, situation, commands)
    if situation.edits_a_change:
        return Mistaken(UserMistake(EDIT_REFUSED), words=words_in(meant), overheard=overheard_in(meant))
    return meant


def others_in(meaning: Meaning) -> tuple[OthersWord, ...]:
    """What stands where the word of somebody else is expected, and decides what is done."""
    return meaning.command.others_words(meaning.order) if isinstance(meaning, Ordered) else ()


def overheard_in(meaning: Meaning) -> tuple[OthersWord, ...]:
    """What stands there in a message that cannot end anything of somebody else's; of `others_in` too, for an edit."""
    match meaning:
        case Ordered(command, order):
            return (*command.others_words(order), *command.overheard_words(order))
        case Mistaken(overheard=overheard) | PerhapsWord(otherwise=Mistaken(overheard=overheard)):
            return overheard
        case _:
            return ()


def is_for_another(meaning: Meaning) -> bool:
    """Whether it begins with somebody's name where it can end nothing of theirs: in a group."""
    return isinstance(meaning, Ordered) and isinstance(meaning.order, Ending) and meaning.order.directly is not None


def word_in(meaning: Meaning) -> str | None:
    """What stands where a word is expected, and decides what is done."""
    match meaning:
        case Ordered(command, order):
            return command.word(order)
        case PerhapsWord(text):
            return text
        case _:
            return None


def words_in(meaning: Meaning) -> tuple[str, ...]:
    """What stands where a word is expected, which comes first, and what else may be one."""
    match meaning:
        case Ordered(command, order):
            word = command.word(order)
            return tuple(dict.fromkeys((*(() if word is None else (word,)), *command.perhaps_words(order))))
        case PerhapsWord(text, Mistaken(words=words)):
            return (text, *words)
        case PerhapsWord(text):
            return (text,)
        case Mistaken(words=words):
            return words
        case _:
            return ()


def _meant(message: Message, situation: Situation, commands: Mapping[str, Command]) -> Meaning:
    in_group = situation.in_group
    left = _left(message, commands)
    if not fold(message.text):
        if left is not None:
            return left
        unknown = "unknown.message" if plain(message.text) else "unknown.attachment"
        return Chatter() if in_group else Mistaken(UserMistake(unknown))
    written = read_command(message.text, in_group, commands, check_in_running=situation.running is not None)
    phrase = _phrase(message.text, commands)
    if phrase is not None:
        return PhraseInGroup() if in_group else Ordered(phrase, "")
    if isinstance(written, Unknown):
        nearest = None if written.nearest is None else commands[written.nearest]
        words = _perhaps_words(message.text, glued_to=written.nearest)
        overheard = _perhaps_of_others(message.text, situation, nearest)
        return Mistaken(_unknown(written, commands), words=words, overheard=overheard, command=nearest)
    if written is None:
        return _text(message, situation, left)
    return _command(written, message, situation, commands[written.name], left)


def _left(message: Message, commands: Mapping[str, Command]) -> Ordered | None:
    """A file or a place without a command is a note (SPEC: Commands)."""
    leaving = left_without_command(message)
    return None if leaving is None or "note" not in commands else Ordered(commands["note"], leaving)


def _command(
    written: Written, message: Message, situation: Situation, command: Command, left: Ordered | None
) -> Meaning:
    """Without a slash the whole message must fit the command; else it may be the word, or is a mistake."""
    try:
        return Ordered(command, command.read(written, situation))
    except UserMistake as mistake:
        words, overheard = _perhaps_words(message.text), _perhaps_of_others(message.text, situation, command)
        mistaken = Mistaken(mistake, command.in_group, words, overheard, command)
        if written.slash:
            return mistaken
        return PerhapsWord(message.text, Chatter() if situation.in_group else left or mistaken)


def _text(message: Message, situation: Situation, left: Ordered | None) -> Meaning:
    is_short = len(message.text) <= _LONGEST_WORD
    if situation.in_group:
        return PerhapsWord(message.text, Chatter()) if is_short else Chatter()
    asked = situation.running is not None and situation.running.stage is not Stage.ARMED
    few = len(message.text.split()) <= _WRONG_WORD_LENGTH
    otherwise = left or (WrongWord() if asked and few else Talk())
    return PerhapsWord(message.text, otherwise) if is_short else otherwise


def _perhaps_words(text: str, glued_to: str | None = None) -> tuple[str, ...]:
    """Of a command that cannot be read: its arguments, those after the first and after the second ("until 23:30"), and
    what stands before a ">"; without any, the line below; and what is glued to a command (`/safeWORD`)."""
    first, *below = _lines(text)
    command = plain(first).removeprefix("/").lstrip()
    name, _, arguments = command.partition(" ")
    old, arrow, _ = arguments.partition(">")
    after_first = arguments.partition(" ")[2]
    found = [arguments, after_first, after_first.partition(" ")[2], old if arrow else ""]
    if not arguments and below:
        found.append(below[0])
    if glued_to is not None and fold(name).startswith(glued_to):
        found.append(command[len(glued_to) :])
    return tuple(dict.fromkeys(word.strip() for word in found if word.strip() and len(word) <= _LONGEST_WORD))


def _perhaps_of_others(text: str, situation: Situation, command: Command | None) -> tuple[OthersWord, ...]:
    """The same of somebody else's, if a command that ends a timer may have been meant."""
    if command is not None and command.overheard_words is nobody_elses:
        return ()
    first, *below = _lines(text)
    arguments = plain(first).removeprefix("/").lstrip().partition(" ")[2]
    return perhaps_of_others(" ".join([arguments, *below[:1]]), situation.person_labels)


def _lines(text: str) -> list[str]:
    return [line for line in split_lines(text.strip()) if line.strip()]


def _phrase(text: str, commands: Mapping[str, Command]) -> Command | None:
    folded = fold(text)
    return next((command for command in commands.values() if folded in command.phrases), None)


def _unknown(unknown: Unknown, commands: Mapping[str, Command]) -> UserMistake:
    if unknown.nearest is None:
        return UserMistake("unknown.no_command")
    return UserMistake("unknown.command", {"example": commands[unknown.nearest].example})
