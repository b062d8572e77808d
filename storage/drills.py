"""Drills with the part of each buddy; erased when they are over."""

from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select

from bot.domain.drill import Drill, DrillPart
from storage.course_tables import drill_parts, drills
from storage.scope import Scope

_PART = ("buddy_id", "position", "told_at", "answered_at")
_LOAD = (
    select(drills.c.id, drills.c.person_id, drills.c.started_at, *(drill_parts.c[name] for name in _PART))
    .select_from(drills.outerjoin(drill_parts))
    .order_by(drills.c.id, drill_parts.c.position)
)
_BY_ID = _LOAD.where(drills.c.id == bindparam("id"))
_OF_PERSON = _LOAD.where(drills.c.person_id == bindparam("person_id"))
_OF_BUDDY = _LOAD.where(
    drills.c.id.in_(select(drill_parts.c.drill_id).where(drill_parts.c.buddy_id == bindparam("of_buddy")))
)
_INSERT = insert(drills)
_INSERT_PART = insert(drill_parts)
_DELETE_PARTS = delete(drill_parts).where(drill_parts.c.drill_id == bindparam("id"))
_DELETE = delete(drills).where(drills.c.id == bindparam("id"))


class Drills:
    """Rows of `drills` and `drill_parts`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, drill: Drill) -> None:
        """A new drill. Raises StorageConflict when she has one."""
        values = {"id": drill.id, "person_id": drill.person_id, "started_at": drill.started_at}
        self._scope.connection.execute(_INSERT, values)
        self._insert_parts(drill)

    def get(self, drill_id: str) -> Drill | None:
        """The drill with this id."""
        return next(iter(self._every(_BY_ID, {"id": drill_id})), None)

    def of_person(self, person_id: str) -> Drill | None:
        """Hers."""
        return next(iter(self._every(_OF_PERSON, {"person_id": person_id})), None)

    def of_buddy(self, buddy_id: str) -> list[Drill]:
        """Those in which this buddy has a part, oldest first."""
        return self._every(_OF_BUDDY, {"of_buddy": buddy_id})

    def save(self, drill: Drill) -> None:
        """Writes the parts."""
        self._scope.connection.execute(_DELETE_PARTS, {"id": drill.id})
        self._insert_parts(drill)

    def remove(self, drill_id: str) -> None:
        """It is over."""
        self._scope.connection.execute(_DELETE, {"id": drill_id})

    def _insert_parts(self, drill: Drill) -> None:
        rows = [{"drill_id": drill.id} | {name: getattr(part, name) for name in _PART} for part in drill.parts]
        if rows:
            self._scope.connection.execute(_INSERT_PART, rows)

    def _every(self, statement: Select[Any], values: dict[str, str]) -> list[Drill]:
        found = []
        for _, same in groupby(self._scope.connection.execute(statement, values), key=lambda row: row.id):
            rows = list(same)
            parts = tuple(DrillPart(*row[3:]) for row in rows if row.buddy_id is not None)
            first = rows[0]
            found.append(Drill(first.id, first.person_id, first.started_at, parts))
        return found
