"""The envelopes from which signalbot makes the messages that handlers see."""

from typing import TypeAlias

from bot.transport.incoming import Edit, PersonMessage, ReactionGiven
from bot.transport.json_fields import JsonObject

ForHandlers: TypeAlias = PersonMessage | Edit | ReactionGiven


def handler_envelope(inbox_id: str, incoming: ForHandlers) -> JsonObject:
    """The least that signalbot's parser needs, made of fields that we have checked: it cannot be surprised."""
    message: dict[str, object] = {"timestamp": incoming.sent_ms}
    if incoming.group_id is not None:
        message["groupInfo"] = {"groupId": incoming.group_id, "revision": 0, "type": "DELIVER"}
    if isinstance(incoming, ReactionGiven):
        message["reaction"] = {
            "emoji": incoming.emoji,
            "isRemove": incoming.is_remove,
            "targetAuthor": incoming.target_author_aci,
            "targetAuthorUuid": incoming.target_author_aci,
            "targetSentTimestamp": incoming.target_sent_ms,
        }
    else:
        message["message"] = incoming.text
    content: JsonObject = {"dataMessage": message}
    if isinstance(incoming, Edit):
        content = {"editMessage": {"targetSentTimestamp": incoming.target_sent_ms, "dataMessage": message}}
    received_ms = incoming.server_received_ms or incoming.sent_ms
    return {
        "source": incoming.sender_aci,
        "sourceUuid": incoming.sender_aci,
        "sourceName": inbox_id,
        "timestamp": incoming.sent_ms,
        "serverReceivedTimestamp": received_ms,
        "serverDeliveredTimestamp": received_ms,
        **content,
    }
