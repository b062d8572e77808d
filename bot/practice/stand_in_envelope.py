"""Envelopes in the very shape in which signal-cli 0.13.19 reports them."""

from bot.practice.stand_in_account import Account
from bot.practice.stand_in_content import JSON, Attachment, Content
from bot.practice.stand_in_server import Letter, milliseconds


def notification(account: Account, letter: Letter, *, trusted: bool) -> JSON:
    """What a subscriber is told about one letter: `params.result` of a `receive` notification."""
    aci = letter.sender.aci
    number = letter.sender.shown_number
    envelope: JSON = {
        "source": number or aci,
        "sourceNumber": number,
        "sourceUuid": aci,
        "sourceName": letter.sender.profile_name,
        "sourceDevice": letter.content.device,
        "timestamp": letter.content.timestamp,
        "serverReceivedTimestamp": letter.received_at,
        "serverDeliveredTimestamp": milliseconds(account.server.clock),
    }
    told: JSON = {"envelope": envelope, "account": account.address.number}
    if not trusted:
        problem = {"message": f"Untrusted identity: {aci}", "type": "UntrustedIdentityException"}
        return {"exception": problem} | told
    envelope |= _inner(account, letter.content)
    return told


def _inner(account: Account, content: Content) -> JSON:
    if content.event == "receipt":
        return {"receiptMessage": _receipt(content)}
    if content.event == "typing":
        return {"typingMessage": _typing(content)}
    told = _message(account, content)
    if content.kind == "edit":
        return {"editMessage": {"targetSentTimestamp": content.target_timestamp, "dataMessage": told}}
    return {"dataMessage": told}


def _receipt(content: Content) -> JSON:
    return {
        "when": content.timestamp,
        "isDelivery": content.kind == "delivery",
        "isRead": content.kind == "read",
        "isViewed": content.kind == "viewed",
        "timestamps": list(content.timestamps),
    }


def _typing(content: Content) -> JSON:
    told: JSON = {"action": "STARTED" if content.started else "STOPPED", "timestamp": content.timestamp}
    return told | ({"groupId": content.group_id} if content.group_id else {})


def _message(account: Account, content: Content) -> JSON:
    told: JSON = {
        "timestamp": content.timestamp,
        "message": content.body,
        "expiresInSeconds": content.expire_timer,
        "viewOnce": False,
    }
    if content.reaction:
        reaction = content.reaction
        told["reaction"] = {
            "emoji": reaction.emoji,
            **_person(account, "targetAuthor", reaction.author),
            "targetSentTimestamp": reaction.timestamp,
            "isRemove": reaction.remove,
        }
    if content.quote:
        quote = content.quote
        told["quote"] = {
            "id": quote.timestamp,
            **_person(account, "author", quote.author),
            "text": quote.text,
            "attachments": [],
        }
    if content.mentions:
        told["mentions"] = [_mention(account, m.aci, m.start, m.length) for m in content.mentions]
    if content.attachments:
        told["attachments"] = [_stored(account, attachment) for attachment in content.attachments]
    if content.kind == "delete":
        told["remoteDelete"] = {"timestamp": content.target_timestamp}
    if content.group_id:
        told["groupInfo"] = _group(account, content, content.group_id)
    return told


def _person(account: Account, field: str, aci: str) -> JSON:
    number = account.number_of(aci)
    return {field: number or aci, f"{field}Number": number, f"{field}Uuid": aci}


def _mention(account: Account, aci: str, start: int, length: int) -> JSON:
    number = account.number_of(aci)
    return {"name": number or aci, "number": number, "uuid": aci, "start": start, "length": length}


def _stored(account: Account, attachment: Attachment) -> JSON:
    return {
        "contentType": attachment.content_type,
        "filename": attachment.filename,
        "id": account.attachments.put(attachment),
        "size": len(attachment.contents),
        "width": None,
        "height": None,
        "caption": None,
        "uploadTimestamp": None,
    }


def _group(account: Account, content: Content, group_id: str) -> JSON:
    known = account.groups.get(group_id)
    return {
        "groupId": group_id,
        "groupName": known.state.title if known else None,
        "revision": content.revision,
        "type": "UPDATE" if content.group_changed else "DELIVER",
    }
