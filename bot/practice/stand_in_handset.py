"""The inner life of a simulated phone: how things go out and come in, apart from what its owner does."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bot.practice.stand_in_chats import Chat, ChatBook
from bot.practice.stand_in_content import JSON, PHONE_DEVICE, Address, Content, event_of
from bot.practice.stand_in_inbox import PhoneInbox
from bot.practice.stand_in_server import SignalServer, Stamps


class Handset(PhoneInbox):
    """A phone that nobody holds."""

    def __init__(
        self, address: Address, server: SignalServer, listening: Callable[[], bool], bot_title: Callable[[], str]
    ) -> None:
        super().__init__()
        self.address = address
        self.online = True
        self.registered = True
        self.installation = 1
        self.delivery_receipts = True
        self.read_receipts = False
        self.on_change: Callable[[], None] = lambda: None
        self._server = server
        self._listening = listening
        self._stamps = Stamps(server.clock)
        self._timer = (0, 0)  # of the chat with the bot: seconds, version
        self._held: list[tuple[Address, Content]] = []
        self._bot_title = bot_title
        self._book = ChatBook(address)

    @property
    def name(self) -> str:
        return self.address.name

    @property
    def aci(self) -> str:
        """The account id."""
        return self.address.aci

    @property
    def number(self) -> str:
        return self.address.number

    def chats(self) -> tuple[Chat, ...]:
        """The chats as they stand, the direct one with the bot first."""
        return self._book.view(self._server.clock.now(), self._bot_title())

    def _begin_anew(self) -> None:
        """A new installation of the app."""
        self.installation += 1
        self._timer = (0, 0)
        self._book = ChatBook(self.address)
        self.on_change()

    # --- how things go out

    def _content(
        self, kind: str, group: str | None, timestamp: int | None = None, expire_timer: int | None = None
    ) -> Content:
        if group is not None:
            state = self._server.groups.get(group)
            revision, (seconds, version) = state.revision, (state.expiration, 0)
        else:
            revision, (seconds, version) = 0, self._timer
        return Content(
            "message",
            self._stamps.next(timestamp),
            kind,
            expire_timer=seconds if expire_timer is None else expire_timer,
            timer_version=version,
            group_id=group,
            revision=revision,
        )

    def _send(self, content: Content, **carried: Any) -> int:
        content = replace(content, **carried)
        if content.group_id is None:
            self._spread(content, [self._server.bot.aci])
        else:
            self._spread(content, self._server.groups.get(content.group_id).members)
        if content.is_message:
            self._book.take_in(self.address, content, self._server.clock.now())
            self.on_change()
        return content.timestamp

    def _spread(self, content: Content, audience: Iterable[str]) -> None:
        for aci in dict.fromkeys(audience):
            if aci == self._server.bot.aci:
                self._server.send_to_bot(self, content, listening=self._listening())
            elif aci != self.aci:
                self._server.deliver(aci, self.address, replace(content, sealed=False))

    def _confirm(self, aci: str, kind: str, *timestamps: int, device: int = PHONE_DEVICE) -> int:
        receipt = Content("receipt", self._stamps.next(), kind, timestamps=timestamps, device=device)
        self._spread(receipt, [aci])
        return receipt.timestamp

    # --- how things come in

    def receive(self, sender: Address, content: Content) -> None:
        """Something from the server, taken in at the next turn of the loop."""
        if self.online:
            asyncio.get_running_loop().call_soon(self._open, sender, content)
        else:
            self._held.append((sender, content))

    def _open(self, sender: Address, content: Content) -> None:
        if not self.online:
            self._held.append((sender, content))
            return
        group = self._server.view(content.group_id) if content.group_id else None
        now = asyncio.get_running_loop().time()
        self.take_in(event_of(content, sender, self.name, now, group))
        self._see(sender, content, group)
        if content.is_message and content.kind != "edit":
            if self.delivery_receipts:
                self._confirm(sender.aci, "delivery", content.timestamp)
            if self.read_receipts and content.kind == "text":
                self._confirm(sender.aci, "read", content.timestamp)

    def _see(self, sender: Address, content: Content, group: JSON | None) -> None:
        if group is not None:
            self._book.learn_group(group)
        if content.is_message and content.group_id is None and content.timer_version > self._timer[1]:
            self._timer = (content.expire_timer, content.timer_version)
        self._book.take_in(sender, content, self._server.clock.now())
        self.on_change()
