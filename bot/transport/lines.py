"""Lines over a stream of bytes, with a limit that costs the long line and nothing else."""

import asyncio
from collections import deque

from bot.transport.counters import Counters

MAX_LINE_BYTES = 32 * 1024 * 1024
_CHUNK_BYTES = 256 * 1024
LINE_TOO_LONG = "line_too_long"


class LineReader:
    """Splits a stream into lines; drops and counts those longer than the limit, skips empty ones."""

    def __init__(self, stream: asyncio.StreamReader, counters: Counters, limit: int = MAX_LINE_BYTES) -> None:
        self._stream = stream
        self._counters = counters
        self._limit = limit
        self._ready: deque[bytes] = deque()
        self._pieces: list[bytes] = []
        self._length = 0

    async def read_line(self) -> bytes:
        """The next line without its newline; `b""` at the end. A last line without newline is no line."""
        while not self._ready:
            try:
                chunk = await self._stream.read(_CHUNK_BYTES)
            except OSError:
                return b""
            if not chunk:
                return b""
            self._split(chunk)
        return self._ready.popleft()

    def _split(self, chunk: bytes) -> None:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            self._append(end)
            self._finish_line()
        self._append(rest)

    def _append(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > self._limit:
            self._pieces.clear()
        elif piece:
            self._pieces.append(piece)

    def _finish_line(self) -> None:
        if self._length > self._limit:
            self._counters.count(LINE_TOO_LONG)
        elif line := b"".join(self._pieces).rstrip(b"\r"):
            self._ready.append(line)
        self._pieces.clear()
        self._length = 0
