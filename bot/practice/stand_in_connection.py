"""The two ends of a line between a client and the stand-in's signal-cli."""

import asyncio
from collections import deque
from typing import Protocol

_BUFFER_BYTES = 100_000
"""What lies unread in a connection before signal-cli stops fetching more; about what was measured."""


class Daemon(Protocol):
    """What a connection needs of the daemon at its other end."""

    def take(self, connection: "StandInConnection", line: bytes) -> None: ...
    def hung_up(self, connection: "StandInConnection") -> None: ...
    def drained(self) -> None: ...


class StandInConnection:
    """A `Connection` for the client; `put` and `end` are the daemon's side."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self._lines: deque[bytes] = deque()
        self._unread = 0  # bytes
        self._waiter: asyncio.Future[None] | None = None
        self.ended = False
        """The daemon is gone; what it wrote before can still be read."""
        self._closed = False

    # --- the client's side

    async def read_line(self) -> bytes:
        """The next line without its newline; `b""` when the other side has closed."""
        while not self._lines:
            if self.ended or self._closed:
                return b""
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        line = self._lines.popleft()
        was_clogged = self.is_clogged
        self._unread -= len(line)
        if was_clogged and not self.is_clogged:
            self._daemon.drained()
        return line

    async def write_line(self, line: bytes) -> None:
        """Send one line. Raises OSError when the connection is gone."""
        if self.ended or self._closed:
            raise BrokenPipeError("The connection to signal-cli is closed.")
        asyncio.get_running_loop().call_soon(self._daemon.take, self, line)

    async def close(self) -> None:
        """Close; what was not read is lost. Closing twice is allowed."""
        if not self._closed:
            self._closed = True
            self._lines.clear()
            self._unread = 0
            self._daemon.hung_up(self)
            self._wake()

    # --- the daemon's side

    @property
    def is_clogged(self) -> bool:
        """Whether so much is unread that nothing more fits."""
        return self._unread > _BUFFER_BYTES

    def put(self, line: bytes) -> None:
        """Write a line to the client; lost if the client has closed."""
        if not self.ended and not self._closed:
            self._lines.append(line)
            self._unread += len(line)
            self._wake()

    def end(self) -> None:
        """The daemon has ended."""
        self.ended = True
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
