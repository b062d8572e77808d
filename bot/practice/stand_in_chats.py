"""The chats on a phone as its owner sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.practice.sample_files import as_shown
from bot.practice.stand_in_content import JSON, Address, Content

_LONG_TEXT = "text/x-signal-plain"
_CONFIRMED = {"delivery": "delivered", "read": "read", "viewed": "read"}
_RANK = {"sent": 0, "delivered": 1, "read": 2}


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message as it stands now."""

    timestamp: int
    """Its id, together with its sender."""
    sender: str
    """The name of a phone, or "bot"."""
    is_own: bool
    text: str
    at: datetime
    """When it was sent or arrived, in UTC."""
    edited: bool = False
    quote: str | None = None
    attachments: tuple[str, ...] = ()
    """File names, or what kind of file it is."""
    reactions: Mapping[str, str] = field(default_factory=dict)
    """Name to emoji."""
    status: str = "sent"
    """Of an own message: sent, delivered or read (by anyone it went to)."""
    vanishes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat as it stands now: the direct one with the bot, or a group."""

    group_id: str | None
    title: str
    members: tuple[str, ...] = ()
    """Of a group: the names of its full members."""
    is_member: bool = True
    timer: int = 0
    """Seconds after which messages disappear; 0: never."""
    typing: tuple[str, ...] = ()
    """Who is writing at this moment."""
    messages: tuple[ChatMessage, ...] = ()


_Key = tuple[str, int]  # the sender's account id and the timestamp


class ChatBook:
    """Follows what happens in all chats of one phone."""

    def __init__(self, owner: Address) -> None:
        self._owner = owner
        self._chats: dict[str | None, Chat] = {None: Chat(None, "")}
        self._messages: dict[_Key, tuple[str | None, ChatMessage]] = {}
        self._edits: dict[_Key, _Key] = {}  # an edit's own id to the message it changed

    def view(self, now: datetime, bot_title: str) -> tuple[Chat, ...]:
        """All chats, the direct one first, without what has disappeared by `now`."""
        self._chats[None] = replace(self._chats[None], title=bot_title)
        gone = [key for key, (_, message) in self._messages.items() if _is_gone(message, now)]
        for key in gone:
            del self._messages[key]
        by_chat: dict[str | None, list[ChatMessage]] = {group_id: [] for group_id in self._chats}
        for group_id, message in self._messages.values():
            by_chat[group_id].append(message)
        return tuple(replace(chat, messages=tuple(by_chat[group_id])) for group_id, chat in self._chats.items())

    def take_in(self, sender: Address, content: Content, now: datetime) -> None:
        """Something that was received, or that this phone itself has sent."""
        if content.event == "receipt":
            self._confirm(content)
        elif content.event == "typing":
            self._type(sender.name, content)
        elif content.event == "message":
            self._message(sender, content, now)

    def learn_group(self, group: JSON) -> None:
        """A group as it stands on the server."""
        names = tuple(member["name"] or "?" for member in group["members"])
        known = self._chats.get(group["group_id"], Chat(group["group_id"], ""))
        self._chats[known.group_id] = replace(
            known,
            title=group["title"],
            members=names,
            is_member=self._owner.name in names,
            timer=group["expiration"],
        )

    # --- what messages do

    def _message(self, sender: Address, content: Content, now: datetime) -> None:
        self._chats.setdefault(content.group_id, Chat(content.group_id, ""))
        self._stop_typing(sender.name, content.group_id)
        if content.kind == "text":
            self._say(sender, content, now)
        elif content.kind == "edit":
            self._edit((sender.aci, content.target_timestamp or 0), (sender.aci, content.timestamp), content)
        elif content.kind == "delete":
            self._messages.pop(self._original((sender.aci, content.target_timestamp or 0)), None)
        elif content.kind == "reaction":
            self._react(sender.name, content)
        if content.group_id is None and content.kind in ("text", "expiration"):
            self._chats[None] = replace(self._chats[None], timer=content.expire_timer)

    def _say(self, sender: Address, content: Content, now: datetime) -> None:
        vanishes_at = now + timedelta(seconds=content.expire_timer) if content.expire_timer else None
        self._messages[sender.aci, content.timestamp] = (
            content.group_id,
            ChatMessage(
                content.timestamp,
                sender.name,
                sender.aci == self._owner.aci,
                _whole_text(content),
                now,
                quote=content.quote.text if content.quote else None,
                attachments=_files(content),
                vanishes_at=vanishes_at,
            ),
        )

    def _edit(self, target: _Key, edit: _Key, content: Content) -> None:
        key = self._original(target)
        self._edits[edit] = key
        self._change(key, text=_whole_text(content), edited=True)

    def _react(self, who: str, content: Content) -> None:
        if content.reaction is None:
            return
        key = self._original((content.reaction.author, content.reaction.timestamp))
        if key in self._messages:
            reactions = {name: e for name, e in self._messages[key][1].reactions.items() if name != who}
            if not content.reaction.remove:
                reactions[who] = content.reaction.emoji
            self._change(key, reactions=reactions)

    def _confirm(self, content: Content) -> None:
        status = _CONFIRMED.get(content.kind or "", "sent")
        for timestamp in content.timestamps:
            key = self._original((self._owner.aci, timestamp))
            if key in self._messages and _RANK[status] > _RANK[self._messages[key][1].status]:
                self._change(key, status=status)

    def _type(self, who: str, content: Content) -> None:
        self._stop_typing(who, content.group_id)
        if content.started and content.group_id in self._chats:
            chat = self._chats[content.group_id]
            self._chats[content.group_id] = replace(chat, typing=(*chat.typing, who))

    def _stop_typing(self, who: str, group_id: str | None) -> None:
        chat = self._chats.get(group_id)
        if chat is not None and who in chat.typing:
            writing = tuple(name for name in chat.typing if name != who)
            self._chats[group_id] = replace(chat, typing=writing)

    def _original(self, key: _Key) -> _Key:
        while key in self._edits:
            key = self._edits[key]
        return key

    def _change(self, key: _Key, **changes: Any) -> None:
        if key in self._messages:
            group_id, message = self._messages[key]
            self._messages[key] = group_id, replace(message, **changes)


def _is_gone(message: ChatMessage, now: datetime) -> bool:
    return message.vanishes_at is not None and message.vanishes_at <= now


def _whole_text(content: Content) -> str:
    long = next((a.contents for a in content.attachments if a.content_type == _LONG_TEXT), None)
    return (content.body or "") if long is None else long.decode()


def _files(content: Content) -> tuple[str, ...]:
    files = (attachment for attachment in content.attachments if attachment.content_type != _LONG_TEXT)
    return tuple(as_shown(attachment.content_type, attachment.filename) for attachment in files)
