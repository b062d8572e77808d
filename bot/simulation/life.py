"""One run of the bot, from its start to its end or its death; afterwards its doors lead nowhere."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.attachments import AttachmentFolder
from bot.errors import StorageUnavailable
from bot.practice.stand_in import StandIn
from bot.transport.connection import Connection
from storage.single_process import Ownership


class Life:
    """Whether a run is still alive; what is left of a dead one can neither read nor write any more."""

    def __init__(self) -> None:
        self.alive = True
        self._awake = asyncio.Event()
        self._awake.set()

    def hang(self) -> None:
        """Nothing passes its doors until `wake`."""
        self._awake.clear()

    def wake(self) -> None:
        """It goes on where it stood."""
        self._awake.set()

    @property
    def can_act(self) -> bool:
        """Whether it lives and does not hang."""
        return self.alive and self._awake.is_set()

    async def while_it_hangs(self) -> None:
        """Return when it does not hang."""
        while not self._awake.is_set():
            await self._awake.wait()


class FencedEndpoint:
    """The way to signal-cli, for as long as that run lives."""

    def __init__(
        self,
        stand_in: StandIn,
        life: Life,
        on_read: Callable[[bytes], None],
        on_write: Callable[[bytes, Callable[[], None]], None],
    ) -> None:
        """`on_write` is handed each line before it leaves, and what sends it off."""
        self._stand_in = stand_in
        self._life = life
        self._on_read = on_read
        self._on_write = on_write
        self._open: list[FencedConnection] = []

    async def connect(self) -> Connection:
        """See `Endpoint`."""
        await self._life.while_it_hangs()
        if not self._life.alive:
            raise ConnectionRefusedError("This run is over.")
        connection = FencedConnection(await self._stand_in.connect(), self._life, self._on_read, self._on_write)
        self._open.append(connection)
        return connection

    async def hang_up(self) -> None:
        """What the system does with the connections of a process that has ended."""
        for connection in self._open:
            await connection.inner.close()


class FencedConnection:
    """A connection to signal-cli, for as long as that run lives."""

    def __init__(
        self,
        inner: Connection,
        life: Life,
        on_read: Callable[[bytes], None],
        on_write: Callable[[bytes, Callable[[], None]], None],
    ) -> None:
        self.inner = inner
        self._life = life
        self._on_read = on_read
        self._on_write = on_write

    async def read_line(self) -> bytes:
        """See `Connection`."""
        line = await self.inner.read_line() if self._life.alive else b""
        await self._life.while_it_hangs()
        if not self._life.alive:
            return b""
        self._on_read(line)
        return line

    async def write_line(self, line: bytes) -> None:
        """See `Connection`."""
        await self._life.while_it_hangs()
        if not self._life.alive:
            raise BrokenPipeError("This run is over.")
        leaving: list[bytes] = []
        self._on_write(line, lambda: leaving.append(line))
        for one in leaving:
            await self.inner.write_line(one)
        if not leaving or not self._life.alive:
            raise BrokenPipeError("This run is over.")

    async def close(self) -> None:
        """See `Connection`."""
        await self.inner.close()


class FencedAttachments:
    """signal-cli's folder, for as long as that run lives."""

    def __init__(self, inner: AttachmentFolder, life: Life) -> None:
        self._inner = inner
        self._life = life

    async def read(self, attachment_id: str, at_most: int) -> bytes | None:
        """See `AttachmentFolder`."""
        return await self._inner.read(attachment_id, at_most) if self._life.alive else None

    async def delete(self, attachment_id: str) -> None:
        """See `AttachmentFolder`."""
        if self._life.alive:
            await self._inner.delete(attachment_id)

    async def leftovers(self, before: datetime) -> list[str]:
        """See `AttachmentFolder`."""
        return await self._inner.leftovers(before) if self._life.alive else []


class FencedOwnership:
    """That a run lives, as the database knows it: one that hangs renews nothing."""

    def __init__(self, inner: Ownership, life: Life) -> None:
        self.owner = inner.owner
        self._inner = inner
        self._life = life
        self.is_alone = inner.is_alone
        self.is_alive = inner.is_alive
        self.give_up = inner.give_up

    def renew(self) -> None:
        """See `Ownership`."""
        if not self._life.can_act:
            raise StorageUnavailable("This run is over, or hangs.")
        self._inner.renew()


class FencedPager:
    """The operator's second channel, for as long as that run lives."""

    def __init__(self, life: Life, on_told: Callable[[str], None]) -> None:
        self._life = life
        self._on_told = on_told

    async def tell(self, text: str) -> bool:
        """See `OperatorChannel`."""
        await self._life.while_it_hangs()
        if self._life.alive:
            self._on_told(text)
        return self._life.alive
