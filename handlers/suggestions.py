"""The command that was probably meant. Only ever shown, never acted upon."""

from collections.abc import Collection

from bot.domain.spelling import edit_distance

_LONGEST_SLIP = 24
_SHORTEST_START = 3


def nearest(name: str, known: Collection[str]) -> str | None:
    """The entry of `known` nearest to a folded, unknown `name` (both without slash), or None when none is near.

    Near is: a slip of the finger (a letter too many, too few, wrong, or two swapped; two such slips from six letters
    on), the beginning of a single command, or a command with something glued to it (`start2h`).
    """
    return _slipped(name, known) or _begun(name, known) or _glued(name, known)


def _slipped(name: str, known: Collection[str]) -> str | None:
    if not 0 < len(name) <= _LONGEST_SLIP:
        return None
    allowed = 2 if len(name) >= 6 else 1
    slips = ((edit_distance(name, command), name[:1] != command[:1], command) for command in known)
    distance, _, command = min(slips, default=(allowed + 1, False, ""))
    return command if distance <= allowed else None


def _begun(name: str, known: Collection[str]) -> str | None:
    completed = [command for command in known if len(name) >= _SHORTEST_START and command.startswith(name)]
    return completed[0] if len(completed) == 1 else None


def _glued(name: str, known: Collection[str]) -> str | None:
    started = [command for command in known if len(command) >= _SHORTEST_START and name.startswith(command)]
    return max(started, key=len, default=None)
