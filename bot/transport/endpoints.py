"""Where a signal-cli is reached: `unix:PATH`, `tcp:HOST:PORT` or `spawn:COMMAND`."""

import asyncio
import shlex
from dataclasses import dataclass, field

from bot.transport.child import ChildConnection, start_child
from bot.transport.connection import Connection, Endpoint
from bot.transport.counters import Counters, NoCounters
from bot.transport.errors import EndpointTextError
from bot.transport.lines import LineReader

CLOSING_SECONDS = 1.0
"""How long what was written may take to leave when a connection is closed; a peer that reads no more is left."""
_HIGHEST_PORT = 65535
_JSON_RPC = "jsonRpc"
_FORMS = "Write unix:PATH, tcp:HOST:PORT or spawn:COMMAND, for example unix:/run/signal-cli/socket."


class StreamConnection:
    """A connection over a socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counters: Counters) -> None:
        self._lines = LineReader(reader, counters)
        self._writer = writer

    async def read_line(self) -> bytes:
        """The next line without its newline; `b""` when the other side has closed."""
        return await self._lines.read_line()

    async def write_line(self, line: bytes) -> None:
        """Send one line. Raises OSError when the connection is gone."""
        self._writer.write(line + b"\n")
        await self._writer.drain()

    async def close(self) -> None:
        """Close. Never raises; closing twice is allowed."""
        self._writer.close()
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._writer.wait_closed()
        except OSError:  # a timeout is one too
            self._writer.transport.abort()


@dataclass(frozen=True)
class UnixEndpoint:
    """A daemon's socket on this machine."""

    path: str
    counters: Counters = field(default_factory=NoCounters)

    async def connect(self) -> Connection:
        """A new connection. Raises OSError when nobody is there."""
        return StreamConnection(*await asyncio.open_unix_connection(self.path), self.counters)


@dataclass(frozen=True)
class TcpEndpoint:
    """A daemon's port. signal-cli has no authentication: only for a network that is nobody else's."""

    host: str
    port: int
    counters: Counters = field(default_factory=NoCounters)

    async def connect(self) -> Connection:
        """A new connection. Raises OSError when nobody is there."""
        return StreamConnection(*await asyncio.open_connection(self.host, self.port), self.counters)


@dataclass(frozen=True)
class SpawnEndpoint:
    """A signal-cli that runs as our child and talks over its standard streams.

    Each `connect` starts a child, which ends with its connection: a client must share one connection.
    """

    command: tuple[str, ...]
    counters: Counters = field(default_factory=NoCounters)

    async def connect(self) -> ChildConnection:
        """Start the child. Raises OSError when the command cannot be run."""
        return await start_child(self.command, self.counters)


def endpoint_from(text: str, counters: Counters | None = None) -> Endpoint:
    """The endpoint that the setting names. Raises EndpointTextError with a message for the operator."""
    scheme, colon, rest = text.strip().partition(":")
    counting = counters or NoCounters()
    if not colon or not rest.strip():
        raise EndpointTextError(f"This does not say where signal-cli is. {_FORMS}")
    if scheme == "unix":
        return UnixEndpoint(rest, counting)
    if scheme == "tcp":
        return _tcp(rest, counting)
    if scheme == "spawn":
        return _spawn(rest, counting)
    raise EndpointTextError(f"This is no known way to reach signal-cli. {_FORMS}")


def _tcp(rest: str, counters: Counters) -> TcpEndpoint:
    host, _, port = rest.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= _HIGHEST_PORT:
        raise EndpointTextError(
            f"After tcp: a host and a port from 1 to {_HIGHEST_PORT} are needed, for example tcp:signal-cli:7583."
        )
    return TcpEndpoint(host, int(port), counters)


def _spawn(rest: str, counters: Counters) -> SpawnEndpoint:
    try:
        command = tuple(shlex.split(rest))
    except ValueError:
        raise EndpointTextError("The command after spawn: has a quotation mark that is not closed.") from None
    if command[-1:] == (_JSON_RPC,):
        # Otherwise signal-cli receives before it is asked to, goes on when asked to pause, and tells all twice.
        command += ("--receive-mode", "manual")
    return SpawnEndpoint(command, counters)
