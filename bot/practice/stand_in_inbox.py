"""What has reached a phone, and waiting for more."""

import asyncio
from collections.abc import Callable

from bot.practice.stand_in_content import Event


class PhoneInbox:
    """Events in order of arrival, each read once."""

    def __init__(self) -> None:
        self.history: list[Event] = []
        """Everything, in order of arrival."""
        self._unread: list[Event] = []
        self._waiters: list[asyncio.Future[None]] = []

    def take_in(self, event: Event) -> None:
        """Something has arrived."""
        self.history.append(event)
        self._unread.append(event)
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    async def expect(self, wanted: Callable[[Event], bool], timeout: float = 15.0) -> Event:
        """Wait for the first unread event that is wanted, mark it read and return it. Raises TimeoutError."""
        try:
            async with asyncio.timeout(timeout):
                while (event := self._first(wanted)) is None:
                    await self._arrival()
        except TimeoutError:
            unread = ", ".join(f"{event.event}/{event.kind}" for event in self._unread) or "nothing"
            raise TimeoutError(f"A phone waited {timeout} s in vain; unread: {unread}.") from None
        self._unread.remove(event)
        return event

    async def expect_none(self, unwanted: Callable[[Event], bool], during: float = 1.0) -> None:
        """Fail if an unwanted event is unread or arrives within that many seconds."""
        try:
            event = await self.expect(unwanted, during)
        except TimeoutError:
            return
        raise AssertionError(f"A phone received what it should not: {event.event}/{event.kind}.")

    async def next_message(self, timeout: float = 15.0, *, group: str | None = None) -> Event:
        """The next unread text message, of one group if given."""
        return await self.expect(
            lambda e: e.event == "message" and e.kind == "text" and group in (None, e.group_id), timeout
        )

    async def next_receipt(self, kind: str | None = None, timeout: float = 15.0) -> Event:
        """The next unread receipt, of one kind if given."""
        return await self.expect(lambda e: e.event == "receipt" and kind in (None, e.kind), timeout)

    def forget(self) -> None:
        """Mark everything read."""
        self._unread.clear()

    def _first(self, wanted: Callable[[Event], bool]) -> Event | None:
        return next((event for event in self._unread if wanted(event)), None)

    async def _arrival(self) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await waiter
