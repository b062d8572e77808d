"""The folder in which the stand-in's signal-cli leaves what came with messages."""

import hashlib
from datetime import datetime
from pathlib import PurePath

from bot.clock import Clock
from bot.practice.stand_in_content import Attachment


class AttachmentShelf:
    """In memory; see `bot.attachments.AttachmentFolder`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, tuple[Attachment, datetime]] = {}
        self._count = 0
        self.loses = False
        """As when the disk is full: messages come, their files do not."""

    def put(self, attachment: Attachment) -> str:
        """Keep a file; returns the id by which it is named in the notification."""
        ending = PurePath(attachment.filename or "").suffix
        attachment_id = hashlib.sha256(b"%d " % self._count + attachment.contents).hexdigest() + ending
        self._count += 1
        if not self.loses:
            self._files[attachment_id] = (attachment, self._clock.now())
        return attachment_id

    def find(self, attachment_id: str) -> Attachment | None:
        """The file with this id."""
        return self._files[attachment_id][0] if attachment_id in self._files else None

    @property
    def ids(self) -> list[str]:
        """All that lie there."""
        return list(self._files)

    async def read(self, attachment_id: str, at_most: int) -> bytes | None:
        """See `AttachmentFolder`."""
        found = self.find(attachment_id)
        return found.contents if found is not None and len(found.contents) <= at_most else None

    async def delete(self, attachment_id: str) -> None:
        """See `AttachmentFolder`."""
        self._files.pop(attachment_id, None)

    async def leftovers(self, before: datetime) -> list[str]:
        """See `AttachmentFolder`."""
        return [attachment_id for attachment_id, (_, came_at) in self._files.items() if came_at < before]
