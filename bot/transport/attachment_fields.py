"""Reading what a message says of its attachments: bounded, and in a form that can do no harm."""

import re

from bot.transport.incoming import Attachment
from bot.transport.json_fields import JsonObject, objects_in, text_in, whole_number_in

_MOST = 64  # Signal's own limit is 32
_ID = re.compile(r"[A-Za-z0-9_-]{1,128}(?:\.[A-Za-z0-9]{1,16}){0,2}")
_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_MAX_FILE_NAME = 80
_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_UNKNOWN_TYPE = "application/octet-stream"


def attachments_in(message: JsonObject) -> tuple[Attachment, ...]:
    """The attachments of a data message. One whose id is no plain file name has an empty id: it cannot be read."""
    return tuple(_attachment(told) for told in objects_in(message, "attachments")[:_MOST])


def is_attachment_id(text: str) -> bool:
    """Whether this can be the id of an attachment: a plain file name, never a path that leads out of the folder."""
    return _ID.fullmatch(text) is not None


def _attachment(told: JsonObject) -> Attachment:
    attachment_id = text_in(told, "id") or ""
    content_type = (text_in(told, "contentType") or "").lower()
    return Attachment(
        id=attachment_id if is_attachment_id(attachment_id) else "",
        content_type=content_type if _CONTENT_TYPE.fullmatch(content_type) else _UNKNOWN_TYPE,
        file_name=_NOT_IN_FILE_NAMES.sub("_", text_in(told, "filename") or "")[:_MAX_FILE_NAME],
        size=whole_number_in(told, "size") or 0,
    )
