"""What a command prints for the operator: it is printed whole, or whoever wanted it printed learns that it is not."""

import os
import sys

from rich.console import Console, RenderableType

from bot.errors import NotShown


class _Output(Console):
    def on_broken_pipe(self) -> None:
        """Rich would end the process here, without a word."""
        raise BrokenPipeError


def show(*things: RenderableType) -> None:
    """Print these, under each other. Raises NotShown when that cannot be, as on a full disk or into a closed pipe."""
    try:
        if sys.stdout is None:  # closed before the start
            raise BrokenPipeError
        output = _Output()
        for thing in things:
            output.print(thing, markup=False, highlight=False)
        sys.stdout.flush()
    except OSError as error:
        _forget_the_rest()
        raise NotShown("Nothing could be printed: the output is closed, or its disk is full.") from error


def _forget_the_rest() -> None:
    """Else Python tries again at its end, and complains."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
