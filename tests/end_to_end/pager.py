"""What the operator's second channel ends in: a small web server that keeps what it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Page:
    """One message, and the loop's time of its arrival."""

    said: dict[str, Any]
    at: float

    @property
    def text(self) -> str:
        return str(self.said["message"])


@dataclass
class Pager:
    """Listens at `address` (for BUDDY_OPERATOR)."""

    address: str = ""
    pages: list[Page] = field(default_factory=list)
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    @classmethod
    @asynccontextmanager
    async def listening(cls) -> AsyncIterator["Pager"]:
        """On a free port, until the block is left."""
        pager = cls()
        server = await asyncio.start_server(pager._take, "127.0.0.1", 0)
        async with server:
            pager.address = f"json://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            yield pager

    async def expect(self, part: str, within: float) -> Page:
        """The first page with this part. Raises TimeoutError."""
        async with self._came, asyncio.timeout(within):
            await self._came.wait_for(lambda: any(part in page.text for page in self.pages))
        return next(page for page in self.pages if part in page.text)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = next(line.partition(":")[2] for line in head.splitlines() if line.startswith("content-length:"))
        said = json.loads(await reader.readexactly(int(length)))
        writer.write(_OK)
        await writer.drain()
        writer.close()
        async with self._came:
            self.pages.append(Page(said, asyncio.get_running_loop().time()))
            self._came.notify_all()
