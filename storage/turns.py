"""Who may be inside a transaction at the same time as others. Plain threads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Many side by side, or one alone. Whoever wants to be alone goes before all who come later."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._wanting = 0

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Wait only for those who are, or want to be, alone."""
        with self._changed:
            while self._wanting:
                self._changed.wait()
            self._inside += 1
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else is inside."""
        with self._changed:
            self._wanting += 1
            while self._inside:
                self._changed.wait()
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._wanting -= 1
            self._leave()

    def _leave(self) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()
