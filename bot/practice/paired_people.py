"""Getting two people paired beforehand, by the same messages that they would write themselves."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.practice.evening import Evening
from bot.practice.stand_in_phone import StandInPhone

INVITE_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_ANSWER_TAKES = 1.0  # seconds
_LOOKS = 20


class SetUpFailed(Exception):  # noqa: N818 (says what is wrong)
    """The bot did not pair two people as it should have."""


@dataclass
class PairedPeople:
    """Pairs people; `pause` lets so many seconds pass."""

    night: Evening
    pause: Callable[[float], Awaitable[None]]
    words: dict[str, str] = field(default_factory=dict)
    """Name to codeword, of everybody who has chosen one this way."""
    _members: set[str] = field(default_factory=set)

    async def pair(self, person: str, buddy: str, word: str) -> None:
        """Until their group is there. Raises SetUpFailed."""
        ana, bo = self.night.stand_in.phone(person), self.night.stand_in.phone(buddy)
        if person not in self._members:
            await self._join(ana, await self.night.operator_code())
        if person not in self.words:
            await self._say(ana, f"/words {word}")
            self.words[person] = word
        await self._join(bo, await self._invited_by(ana))
        await self._say(bo, "/accept")
        await self._say(ana, f"/confirm {buddy} {self.words[person]}")
        for _ in range(_LOOKS):
            await self.pause(_ANSWER_TAKES)
            if _share_a_group(ana, bo):
                break
        else:
            raise SetUpFailed(f"The bot did not pair {person} with {buddy}.")
        for phone in (ana, bo):
            phone.forget()

    async def _join(self, phone: StandInPhone, code: str) -> None:
        await self._say(phone, f"/join {code}")
        if phone.name not in self._members:
            await self._say(phone, f"/name {phone.name}")
            self._members.add(phone.name)

    async def _invited_by(self, phone: StandInPhone) -> str:
        await self._say(phone, "/invite")
        for event in reversed(phone.history):
            if found := INVITE_CODE.search(event.body or ""):
                return found[0]
        raise SetUpFailed(f"The bot gave {phone.name} no invite code.")

    async def _say(self, phone: StandInPhone, text: str) -> None:
        await phone.send(text)
        await self.pause(_ANSWER_TAKES)


def _share_a_group(one: StandInPhone, other: StandInPhone) -> bool:
    return any(chat.group_id and {one.name, other.name} <= set(chat.members) for chat in one.chats())
