"""What travels between the stand-in's phones and its signal-cli."""

import base64
from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]

BOT = "bot"
"""The name under which phones know the bot's account."""
BOT_DEVICE = 2
PHONE_DEVICE = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a phone received."""

    event: str
    """message, receipt, typing, sync_sent or other."""
    data: JSON
    """All that is known about it."""
    at: float
    """The loop's time of arrival, in seconds."""

    @property
    def kind(self) -> str | None:
        """Of a message: text, reaction, delete, edit, expiration or group_update.
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


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody who can be written to."""

    name: str
    aci: str
    number: str
    hides_number: bool = False
    profile_name: str = ""

    @property
    def shown_number(self) -> str | None:
        """The number as others see it."""
        return None if self.hides_number else self.number


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a message."""

    content_type: str
    filename: str | None
    contents: bytes


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that is referred to."""

    timestamp: int
    author: str
    """The account id of whoever wrote the quoted message."""
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named within a text."""

    start: int
    """In UTF-16 units, as everywhere in Signal."""
    length: int
    aci: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on a message, or its removal."""

    emoji: str
    remove: bool
    author: str
    """The account id of whoever wrote the message reacted to."""
    timestamp: int


@dataclass(frozen=True, slots=True)
class Content:
    """One message, receipt or sign of typing, decrypted."""

    event: str
    """message, receipt, typing, or sync_sent (to the account's own phone)."""
    timestamp: int
    kind: str | None = None
    body: str | None = None
    expire_timer: int = 0
    """Seconds; 0 means that the message stays."""
    timer_version: int = 0
    """Grows each time somebody sets the timer of a direct chat; an older one changes nothing."""
    group_id: str | None = None
    revision: int = 0
    group_changed: bool = False
    """Whether the message carries a signed change of its group."""
    quote: Quote | None = None
    mentions: tuple[Mention, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reaction: Reaction | None = None
    target_timestamp: int | None = None
    """Of an edit or a delete: the message meant."""
    timestamps: tuple[int, ...] = ()
    """Of a receipt: the messages confirmed."""
    started: bool = True
    """Of typing."""
    to: str | None = None
    """Of sync_sent: whom it went to; empty for a group."""
    share_profile: bool = True
    sealed: bool = True
    device: int = PHONE_DEVICE
    """Which of the sender's devices it comes from."""

    @property
    def is_message(self) -> bool:
        return self.event == "message"


def describe(content: Content, group: JSON | None) -> JSON:
    """A message as a phone's event tells it; absent where it does not apply. `group`: the group as it stands."""
    told: JSON = {"kind": content.kind, "timestamp": content.timestamp}
    optional = {
        "body": content.body,
        "expire_timer": content.expire_timer,
        "group_id": content.group_id,
        "quote": content.quote and _quote(content.quote),
        "ranges": [{"start": m.start, "length": m.length, "mention": m.aci} for m in content.mentions],
        "attachments": [_attachment(attachment) for attachment in content.attachments],
        "reaction": content.reaction and _reaction(content.reaction),
        "target_timestamp": content.target_timestamp,
    }
    told |= {field: value for field, value in optional.items() if value}
    if content.group_id:
        told["group_revision"] = content.revision
    if content.kind == "expiration":
        told["expire_timer"] = content.expire_timer
    if content.kind == "group_update":
        told["group"] = group
    return told


def event_of(content: Content, sender: Address, receiver: str, at: float, group: JSON | None) -> Event:
    """What a phone called `receiver` makes of content from `sender`."""
    device = BOT_DEVICE if sender.name == BOT else PHONE_DEVICE
    told: JSON = {
        "event": content.event,
        "phone": receiver,
        "from": {"aci": sender.aci, "name": sender.name, "device": device},
        "sealed": content.sealed,
        "envelope": "CipherText",
    }
    if content.to is not None:
        told["to"] = content.to
    if content.event in ("message", "sync_sent"):
        told |= describe(content, group)
    elif content.event == "receipt":
        told |= {"kind": content.kind, "timestamps": list(content.timestamps)}
    elif content.event == "typing":
        told["started"] = content.started
        if content.group_id:
            told["group_id"] = content.group_id
    return Event(content.event, told, at)


def _quote(quote: Quote) -> JSON:
    return {"timestamp": quote.timestamp, "author": quote.author, "text": quote.text}


def _attachment(attachment: Attachment) -> JSON:
    told: JSON = {"content_type": attachment.content_type, "size": len(attachment.contents)}
    if attachment.filename:
        told["filename"] = attachment.filename
    return told | {"data": base64.b64encode(attachment.contents).decode()}


def _reaction(reaction: Reaction) -> JSON:
    return {
        "emoji": reaction.emoji,
        "remove": reaction.remove,
        "author": reaction.author,
        "timestamp": reaction.timestamp,
    }
