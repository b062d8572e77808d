"""The folder in which signal-cli leaves what came with messages. Read at once, then deleted there (SPEC: Privacy)."""

import asyncio
import os
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from bot.transport.attachment_fields import is_attachment_id

_AT_ONCE = 1 << 20
"""Bytes that are written at once."""


class AttachmentFolder(Protocol):
    """Files by the id that signal-cli gives them. Nothing here raises for a file that is gone, or never was."""

    async def read(self, attachment_id: str, at_most: int) -> bytes | None:
        """The file; None when it cannot be read, or has more than `at_most` bytes."""
        ...

    async def delete(self, attachment_id: str) -> None:
        """Take the file away."""
        ...

    async def leftovers(self, before: datetime) -> list[str]:
        """The ids of all files that came before that moment (aware UTC)."""
        ...


class DiskAttachments:
    """The folder on this machine's disk; the work is done in threads. Links in it are left alone.

    Deleting has a thread of its own, for to overwrite a large file takes seconds, and reading waits for none of it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._deleting = ThreadPoolExecutor(max_workers=1, thread_name_prefix="deleting")
        self._looking = Lock()
        """Of what is read and what is going: whichever begins first, the other leaves the file alone."""
        self._read_now: Counter[str] = Counter()
        self._going: set[str] = set()

    async def read(self, attachment_id: str, at_most: int) -> bytes | None:
        """See `AttachmentFolder`. One that is being overwritten cannot be read."""
        with self._looking:
            if attachment_id in self._going:
                return None
            self._read_now[attachment_id] += 1
        try:
            return await asyncio.to_thread(self._read, attachment_id, at_most)
        finally:
            with self._looking:
                self._read_now[attachment_id] -= 1
                self._read_now += Counter()  # forgets those at zero

    async def delete(self, attachment_id: str) -> None:
        """See `AttachmentFolder`. One that is being read is left for a later try; one that only waits for its turn may
        still be read."""
        await asyncio.wrap_future(self._deleting.submit(self._delete_unless_read, attachment_id))

    async def leftovers(self, before: datetime) -> list[str]:
        """See `AttachmentFolder`."""
        return await asyncio.to_thread(self._leftovers, before)

    def _read(self, attachment_id: str, at_most: int) -> bytes | None:
        if not is_attachment_id(attachment_id):
            return None
        try:
            descriptor = os.open(self._folder / attachment_id, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    return None
                contents = file.read(at_most + 1)
        except OSError:
            return None
        return contents if len(contents) <= at_most else None

    def _delete_unless_read(self, attachment_id: str) -> None:
        with self._looking:
            if attachment_id in self._read_now:
                return
            self._going.add(attachment_id)
        try:
            self._delete(attachment_id)
        finally:
            with self._looking:
                self._going.discard(attachment_id)

    def _delete(self, attachment_id: str) -> None:
        if not is_attachment_id(attachment_id):
            return
        file = self._folder / attachment_id
        with suppress(OSError):  # gone, a link, or not ours to write
            _overwrite(file)
        with suppress(OSError):  # not ours to delete, or a folder: found again by the sweep, and said there
            file.unlink(missing_ok=True)

    def _leftovers(self, before: datetime) -> list[str]:
        try:
            with os.scandir(self._folder) as entries:
                return [entry.name for entry in entries if _is_older(entry, before)]
        except OSError:  # signal-cli makes the folder with the first attachment
            return []


def _overwrite(file: Path) -> None:
    """What is only unlinked lies on the disk in the open until something else comes to lie in its place. Links and what
    has another name too are left alone. Raises OSError."""
    descriptor = os.open(file, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "wb") as opened:
        known = os.fstat(descriptor)
        if not stat.S_ISREG(known.st_mode) or known.st_nlink > 1:
            return
        for at in range(0, known.st_size, _AT_ONCE):
            opened.write(bytes(min(_AT_ONCE, known.st_size - at)))
        opened.flush()
        os.fdatasync(descriptor)


def _is_older(entry: "os.DirEntry[str]", before: datetime) -> bool:
    if not is_attachment_id(entry.name):
        return False
    try:
        known = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return stat.S_ISREG(known.st_mode) and datetime.fromtimestamp(known.st_mtime, tz=UTC) < before
