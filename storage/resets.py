"""Forgotten words: at most one request for each person."""

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.reset import Reset
from storage.course_tables import resets
from storage.scope import Scope

_OF_PERSON = select(resets.c.person_id, resets.c.until, resets.c.vouched_by).where(
    resets.c.person_id == bindparam("person_id")
)
_INSERT = insert(resets)
_SAVE = (
    update(resets)
    .where(resets.c.person_id == bindparam("key"))
    .values(until=bindparam("new_until"), vouched_by=bindparam("new_vouched_by"))
)
_DELETE = delete(resets).where(resets.c.person_id == bindparam("person_id"))


class Resets:
    """Rows of `resets`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of_person(self, person_id: str) -> Reset | None:
        """Her open request."""
        row = self._scope.connection.execute(_OF_PERSON, {"person_id": person_id}).one_or_none()
        return None if row is None else Reset(*row)

    def add(self, reset: Reset) -> None:
        """A new request. Raises StorageConflict when she has one."""
        self._scope.connection.execute(
            _INSERT, {"person_id": reset.person_id, "until": reset.until, "vouched_by": reset.vouched_by}
        )

    def save(self, reset: Reset) -> None:
        """Writes what can change."""
        new = {"key": reset.person_id, "new_until": reset.until, "new_vouched_by": reset.vouched_by}
        self._scope.connection.execute(_SAVE, new)

    def remove(self, person_id: str) -> None:
        """It is over."""
        self._scope.connection.execute(_DELETE, {"person_id": person_id})
