"""What the screen of practice mode shows: a picture of the world at one moment."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.practice.stand_in_chats import Chat, ChatMessage
from bot.practice.stand_in_phone import StandInPhone

_Key = tuple[str, str | None, str, int]  # phone, group, sender, timestamp


@dataclass(frozen=True, slots=True)
class PhoneView:
    """One phone. `deleted` are the ids of messages that were taken back, as (sender, timestamp)."""

    name: str
    online: bool
    chats: tuple[Chat, ...]
    deleted: frozenset[tuple[str, int]] = frozenset()

    @property
    def groups(self) -> tuple[Chat, ...]:
        return tuple(chat for chat in self.chats if chat.group_id)


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the screen. `now` is aware."""

    now: datetime
    phones: tuple[PhoneView, ...] = ()
    bot_connected: bool = True
    operator_code: str | None = None
    """Where nobody is paired at first: what lets the first person in."""
    word: str | None = None
    """Where people are paired at first: Ana's codeword."""

    def phone(self, name: str) -> PhoneView | None:
        """By name."""
        return next((phone for phone in self.phones if phone.name == name), None)


@dataclass
class Memory:
    """Remembers what was seen, so that what was deleted can be told from what has disappeared.

    Nothing from before `since` is shown: it belongs to the set-up.
    """

    since: datetime
    _seen: dict[_Key, ChatMessage] = field(default_factory=dict)

    def look(self, phone: StandInPhone, now: datetime) -> PhoneView:
        """A phone as it stands."""
        chats, deleted = [], set()
        for chat in phone.chats():
            messages = {
                (phone.name, chat.group_id, message.sender, message.timestamp): message
                for message in chat.messages
                if message.at >= self.since
            }
            gone = {key: message for key, message in self._seen.items() if key[:2] == (phone.name, chat.group_id)}
            for key, message in gone.items():
                if key not in messages and not (message.vanishes_at and message.vanishes_at <= now):
                    messages[key] = replace(message, text="", reactions={}, attachments=())
                    deleted.add((message.sender, message.timestamp))
            self._seen = {key: m for key, m in self._seen.items() if key not in gone} | messages
            chats.append(replace(chat, messages=tuple(sorted(messages.values(), key=lambda message: message.at))))
        return PhoneView(phone.name, phone.online, tuple(chats), frozenset(deleted))
