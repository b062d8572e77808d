"""A plain JSON-RPC client for tests: it knows the framing and nothing about the bot."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.transport.connection import Connection, Endpoint

JSON = dict[str, Any]
_LINE_LIMIT = 32 * 1024 * 1024


class RpcError(Exception):
    """signal-cli answered a call with an error."""

    def __init__(self, error: JSON) -> None:
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.code: int = error.get("code", 0)
        self.message: str = error.get("message", "")
        self.data: Any = error.get("data")

    @property
    def results(self) -> list[JSON]:
        """The send results that signal-cli attached: one for each recipient, `[]` if there are none."""
        response: JSON = (self.data or {}).get("response") or {}
        results: list[JSON] = response.get("results", [])
        return results


class _SocketConnection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read_line(self) -> bytes:
        return (await self._reader.readline()).rstrip(b"\n")

    async def write_line(self, line: bytes) -> None:
        self._writer.write(line + b"\n")
        await self._writer.drain()

    async def close(self) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


class SocketEndpoint:
    """A signal-cli behind a UNIX socket."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def connect(self) -> Connection:
        return _SocketConnection(*await asyncio.open_unix_connection(self._path, limit=_LINE_LIMIT))


class RpcClient:
    """Calls and notifications over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids = itertools.count(1)
        self._calls: dict[str, asyncio.Future[Any]] = {}
        self._notifications: asyncio.Queue[JSON] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    @asynccontextmanager
    async def connect(cls, endpoint: Endpoint) -> "AsyncIterator[RpcClient]":
        """A client that is closed on leaving. Raises OSError when nobody is there."""
        client = cls(await endpoint.connect())
        try:
            yield client
        finally:
            await client.close()

    @property
    def is_open(self) -> bool:
        """Whether the other side is still there."""
        return not self._reading.done()

    async def call(self, method: str, timeout: float = 60.0, **params: Any) -> Any:
        """The result of one call. Raises RpcError, ConnectionError, TimeoutError."""
        if not self.is_open:
            raise ConnectionError("signal-cli closed the connection")
        call_id = f"call-{next(self._ids)}"
        reply = self._calls[call_id] = asyncio.get_running_loop().create_future()
        request = {"jsonrpc": "2.0", "id": call_id, "method": method, "params": params}
        try:
            await self._connection.write_line(json.dumps(request).encode())
            return await asyncio.wait_for(reply, timeout)
        finally:
            del self._calls[call_id]

    async def refused(self, method: str, **params: Any) -> RpcError:
        """The error with which a call that must fail is answered."""
        try:
            result = await self.call(method, **params)
        except RpcError as error:
            return error
        raise AssertionError(f"{method} was expected to fail, but answered {result}")

    async def next_envelope(
        self, wanted: Callable[[JSON], bool] = lambda envelope: True, timeout: float = 15.0
    ) -> JSON:
        """The next received envelope that is wanted; those before it are dropped. Raises TimeoutError."""
        dropped: list[JSON] = []
        try:
            async with asyncio.timeout(timeout):
                while True:
                    notification = await self._notifications.get()
                    envelope: JSON = notification["params"]["result"]["envelope"]
                    if wanted(envelope):
                        return envelope
                    dropped.append(envelope)
        except TimeoutError:
            raise TimeoutError(f"not received within {timeout} s; received instead: {dropped}") from None

    async def next_notification(self, timeout: float = 15.0) -> JSON:
        """The next notification, whole. Raises TimeoutError."""
        return await asyncio.wait_for(self._notifications.get(), timeout)

    async def next_text(self, text: str, timeout: float = 15.0) -> JSON:
        """The envelope of the message with this text."""
        return await self.next_envelope(lambda e: (e.get("dataMessage") or {}).get("message") == text, timeout)

    async def close(self) -> None:
        """End the connection and whoever still waits on it."""
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self._connection.close()

    async def _read(self) -> None:
        try:
            while line := await self._connection.read_line():
                self._take_in(json.loads(line))
        except OSError:
            pass  # the same as the end of the connection: whoever waits is told below
        finally:
            for reply in self._calls.values():
                if not reply.done():
                    reply.set_exception(ConnectionError("signal-cli closed the connection"))

    def _take_in(self, message: JSON) -> None:
        if "method" in message:
            self._notifications.put_nowait(message)
            return
        reply = self._calls.get(message["id"])
        if reply is None or reply.done():
            return
        if "error" in message:
            reply.set_exception(RpcError(message["error"]))
        else:
            reply.set_result(message.get("result"))
