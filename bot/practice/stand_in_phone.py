"""A simulated phone: what its owner can do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from bot.practice.stand_in_content import JSON, Attachment, Content, Event, Mention, Quote, Reaction
from bot.practice.stand_in_groups import ADMINISTRATOR, GroupChange
from bot.practice.stand_in_handset import Handset


class StandInPhone(Handset):
    """One person's phone. Made by `StandIn.add_phone`."""

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

        attachments: (file name, content type, bytes). mentions: (start, length, phone name or account id).
        expire_timer: seconds; without it the chat's own. sealed: hide the sender from the server.
        """
        return self._send(
            self._content("text", group, timestamp, expire_timer),
            body=text,
            attachments=tuple(Attachment(kind, name, contents) for name, kind, contents in attachments),
            quote=quote and Quote(quote.timestamp, self._server.aci_of(quote.sender or ""), quote.body or ""),
            mentions=tuple(Mention(start, length, self._server.aci_of(who)) for start, length, who in mentions),
            sealed=sealed,
            share_profile=share_profile,
        )

    async def react(self, emoji: str, to: Event | int, *, remove: bool = False, group: str | None = None) -> int:
        """React to a received message, or to the bot's message with that timestamp."""
        author, target = ("bot", to) if isinstance(to, int) else (to.sender or "", to.timestamp)
        group = group if isinstance(to, int) else to.group_id
        reaction = Reaction(emoji, remove, self._server.aci_of(author), target)
        return self._send(self._content("reaction", group), reaction=reaction)

    async def edit(self, timestamp: int, text: str, *, group: str | None = None) -> int:
        """Edit an own message."""
        return self._send(self._content("edit", group), body=text, target_timestamp=timestamp)

    async def delete(self, timestamp: int, *, group: str | None = None) -> int:
        """Delete an own message for everyone."""
        return self._send(self._content("delete", group), target_timestamp=timestamp)

    async def typing(self, started: bool = True, *, group: str | None = None) -> int:
        return self._send(Content("typing", self._stamps.next(), group_id=group, started=started))

    async def receipt(self, kind: Literal["delivery", "read", "viewed"], *timestamps: int, device: int = 1) -> int:
        """Send a receipt for the bot's messages with these timestamps; `device` above 1: from a linked computer."""
        return self._confirm(self._server.bot.aci, kind, *timestamps, device=device)

    async def set_expiration(self, seconds: int) -> int:
        """Set the disappearing message timer of the chat with the bot."""
        self.lose_expiration(seconds)
        return self._send(self._content("expiration", None))

    def lose_expiration(self, seconds: int) -> None:
        """Set it, and lose the message that tells; the next text carries it."""
        self._timer = (seconds, self._timer[1] + 1)

    # --- what kind of phone it is

    async def go_offline(self) -> None:
        """From now on the server keeps what is sent to this phone; no receipts."""
        self.online = False

    async def go_online(self) -> int:
        """Receive what was kept. Returns how many messages that is."""
        self.online = True
        held, self._held = self._held, []
        for sender, content in held:
            self.receive(sender, content)
        return len(held)

    async def set_receipts(self, *, delivery: bool | None = None, read: bool | None = None) -> None:
        """Whether receipts are sent without being asked. At first: delivery yes, read no."""
        self.delivery_receipts = self.delivery_receipts if delivery is None else delivery
        self.read_receipts = self.read_receipts if read is None else read

    async def unregister(self) -> None:
        """The account is gone."""
        self.registered = False

    async def register(self) -> None:
        """Undo `unregister`, with the same keys."""
        self.registered = True

    async def reinstall(self) -> None:
        """A new installation: new identity key, nothing remembered."""
        self._begin_anew()

    # --- groups

    async def create_group(self, title: str, members: Iterable[str]) -> JSON:
        """Create a group with other phones; name "bot" to add the bot. All are its admins."""
        people = [self.aci, *(self._server.aci_of(who) for who in members)]
        state = self._server.groups.create(title, dict.fromkeys(people, ADMINISTRATOR))
        self._tell_group(people, state.group_id, changed=False)
        return self._server.view(state.group_id)

    async def change_group(
        self,
        group: str,
        *,
        title: str | None = None,
        expiration: int | None = None,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
    ) -> JSON:
        """Change a group; returns it as it then stands. Raises GroupRefusedError when its rules forbid it."""
        joining, leaving = (tuple(map(self._server.aci_of, people)) for people in (add, remove))
        return self._change(group, GroupChange(title, None, expiration, add=joining, remove=leaving))

    async def leave_group(self, group: str) -> JSON:
        return self._change(group, GroupChange(remove=(self.aci,)))

    async def accept_invitation(self, group: str) -> JSON:
        """Become a full member. Raises GroupRefusedError for who is not invited."""
        return self._change(group, GroupChange(accept=(self.aci,)))

    def _change(self, group: str, change: GroupChange) -> JSON:
        before = self._server.groups.get(group)
        after = self._server.groups.change(group, self.aci, change)
        self._tell_group([*before.members, *after.members, *after.pending], group, changed=True)
        return self._server.view(group)

    def _tell_group(self, audience: Iterable[str], group: str, *, changed: bool) -> None:
        content = replace(self._content("group_update", group), group_changed=changed)
        self._book.learn_group(self._server.view(group))
        self._spread(content, audience)
        self.on_change()
