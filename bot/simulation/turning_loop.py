"""A loop of virtual time in which something may happen between any two turns."""

from collections.abc import Callable

from bot.practice.virtual_time import VirtualTimeLoop

MOST_TURNS = 400_000


class SpinsError(RuntimeError):
    """No night takes so many turns: something goes round and round."""


class TurningLoop(VirtualTimeLoop):
    """Counts its turns, and tells before each."""

    def __init__(self) -> None:
        self.turns = 0
        self.before_turn: Callable[[], None] = lambda: None
        super().__init__()

    def _run_once(self) -> None:
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise SpinsError
        self.before_turn()
        super()._run_once()  # type: ignore[misc]
