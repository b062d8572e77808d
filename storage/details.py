"""What she leaves for her buddies: texts and attachments, sealed. An alarm's copy stands here like a check-in's own.

Files stand apart and are shared by copies, so that moving, copying and erasing an entry takes no longer with a large
one: an evening that ends with a copy must not differ in time from one that ends without. Whoever erases entries leaves
files behind that `erase_one_file_of_nobody` takes away, a moment later.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, select, update

from bot.domain.details import Content, Entry, EntryKind, Subject, SubjectKind
from bot.errors import SealBroken
from storage.column_types import Instant
from storage.scope import Scope
from storage.tables import WAITING, details, files, inbox

_OF = (details.c.subject_kind == bindparam("of_kind")) & (details.c.subject_id == bindparam("of_id"))
_COLUMNS = (details.c.id, details.c.kind, details.c.at, details.c.size, details.c.body, details.c.file_id)

_INSERT = insert(details)
_INSERT_FILE = insert(files)
_WORDS_FIRST = (details.c.at, details.c.file_id.is_not(None), details.c.id)
_LIST = select(*_COLUMNS).where(_OF).order_by(*_WORDS_FIRST)
_CONTENT = select(*_COLUMNS, files.c.content).join(files, files.c.id == details.c.file_id)
_CONTENT_OF = _CONTENT.where(details.c.id == bindparam("id"))
_MOVE = update(details).where(_OF).values(subject_kind=bindparam("to_kind"), subject_id=bindparam("to_id"))
_MOVE_AS_OF = _MOVE.values(at=bindparam("as_of", type_=Instant))
_ERASE = delete(details).where(_OF)
_ERASE_ENTRY = delete(details).where(details.c.id == bindparam("id"))
_FILE_OF_NOBODY = select(files.c.id).where(~exists().where(details.c.file_id == files.c.id)).limit(1)
_ERASE_FILE = delete(files).where(files.c.id == bindparam("id"))
_PURGE = delete(details).where(
    details.c.subject_kind == SubjectKind.WAITING.value, details.c.at < bindparam("before", type_=Instant)
)
_is_handled = ~exists().where(inbox.c.id == details.c.subject_id, inbox.c.state == WAITING)
_PURGE_ARRIVED = delete(details).where(details.c.subject_kind == SubjectKind.ARRIVING.value, _is_handled)


class Details:
    """Rows of `details` and `files`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, subject: Subject, kind: EntryKind, at: datetime, text: str) -> str:
        """Keeps a text (or a location's link) that she left at that moment; returns the entry's id."""
        return self._insert(subject, Entry("", kind, at, len(text), text), None)

    def add_file(self, subject: Subject, at: datetime, file: Content) -> str:
        """Keeps an attachment; returns the entry's id."""
        file_id = self._scope.ids.new()
        cell = self._scope.seal_bytes(files.c.content, file_id, file.contents)
        self._scope.connection.execute(_INSERT_FILE, {"id": file_id, "content": cell})
        entry = Entry("", EntryKind.ATTACHMENT, at, len(file.contents), file.name, file.content_type)
        return self._insert(subject, entry, file_id)

    def of(self, subject: Subject) -> list[Entry]:
        """The entries without their files, in order, words before files. One whose seal is broken has no text."""
        return [self._entry(row) for row in self._rows(subject)]

    def content(self, entry_id: str) -> Content | None:
        """An attachment's file; None when it is erased. Raises SealBroken."""
        row = self._scope.connection.execute(_CONTENT_OF, {"id": entry_id}).one_or_none()
        if row is None:
            return None
        entry = self._entry(row)
        contents = self._scope.open_bytes(files.c.content, row.file_id, row.content)
        return Content(entry.text or "", entry.content_type, contents)

    def move(self, subject: Subject, to: Subject, at: datetime | None = None) -> None:
        """From now on the entries belong to another subject, and if `at` is given were left at that moment."""
        values: dict[str, Any] = _named(subject) | {"to_kind": to.kind.value, "to_id": to.id}
        if at is None:
            self._scope.connection.execute(_MOVE, values)
        else:
            self._scope.connection.execute(_MOVE_AS_OF, values | {"as_of": at})

    def copy(self, subject: Subject, to: Subject, *, besides: Collection[str] = ()) -> None:
        """Gives another subject entries of its own, out of reach of all that happens to these; none of those with the
        ids `besides`. What cannot be read is copied as something that cannot be read."""
        for row in self._rows(subject):
            if row.id not in besides:
                self._insert(to, self._entry(row), row.file_id)

    def erase(self, subject: Subject) -> None:
        """Erases all entries of the subject; their files follow, see above."""
        self._scope.connection.execute(_ERASE, _named(subject))
        self._scope.erased = True

    def erase_entry(self, entry_id: str) -> None:
        """Erases one; its file follows, see above."""
        self._scope.connection.execute(_ERASE_ENTRY, {"id": entry_id})
        self._scope.erased = True

    def erase_one_file_of_nobody(self) -> bool:
        """Erases a file whose entries are gone, one at a time because files are large. False when there was none."""
        file_id = self._scope.connection.execute(_FILE_OF_NOBODY).scalar_one_or_none()
        if file_id is not None:
            self._scope.connection.execute(_ERASE_FILE, {"id": file_id})
        return file_id is not None

    def purge_waiting(self, before: datetime) -> int:
        """Erases what was left before that moment and has waited in vain for a start; returns how many."""
        return self._scope.connection.execute(_PURGE, {"before": before}).rowcount

    def purge_arrived(self) -> None:
        """Erases what came with messages that are handled, and was not kept."""
        self._scope.connection.execute(_PURGE_ARRIVED)

    def _rows(self, subject: Subject) -> list[Row[*tuple[Any, ...]]]:
        return list(self._scope.connection.execute(_LIST, _named(subject)))

    def _insert(self, subject: Subject, entry: Entry, file_id: str | None) -> str:
        row_id = self._scope.ids.new()
        body = None if entry.text is None else json.dumps([entry.text, entry.content_type])
        values = {
            "id": row_id,
            "subject_kind": subject.kind.value,
            "subject_id": subject.id,
            "kind": entry.kind.value,
            "at": entry.at,
            "size": entry.size,
            "body": self._scope.seal(details.c.body, row_id, body),
            "file_id": file_id,
        }
        self._scope.connection.execute(_INSERT, values)
        return row_id

    def _entry(self, row: Row[*tuple[Any, ...]]) -> Entry:
        lost = Entry(id=row.id, kind=EntryKind(row.kind), at=row.at, size=row.size, text=None)
        try:
            cell = self._scope.open(details.c.body, row.id, row.body)
        except SealBroken:  # damage to one must not hide the others
            return lost
        if cell is None:
            return lost
        text, content_type = json.loads(cell)
        return replace(lost, text=text, content_type=content_type)


def _named(subject: Subject) -> dict[str, str]:
    return {"of_kind": subject.kind.value, "of_id": subject.id}
