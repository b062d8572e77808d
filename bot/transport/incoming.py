"""What may come in from Signal, in the bot's own words. Times are milliseconds since 1970, UTC."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TypeAlias, cast


class ReceiptKind(StrEnum):
    """What a receipt says has happened to a message of ours."""

    DELIVERY = "delivery"
    READ = "read"
    VIEWED = "viewed"


class NothingReason(StrEnum):
    """Why an envelope needs nothing done."""

    TYPING = "typing"
    OWN = "own"
    STORY = "story"
    CALL = "call"
    REMOTE_DELETE = "remote_delete"
    OTHER_KIND = "other_kind"


class UnreadableReason(StrEnum):
    """Why a line is parked instead of understood."""

    NOT_JSON = "not_json"
    NOT_A_NOTIFICATION = "not_a_notification"
    NO_SENDER = "no_sender"
    NO_TIME = "no_time"
    NO_TARGET = "no_target"
    BAD_GROUP = "bad_group"
    BAD_SHAPE = "bad_shape"
    EXCEPTION = "exception"


# No representation shows a field: these values must never reach a log.


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file that came with a message. `id` names it in signal-cli's folder; empty: it has none that can be used.

    `file_name` and `content_type` are the sender's own words, cut to a harmless form; `size` is what is claimed.
    """

    id: str
    content_type: str
    file_name: str
    size: int


@dataclass(frozen=True, slots=True, repr=False)
class PersonMessage:
    """Somebody wrote. `group_id` is None in a direct chat; `server_received_ms` is None when it is not known.

    `lifetime`: after how many seconds it disappears in a direct chat (0: never), which signal-cli takes over for that
    chat; None where that is not said.
    """

    sender_aci: str
    sent_ms: int
    server_received_ms: int | None
    group_id: str | None
    text: str
    attachments: tuple[Attachment, ...] = ()
    lifetime: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Edit:
    """Somebody replaced the message they sent at `target_sent_ms`; `sent_ms` is the edit's own time."""

    sender_aci: str
    sent_ms: int
    server_received_ms: int | None
    group_id: str | None
    text: str
    target_sent_ms: int
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class ReactionGiven:
    """Somebody reacted to a message, or took the reaction back."""

    sender_aci: str
    sent_ms: int
    server_received_ms: int | None
    group_id: str | None
    emoji: str
    target_author_aci: str
    target_sent_ms: int
    is_remove: bool


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A device reports on messages of ours, named by their sent times. Device 1 is the phone; 0 is unknown."""

    sender_aci: str
    sender_device: int
    kind: ReceiptKind
    sent_ms: tuple[int, ...]
    when: int | None


@dataclass(frozen=True, slots=True, repr=False)
class GroupChanged:
    """Something about a group has changed; Signal says neither what nor who."""

    group_id: str


@dataclass(frozen=True, slots=True, repr=False)
class LifetimeChanged:
    """Somebody set, in a direct chat, after how many seconds messages disappear; 0 is never."""

    sender_aci: str
    seconds: int


@dataclass(frozen=True, slots=True, repr=False)
class IdentityChanged:
    """A message came under a safety number that signal-cli does not trust, and was not decrypted."""

    sender_aci: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing needs to be done."""

    reason: NothingReason


@dataclass(frozen=True, slots=True)
class Unreadable:
    """It cannot be understood; the line is to be parked and counted."""

    reason: UnreadableReason


Incoming: TypeAlias = (
    PersonMessage
    | Edit
    | ReactionGiven
    | Receipt
    | GroupChanged
    | LifetimeChanged
    | IdentityChanged
    | Nothing
    | Unreadable
)

_KINDS: dict[str, type[Incoming]] = {
    "message": PersonMessage,
    "edit": Edit,
    "reaction": ReactionGiven,
    "receipt": Receipt,
    "group_changed": GroupChanged,
    "lifetime_changed": LifetimeChanged,
    "identity_changed": IdentityChanged,
    "nothing": Nothing,
    "unreadable": Unreadable,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_KIND = "is"
_ATTACHMENTS = "attachments"


def to_stored(incoming: Incoming) -> dict[str, object]:
    """A JSON-safe form for the inbox body."""
    stored: dict[str, object] = {_KIND: _NAMES[type(incoming)]}
    for field in fields(incoming):
        value = getattr(incoming, field.name)
        if field.name == _ATTACHMENTS:
            stored[field.name] = [asdict(one) for one in value]
        else:
            stored[field.name] = list(value) if isinstance(value, tuple) else value
    return stored


def from_stored(stored: Mapping[str, object]) -> Incoming:
    """The value behind `to_stored`. Raises ValueError when this is no such form; unknown fields are ignored."""
    kind = _KINDS.get(str(stored.get(_KIND)))
    if kind is None:
        raise ValueError("This inbox body is of no known kind.")
    known = {field.name: stored[field.name] for field in fields(kind) if field.name in stored}
    if _ATTACHMENTS in known:
        known[_ATTACHMENTS] = _attachments(known[_ATTACHMENTS])
    if kind is Receipt:
        known["kind"] = ReceiptKind(str(known.get("kind")))
        known["sent_ms"] = tuple(cast("list[int]", known.get("sent_ms", ())))
    elif kind is Nothing:
        known["reason"] = NothingReason(str(known.get("reason")))
    elif kind is Unreadable:
        known["reason"] = UnreadableReason(str(known.get("reason")))
    try:
        return kind(**known)  # type: ignore[arg-type]
    except TypeError:
        raise ValueError("This inbox body lacks a field.") from None


def _attachments(stored: object) -> tuple[Attachment, ...]:
    """Rows of an earlier version hold no more than their number."""
    try:
        return tuple(Attachment(**one) for one in stored) if isinstance(stored, list) else ()
    except TypeError:
        raise ValueError("This inbox body holds an attachment of another kind.") from None
