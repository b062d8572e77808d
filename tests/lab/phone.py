"""A simulated phone: it encrypts and decrypts for real, and a test says what its owner does."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

JSON = dict[str, Any]
Command = Callable[..., Awaitable[JSON]]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a phone received."""

    event: str
    """message, receipt, typing, sync_sent, sync, retry_request, undecryptable or other."""
    data: JSON
    """All that is known about it; README.md lists the fields."""
    at: float
    """The loop's time of arrival, in seconds."""

    @property
    def kind(self) -> str | None:
        """Of a message: text, reaction, delete, edit, expiration, group_update or profile_key.
        Of a receipt: delivery, read or viewed."""
        return self._text("kind")

    @property
    def body(self) -> str | None:
        return self._text("body")

    @property
    def group_id(self) -> str | None:
        return self._text("group_id")

    @property
    def timestamp(self) -> int:
        """The message's id: milliseconds since 1970, given by its sender."""
        return int(self.data["timestamp"])

    @property
    def sender(self) -> str | None:
        """The name of the sending phone, or "bot"."""
        name: str | None = self.data.get("from", {}).get("name")
        return name

    def _text(self, field: str) -> str | None:
        value: str | None = self.data.get(field)
        return value


class Phone:
    """One person's phone. Made by `SignalLab.add_phone`."""

    def __init__(self, command: Command, name: str, aci: str, number: str) -> None:
        self._command = command
        self.name = name
        self.aci = aci
        self.number = number
        self.history: list[Event] = []  # everything, in order of arrival
        self._unread: list[Event] = []
        self._arrived = asyncio.Condition()

    # --- receiving

    async def take_in(self, event: Event) -> None:
        """An event from the mock server (called by the lab)."""
        async with self._arrived:
            self.history.append(event)
            self._unread.append(event)
            self._arrived.notify_all()

    async def expect(self, wanted: Callable[[Event], bool], timeout: float = 15.0) -> Event:
        """Wait for the first unread event that is wanted, mark it read and return it. Raises TimeoutError."""

        def found() -> Event | None:
            return next((event for event in self._unread if wanted(event)), None)

        async with self._arrived:
            try:
                async with asyncio.timeout(timeout):
                    event = await self._arrived.wait_for(found)
            except TimeoutError:
                unread = [event.data for event in self._unread]
                raise TimeoutError(f"{self.name} waited {timeout} s in vain; unread: {unread}") from None
            assert event is not None
            self._unread.remove(event)
            return event

    async def expect_none(self, unwanted: Callable[[Event], bool], during: float = 1.0) -> None:
        """Fail if an unwanted event is unread or arrives within that many seconds."""
        with suppress(TimeoutError):
            event = await self.expect(unwanted, during)
            raise AssertionError(f"{self.name} received {event.data}")

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

    # --- sending; each returns the timestamp, which is the message's id

    async def send(
        self,
        text: str | None = None,
        *,
        group: str | None = None,
        attachments: Sequence[tuple[str, str, bytes]] = (),
        quote: Event | None = None,
        mentions: Sequence[tuple[int, int, str]] = (),
        expire_timer: int | None = None,
        timestamp: int | None = None,
        sealed: bool = True,
        share_profile: bool = True,
    ) -> int:
        """Send a message to the bot, or to a group.

        attachments: (file name, content type, bytes). mentions: (start, length, phone
        name or ACI). sealed: hide the sender from the server, as phones do by default.
        """
        return await self._send(
            "send",
            text=text,
            group_id=group,
            attachments=[
                {"filename": name, "content_type": kind, "data": base64.b64encode(content).decode()}
                for name, kind, content in attachments
            ],
            quote=quote and {"timestamp": quote.timestamp, "author": quote.sender, "text": quote.body},
            mentions=[{"start": start, "length": length, "who": who} for start, length, who in mentions],
            expire_timer=expire_timer,
            timestamp=timestamp,
            sealed=sealed,
            share_profile=share_profile,
        )

    async def react(self, emoji: str, to: Event | int, *, remove: bool = False, group: str | None = None) -> int:
        """React to a received message, or to the bot's message with that timestamp."""
        if isinstance(to, Event):
            author, target, group = to.sender, to.timestamp, to.group_id
        else:
            author, target = "bot", to
        return await self._send(
            "react", emoji=emoji, author=author, target_timestamp=target, group_id=group, remove=remove
        )

    async def delete(self, timestamp: int, *, group: str | None = None) -> int:
        """Delete an own message for everyone."""
        return await self._send("delete", target_timestamp=timestamp, group_id=group)

    async def edit(self, timestamp: int, text: str, *, group: str | None = None) -> int:
        return await self._send("edit", target_timestamp=timestamp, text=text, group_id=group)

    async def typing(self, *, started: bool = True, group: str | None = None) -> int:
        return await self._send("typing", started=started, group_id=group)

    async def receipt(self, kind: Literal["delivery", "read", "viewed"], *timestamps: int) -> int:
        """Send a receipt for the bot's messages with these timestamps."""
        return await self._send("receipt", kind=kind, timestamps=list(timestamps))

    async def set_expiration(self, seconds: int) -> int:
        """Set the disappearing message timer of the chat with the bot."""
        return await self._send("expiration", seconds=seconds)

    async def _send(self, command: str, **arguments: Any) -> int:
        return int((await self._do(command, **arguments))["timestamp"])

    # --- what kind of phone it is

    async def go_offline(self) -> None:
        """From now on the server keeps what is sent to this phone; no receipts."""
        await self._do("configure", online=False)

    async def go_online(self) -> int:
        """Receive what was kept. Returns how many messages that is."""
        return int((await self._do("configure", online=True))["released"])

    async def set_receipts(self, *, delivery: bool | None = None, read: bool | None = None) -> None:
        """Whether receipts are sent without being asked. At first: delivery yes, read no."""
        await self._do("configure", delivery_receipts=delivery, read_receipts=read)

    async def unregister(self) -> None:
        """The account is gone: the server answers 404."""
        await self._do("unregister")

    async def register(self) -> None:
        """Undo `unregister`, with the same keys."""
        await self._do("register")

    async def reinstall(self) -> None:
        """A new installation: new identity key and registration id, nothing remembered."""
        await self._do("reregister")

    # --- groups

    async def create_group(self, title: str, members: Iterable[str]) -> JSON:
        """Create a group with other phones; name "bot" to add the bot."""
        return await self._do("group_create", title=title, members=list(members))

    async def change_group(
        self,
        group: str,
        *,
        title: str | None = None,
        expiration: int | None = None,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
    ) -> JSON:
        """Change a group as its rules allow; returns it as it then stands on the server."""
        return await self._do(
            "group_change",
            group_id=group,
            title=title,
            expiration=expiration,
            add=list(add),
            remove=list(remove),
        )

    async def leave_group(self, group: str) -> JSON:
        return await self._do("group_leave", group_id=group)

    async def accept_invitation(self, group: str) -> JSON:
        return await self._do("group_accept", group_id=group)

    async def _do(self, command: str, **arguments: Any) -> JSON:
        return await self._command(command, phone=self.name, **arguments)
