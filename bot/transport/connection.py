"""What the signal-cli client needs of a connection: lines in, lines out."""

from typing import Protocol


class Connection(Protocol):
    """One open line-based connection to a signal-cli."""

    async def read_line(self) -> bytes:
        """The next line without its newline; `b""` when the other side has closed."""
        ...

    async def write_line(self, line: bytes) -> None:
        """Send one line (given without newline). Raises OSError when the connection is gone."""
        ...

    async def close(self) -> None:
        """Close. Never raises; closing twice is allowed."""
        ...


class Endpoint(Protocol):
    """Where a signal-cli can be reached."""

    async def connect(self) -> Connection:
        """A new connection. Raises OSError when nobody is there."""
        ...
