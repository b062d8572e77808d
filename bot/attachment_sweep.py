"""What nobody took from signal-cli's folder: of a message that was no message, or left by a kill at a bad moment."""

from collections.abc import Callable, Collection
from datetime import timedelta

from bot.attachments import AttachmentFolder
from bot.clock import Clock
from bot.errors import StorageError
from bot.log import Log
from storage.records import Records
from storage.unit_of_work import Store

TAKEN_WITHIN = timedelta(minutes=15)
"""Older files are swept, unless a message that still waits needs them."""


class AttachmentSweep:
    """Deletes files that nothing needs. `ids_in` finds the ids of attachments in an inbox row's body."""

    def __init__(
        self,
        store: Store,
        folder: AttachmentFolder,
        clock: Clock,
        log: Log,
        ids_in: Callable[[dict[str, object]], Collection[str]],
    ) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._log = log
        self._ids_in = ids_in

    async def run(self) -> None:
        """Once; looks after its own errors, for the next round comes soon."""
        try:
            left = await self._folder.leftovers(self._clock.now() - TAKEN_WITHIN)
            needed = await self._store.run(self._needed) if left else set()
        except StorageError as error:
            self._log.failure("attachments_not_swept", error)
            return
        unneeded = [attachment_id for attachment_id in left if attachment_id not in needed]
        for attachment_id in unneeded:
            await self._folder.delete(attachment_id)
        if unneeded:
            self._log.tell("attachments_swept", files=len(unneeded))

    def _needed(self, records: Records) -> set[str]:
        return {attachment_id for body in records.inbox.waiting_bodies() for attachment_id in self._ids_in(body)}
