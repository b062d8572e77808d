"""Taking a message's files from signal-cli's folder into our store, one after the other, and deleting them there."""

from collections.abc import Sequence
from dataclasses import replace

from bot.attachments import AttachmentFolder
from bot.clock import Clock
from bot.domain.details import ATTACHMENTS_LIMIT, BYTES_LIMIT, Content, Subject, SubjectKind
from bot.errors import SealBroken, StorageError
from bot.log import Log
from handlers.message import Attached, Message, Trouble
from storage.records import Records
from storage.unit_of_work import Store

LONG_TEXT = "text/x-signal-plain"
"""Phones send what does not fit into one message as a file, whole."""
_LONG_TEXT_BYTES = 64 * 1024


class Fetching:
    """Reads before the message is understood, so that no unit of work waits for a disk; cleans up afterwards."""

    def __init__(self, store: Store, folder: AttachmentFolder, clock: Clock, log: Log) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._log = log

    async def fetch(self, message: Message) -> Message:
        """The message, its files sealed in our store as arriving. Files that nobody wants are not read at all."""
        if not message.attachments:
            return message
        message = await self._long_text(message)
        if message.group is not None or not await self._is_known(message):
            return message
        arriving = Subject(SubjectKind.ARRIVING, message.inbox_id)
        await self._store.run(lambda records: records.details.erase(arriving))  # of a try that was cut off
        files = [replace(one, trouble=_foreseen(one, len(message.attachments))) for one in message.attachments]
        if not any(one.trouble for one in files):
            files = [await self._take(one, arriving, message) for one in files]
        return replace(message, attachments=tuple(files))

    async def clear(self, message: Message) -> None:
        """The message is settled: what came with it and was not kept goes. Raises StorageError; what is left then is
        found by the purge."""
        arriving = Subject(SubjectKind.ARRIVING, message.inbox_id)
        await self._store.run(lambda records: records.details.erase(arriving))

    async def delete(self, attachment_ids: Sequence[str]) -> None:
        """Take files of a settled message out of signal-cli's folder. What is left is found by the sweep."""
        for one in attachment_ids:
            await self._folder.delete(one)

    async def _is_known(self, message: Message) -> bool:
        def look(records: Records) -> bool:
            try:
                return records.people.by_account(message.account) is not None
            except SealBroken:
                return False

        return await self._store.run(look)

    async def _long_text(self, message: Message) -> Message:
        """Whole, where its file can be read. Else what came in the message stays, so that a word or a sign in it is
        heard, and the file stays among those that cannot be kept: nothing is cut silently."""
        others: list[Attached] = []
        for one in message.attachments:
            if one.content_type != LONG_TEXT:
                others.append(one)
            elif (contents := await self._read(one, _LONG_TEXT_BYTES)) is None:
                self._log.tell_warning("attachment_not_read")
                others.append(replace(one, trouble=Trouble.UNREADABLE))
            else:
                message = replace(message, text=contents.decode("utf-8", "replace").replace("\0", "\ufffd"))
        return replace(message, attachments=tuple(others))

    async def _read(self, one: Attached, at_most: int) -> bytes | None:
        """What signal-cli could not fetch it hands over all the same, as a file with nothing in it."""
        return await self._folder.read(one.id, at_most) or None

    async def _take(self, one: Attached, arriving: Subject, message: Message) -> Attached:
        contents = await self._read(one, BYTES_LIMIT)
        if contents is None:
            self._log.tell_warning("attachment_not_read")
            return replace(one, trouble=Trouble.UNREADABLE)
        file, at = Content(one.file_name, one.content_type, contents), message.moment(self._clock.now())
        try:
            await self._store.run(lambda records: records.details.add_file(arriving, at, file))
        except StorageError as error:  # a full disk, say: her next messages must not wait behind a file
            self._log.failure("attachment_not_kept", error)
            return replace(one, trouble=Trouble.UNREADABLE)
        return one


def _foreseen(one: Attached, count: int) -> Trouble | None:
    if count > ATTACHMENTS_LIMIT:
        return Trouble.TOO_MANY
    return Trouble.TOO_LARGE if one.size > BYTES_LIMIT else one.trouble
