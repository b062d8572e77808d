"""From a message to a command (SPEC, Ways in): the first line is the command, later lines are its details."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.domain.folding import fold, plain, split_lines
from handlers.suggestions import nearest

_MENTION = "\ufffc"
_FRONT = re.compile(rf"(?:[\s{_MENTION}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])+")
_COMMAND_AS_WRITTEN = re.compile(r"(?:[/\uff0f\u2044\u2215\u29f8]\s*)?\S+\s*")


@dataclass(frozen=True)
class Written:
    """A known command as somebody wrote it. Its texts may hold a word: they are kept out of its `repr`."""

    name: str
    """The command without slash, as it stands in `known`."""
    arguments: str = field(repr=False)
    """The rest of the first line: `plain` (quotes, spaces, full-width characters), case and punctuation kept."""
    details: str | None = field(repr=False)
    """From the second line on, as written, without empty lines around; None when there is nothing."""
    slash: bool
    """Without a slash the whole message must fit the command: unless its arguments are understood, it is just text."""
    free_text: str = field(repr=False)
    """All that follows the command, as written, lines kept: for `/note`, `/plan` and `/sos`."""


@dataclass(frozen=True)
class Unknown:
    """Something after a slash that is no command."""

    name: str = field(repr=False)
    """Folded. Never echoed: a word may be glued to the command (`/safeWORD`)."""
    nearest: str | None
    """The command that was probably meant, for the answer only."""


def read_command(
    text: str, in_group: bool, known: Collection[str], *, check_in_running: bool = False
) -> Written | Unknown | None:
    """The command in a message, or None if it is only text (perhaps a bare word, which is not judged here).

    `known`: the commands, folded, without slash. In a group a command without slash counts only while the writer's
    check-in runs (`check_in_running`); who does not know yet passes True and looks at `Written.slash`. Mentions and
    empty lines at the front are dropped. Never raises.
    """
    start = _FRONT.match(text)
    lines = split_lines(text[start.end() :] if start else text)
    first = plain(lines[0])
    slash = first.startswith("/")
    first_word, _, arguments = first.removeprefix("/").lstrip().partition(" ")
    name = fold(first_word)
    if name not in known:
        return Unknown(name, nearest(name, known)) if slash else None
    if in_group and not slash and not check_in_running:
        return None
    further = "\n".join(lines[1:])
    free_text = _COMMAND_AS_WRITTEN.sub("", lines[0], count=1) + "\n" + further
    return Written(name, arguments.strip(), further.strip() or None, slash, free_text.strip())
