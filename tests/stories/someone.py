"""A person with a phone: what she does, and what her phone shows."""

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.practice.stand_in_content import Event, Reaction
from bot.practice.stand_in_phone import StandInPhone

ANSWER_WITHIN = 1.0
"""Seconds (SPEC: "Every command is answered within a second")."""


class Notes(Protocol):
    """Whoever writes down what is said."""

    def note(self, line: str) -> None:
        """Something was said, or shown."""
        ...

    def fails(self, what: str) -> AssertionError:
        """What went wrong, after all that was said."""
        ...


@dataclass
class Someone:
    """A person with a phone."""

    scene: Notes
    phone: StandInPhone
    usual_group: str | None = None
    """Where `says_in_group` goes without more words."""
    last_sent: int = 0

    def __post_init__(self) -> None:
        self._unread: list[Event] = []

    @property
    def name(self) -> str:
        return self.phone.name

    # --- what she does

    async def says(self, text: str) -> int:
        """Write to the bot. Returns the message's time stamp, which names it."""
        return await self._sent(text, self.phone.send(text))

    async def sends(self, *files: tuple[str, str, bytes], text: str | None = None, group: str | None = None) -> int:
        """Files (name, content type, bytes) with a text or without."""
        sending = self.phone.send(text, attachments=files, group=group)
        return await self._sent(f"{text or ''} {len(files)} files", sending)

    async def says_in_group(self, text: str, group: str | None = None) -> int:
        return await self._sent(f"(group) {text}", self.phone.send(text, group=group or self.usual_group))

    async def edits(self, sent: int, text: str, *, in_group: bool = False) -> int:
        group = self.usual_group if in_group else None
        return await self._sent(f"(edit) {text}", self.phone.edit(sent, text, group=group))

    async def reacts(self, emoji: str, to: Event | int, *, in_group: bool = False) -> int:
        """To an event, or to the bot's message with that time stamp."""
        group = self.usual_group if in_group else None
        return await self._sent(f"reacts {emoji}", self.phone.react(emoji, to, group=group))

    async def takes_back(self, emoji: str, to: Event) -> int:
        """Takes a reaction away again."""
        return await self._sent(f"no longer {emoji}", self.phone.react(emoji, to, remove=True))

    async def reacts_to_own(self, emoji: str, sent: int) -> int:
        """To an own message in the group."""
        reaction = Reaction(emoji, remove=False, author=self.phone.aci, timestamp=sent)
        self.scene.note(f"{self.name} reacts {emoji} to an own message")
        return self.phone._send(self.phone._content("reaction", self.usual_group), reaction=reaction)

    async def invites(self) -> str:
        """Returns the code that she would forward."""
        await self.says("/invite")
        await self.reads("Send the next message on to your buddy. …")
        forward = await self.reads("Will you be my buddy? …")
        return str(forward.body).split("/join ")[1]

    # --- what her phone shows

    async def gets_file(self, expected: str, within: float = ANSWER_WITHIN) -> bytes:
        """The next message in the direct chat is this one, with a file; returns that."""
        event = await self.reads(expected, within)
        (file,) = event.data["attachments"]
        return base64.b64decode(file["data"])

    async def reads(self, expected: str, within: float = ANSWER_WITHIN) -> Event:
        """The next message in the direct chat is this one."""
        return await self._next(expected, within, lambda event: event.group_id is None, "in the direct chat")

    async def reads_each(self, *expected: str, within: float = ANSWER_WITHIN) -> None:
        """The next messages in the direct chat are these, in whatever order: alerts go before answers."""
        found = [await self.reads("…", within) for _ in expected]
        texts = [event.body or "" for event in found]
        for text in expected:
            if not any(matches(text, body) for body in texts):
                raise self.scene.fails(f"{self.name} does not read: {text}")

    async def reads_in_group(self, expected: str, group: str | None = None, within: float = ANSWER_WITHIN) -> Event:
        """The next line in the group is this one."""
        wanted = group or self.usual_group
        return await self._next(expected, within, lambda event: event.group_id == wanted, "in the group")

    async def reads_nothing(self, during: float = 2.0) -> None:
        """No further message in the direct chat."""
        await self._nothing(during, lambda event: event.group_id is None, "in the direct chat")

    async def reads_nothing_in_group(self, group: str | None = None, during: float = 2.0) -> None:
        """No further line in the group."""
        wanted = group or self.usual_group
        await self._nothing(during, lambda event: event.group_id == wanted, "in the group")

    async def sees_nothing(self, during: float = 2.0) -> None:
        """No further message anywhere."""
        await self._nothing(during, lambda _: True, "anywhere")

    def unread(self) -> list[str]:
        """The texts that have arrived and were not asked for yet, wherever."""
        self._look()
        return [event.body or "" for event in self._unread]

    def forgets(self) -> None:
        """What has arrived so far does not matter."""
        self._look()
        self._unread.clear()

    def shows(self) -> list[str]:
        """Everything that the bot has ever written to this phone, deleted or not."""
        return [event.body or "" for event in self.phone.history if _is_text(event)]

    def deleted(self) -> set[int]:
        """The time stamps of the bot's messages that were deleted for everyone."""
        return {
            int(event.data["target_timestamp"])
            for event in self.phone.history
            if event.event == "message" and event.kind == "delete" and event.sender == "bot"
        }

    async def _sent(self, what: str, sending: Awaitable[int]) -> int:
        self.scene.note(f"{self.name} -> {what}")
        self.last_sent = await sending
        return self.last_sent

    def _look(self) -> None:
        for event in list(self.phone._unread):
            if _is_text(event):
                self._unread.append(event)
                where = "(group) " if event.group_id else ""
                self.scene.note(f"    {self.name} <- {where}{event.body}")
        self.phone.forget()

    async def _arrival(self, wanted: Callable[[Event], bool], within: float) -> Event | None:
        ends = asyncio.get_running_loop().time() + within
        while True:
            self._look()
            found = next((event for event in self._unread if wanted(event)), None)
            left = ends - asyncio.get_running_loop().time()
            if found is not None or left <= 0:
                return found
            try:
                async with asyncio.timeout(left):
                    await self.phone._arrival()
            except TimeoutError:
                continue

    async def _next(self, expected: str, within: float, wanted: Callable[[Event], bool], where: str) -> Event:
        __tracebackhide__ = True
        event = await self._arrival(wanted, within)
        if event is None:
            raise self.scene.fails(f"{self.name} reads nothing {where} within {within} s, but should: {expected}")
        if not matches(expected, event.body or ""):
            raise self.scene.fails(f"{self.name} reads {where}:\n{event.body}\n>>> but should:\n{expected}")
        self._unread.remove(event)
        return event

    async def _nothing(self, during: float, unwanted: Callable[[Event], bool], where: str) -> None:
        __tracebackhide__ = True
        event = await self._arrival(unwanted, during)
        if event is not None:
            raise self.scene.fails(f"{self.name} should read nothing {where}, but reads:\n{event.body}")


def matches(expected: str, text: str) -> bool:
    """Whether the text is the expected one, "…" standing for anything."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("…"))), text, re.DOTALL) is not None


def _is_text(event: Event) -> bool:
    return event.event == "message" and event.kind == "text" and event.sender == "bot"
