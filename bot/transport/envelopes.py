"""Reading what signal-cli notifies. Pure and total: no line, however hostile, raises.

The shapes are those of signal-cli 0.13.19, seen on the wire; unknown fields are ignored.
"""

import json

from bot.transport.attachment_fields import attachments_in
from bot.transport.incoming import (
    Edit,
    GroupChanged,
    IdentityChanged,
    Incoming,
    LifetimeChanged,
    Nothing,
    NothingReason,
    PersonMessage,
    ReactionGiven,
    Receipt,
    ReceiptKind,
    Unreadable,
    UnreadableReason,
    from_stored,
    to_stored,
)
from bot.transport.json_fields import (
    ACI,
    JsonObject,
    aci_in,
    group_id_in,
    is_time,
    object_in,
    text_in,
    time_in,
    whole_number_in,
)

__all__ = ["from_stored", "read_notification", "to_stored"]

MAX_TEXT_CHARACTERS = 4096
"""More than Signal's apps put into one message, and than anything that people may leave here; strangers write too."""
_MAX_EMOJI_CHARACTERS = 64
_UNTRUSTED = "UntrustedIdentityException"
_CONTENT_FIELDS = ("attachments", "sticker", "contacts", "payment", "previews")
_OTHER_FIELDS = (
    "groupCallUpdate",
    "pollCreate",
    "pollVote",
    "pollTerminate",
    "pinMessage",
    "unpinMessage",
    "adminDelete",
)


def read_notification(line: bytes, own_aci: str | None = None) -> Incoming:
    """What a line from signal-cli means. `own_aci` is the bot's own account id, if known: its own words are nothing."""
    try:
        whole = json.loads(line)
    except (ValueError, RecursionError):
        return Unreadable(UnreadableReason.NOT_JSON)
    params = object_in(object_in(whole, "params"), "result") or object_in(whole, "params")
    envelope = object_in(params, "envelope")
    if envelope is None:
        return Unreadable(UnreadableReason.NOT_A_NOTIFICATION)
    if _is_own(envelope, text_in(params, "account"), own_aci):
        return Nothing(NothingReason.OWN)
    return _read_envelope(envelope, object_in(params, "exception"))


def _read_envelope(envelope: JsonObject, exception: JsonObject | None) -> Incoming:
    for name, reader in _READERS.items():
        if envelope.get(name) is not None:
            return reader(envelope)
    if exception is not None:
        return _read_exception(envelope, exception)
    return Nothing(NothingReason.OTHER_KIND)


def _is_own(envelope: JsonObject, account: str | None, own_aci: str | None) -> bool:
    if envelope.get("syncMessage") is not None:
        return True
    number, sender = text_in(envelope, "sourceNumber"), _sender(envelope)
    return (account is not None and account == number) or (own_aci is not None and own_aci == sender)


def _read_exception(envelope: JsonObject, exception: JsonObject) -> Incoming:
    if text_in(exception, "type") != _UNTRUSTED:
        return Unreadable(UnreadableReason.EXCEPTION)
    in_message = ACI.search((text_in(exception, "message") or "").lower())
    sender = _sender(envelope) or (in_message.group() if in_message else None)
    return IdentityChanged(sender) if sender else Unreadable(UnreadableReason.NO_SENDER)


def _read_typing(_: JsonObject) -> Incoming:
    return Nothing(NothingReason.TYPING)


def _read_story(_: JsonObject) -> Incoming:
    return Nothing(NothingReason.STORY)


def _read_call(_: JsonObject) -> Incoming:
    return Nothing(NothingReason.CALL)


def _read_receipt(envelope: JsonObject) -> Incoming:
    receipt, sender = object_in(envelope, "receiptMessage"), _sender(envelope)
    if receipt is None:
        return Unreadable(UnreadableReason.BAD_SHAPE)
    if sender is None:
        return Unreadable(UnreadableReason.NO_SENDER)
    kind = next((kind for name, kind in _RECEIPT_KINDS if receipt.get(name) is True), None)
    times = receipt.get("timestamps")
    if kind is None or not isinstance(times, list):
        return Unreadable(UnreadableReason.BAD_SHAPE)
    sent_ms = tuple(time for time in times if is_time(time))
    device = whole_number_in(envelope, "sourceDevice") or 0
    return Receipt(sender, device, kind, sent_ms, time_in(receipt, "when"))


def _read_message(envelope: JsonObject) -> Incoming:
    message, sender = object_in(envelope, "dataMessage"), _sender(envelope)
    if message is None:
        return Unreadable(UnreadableReason.BAD_SHAPE)
    if message.get("remoteDelete") is not None:
        return Nothing(NothingReason.REMOTE_DELETE)
    group_is_right, group_id, group_type = _group(message)
    if not group_is_right:
        return Unreadable(UnreadableReason.BAD_GROUP)
    if group_id is not None and (group_type == "UPDATE" or _says_nothing(message)):
        return GroupChanged(group_id)
    if _says_nothing(message) and sender is not None:
        return LifetimeChanged(sender, whole_number_in(message, "expiresInSeconds") or 0)
    if all(message.get(name) is None for name in ("message", "reaction", *_CONTENT_FIELDS)):
        return Nothing(NothingReason.OTHER_KIND)
    sent_ms = time_in(message, "timestamp") or time_in(envelope, "timestamp")
    if sender is None:
        return Unreadable(UnreadableReason.NO_SENDER)
    if sent_ms is None:
        return Unreadable(UnreadableReason.NO_TIME)
    received_ms = time_in(envelope, "serverReceivedTimestamp")
    if message.get("reaction") is not None:
        return _read_reaction(message, sender, sent_ms, received_ms, group_id)
    text = _message_text(message)
    if text is None:
        return Unreadable(UnreadableReason.BAD_SHAPE)
    lifetime = None if group_id is not None else whole_number_in(message, "expiresInSeconds")
    return PersonMessage(sender, sent_ms, received_ms, group_id, text, attachments_in(message), lifetime)


def _read_reaction(
    message: JsonObject, sender: str, sent_ms: int, received_ms: int | None, group_id: str | None
) -> Incoming:
    reaction = object_in(message, "reaction")
    author = aci_in(reaction, "targetAuthorUuid") or aci_in(reaction, "targetAuthor")
    target_ms = time_in(reaction, "targetSentTimestamp")
    if reaction is None or author is None or target_ms is None:
        return Unreadable(UnreadableReason.NO_TARGET)
    emoji, is_remove = text_in(reaction, "emoji"), reaction.get("isRemove")
    if emoji is None or not isinstance(is_remove, bool):
        return Unreadable(UnreadableReason.BAD_SHAPE)
    shown = _whole_characters(emoji)[:_MAX_EMOJI_CHARACTERS]
    return ReactionGiven(sender, sent_ms, received_ms, group_id, shown, author, target_ms, is_remove)


def _read_edit(envelope: JsonObject) -> Incoming:
    edit, sender = object_in(envelope, "editMessage"), _sender(envelope)
    message = object_in(edit, "dataMessage")
    if edit is None or message is None:
        return Unreadable(UnreadableReason.BAD_SHAPE)
    group_is_right, group_id, _ = _group(message)
    if not group_is_right:
        return Unreadable(UnreadableReason.BAD_GROUP)
    sent_ms = time_in(message, "timestamp") or time_in(envelope, "timestamp")
    target_ms, text = time_in(edit, "targetSentTimestamp"), _message_text(message)
    if sender is None:
        return Unreadable(UnreadableReason.NO_SENDER)
    if sent_ms is None or target_ms is None:
        return Unreadable(UnreadableReason.NO_TIME)
    if text is None:
        return Unreadable(UnreadableReason.BAD_SHAPE)
    received_ms = time_in(envelope, "serverReceivedTimestamp")
    return Edit(sender, sent_ms, received_ms, group_id, text, target_ms, attachments_in(message))


_READERS = {
    "dataMessage": _read_message,
    "editMessage": _read_edit,
    "receiptMessage": _read_receipt,
    "typingMessage": _read_typing,
    "storyMessage": _read_story,
    "callMessage": _read_call,
}
_RECEIPT_KINDS = (
    ("isViewed", ReceiptKind.VIEWED),
    ("isRead", ReceiptKind.READ),
    ("isDelivery", ReceiptKind.DELIVERY),
)


def _says_nothing(message: JsonObject) -> bool:
    """True for a changed timer, and for having been put into a group: nothing is said, by nobody."""
    return all(message.get(name) is None for name in ("message", "reaction", *_CONTENT_FIELDS, *_OTHER_FIELDS))


def _group(message: JsonObject) -> tuple[bool, str | None, str | None]:
    """Whether what is said of the group can be relied on, the group's id (None: direct chat) and the type."""
    if message.get("groupInfo") is None:
        return True, None, None
    info = object_in(message, "groupInfo")
    group_id = group_id_in(info, "groupId")
    return group_id is not None, group_id, text_in(info, "type")


def _message_text(message: JsonObject) -> str | None:
    """The text; empty when there is none; None when it is no text at all."""
    text = message.get("message")
    if text is None:
        return ""
    return _whole_characters(text[:MAX_TEXT_CHARACTERS]) if isinstance(text, str) else None


def _whole_characters(text: str) -> str:
    """Without what no database stores: halves of characters and the character nought."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _sender(envelope: JsonObject) -> str | None:
    return aci_in(envelope, "sourceUuid") or aci_in(envelope, "source")
