"""The stand-in behind a UNIX socket, for programs of their own."""

import asyncio
from contextlib import suppress
from pathlib import Path

from bot.transport.connection import Connection, Endpoint

_LINE_LIMIT = 32 * 1024 * 1024


class SocketServer:
    """Passes lines between a socket and an endpoint. Made by `SocketServer.start`."""

    def __init__(self, endpoint: Endpoint, path: Path) -> None:
        self.path = path
        self._endpoint = endpoint
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    @classmethod
    async def start(cls, endpoint: Endpoint, path: Path) -> "SocketServer":
        """Begin to serve. Raises OSError when the socket cannot be made."""
        server = cls(endpoint, path)
        server._server = await asyncio.start_unix_server(server._serve, path, limit=_LINE_LIMIT)
        return server

    async def close(self) -> None:
        """End every connection, and the socket."""
        if self._server is not None:
            self._server.close()
        for client in self._clients:
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        self.path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            connection = await self._endpoint.connect()
        except OSError:
            writer.close()  # as if nobody had been there
            return
        outward = asyncio.create_task(_write_out(connection, writer))
        try:
            while line := await reader.readline():
                await connection.write_line(line.rstrip(b"\n"))
        except OSError:
            pass  # one of the two ends is gone: so is the other, below
        finally:
            outward.cancel()
            await connection.close()
            writer.close()


async def _write_out(connection: Connection, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while line := await connection.read_line():
            writer.write(line + b"\n")
            await writer.drain()
    writer.close()
