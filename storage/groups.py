"""The Signal groups of pairings."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.domain.pairing import Group
from storage.scope import Scope
from storage.tables import groups

_SIGNAL_ID = "group"

_COLUMNS = (groups.c.id, groups.c.signal_id)
_INSERT = insert(groups)
_BY_ID = select(*_COLUMNS).where(groups.c.id == bindparam("id"))
_BY_LOOKUP = select(*_COLUMNS).where(groups.c.signal_lookup == bindparam("lookup"))
_KNOWN = select(groups.c.signal_lookup).where(groups.c.signal_lookup.in_(bindparam("lookups", expanding=True)))
_SET = (
    update(groups)
    .where(groups.c.id == bindparam("key"))
    .values(signal_id=bindparam("cell"), signal_lookup=bindparam("lookup"))
)
_ABSENT = select(groups.c.absent).where(groups.c.id == bindparam("id"))
_SET_ABSENT = update(groups).where(groups.c.id == bindparam("key")).values(absent=bindparam("cell"))
_DELETE = delete(groups).where(groups.c.id == bindparam("id"))


class Groups:
    """Rows of `groups`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, now: datetime) -> Group:
        """A group that is still to be made at Signal."""
        group_id = self._scope.ids.new()
        self._scope.connection.execute(_INSERT, {"id": group_id, "created_at": now})
        return Group(id=group_id, signal_id=None)

    def get(self, group_id: str) -> Group | None:
        """The group with this id of ours."""
        row = self._scope.connection.execute(_BY_ID, {"id": group_id}).one_or_none()
        return None if row is None else self._group(row)

    def by_signal_id(self, signal_id: str) -> Group | None:
        """The group with this id of Signal's."""
        lookup = self._scope.sealer.lookup(_SIGNAL_ID, signal_id)
        row = self._scope.connection.execute(_BY_LOOKUP, {"lookup": lookup}).one_or_none()
        return None if row is None else Group(id=row.id, signal_id=signal_id)

    def set_signal_id(self, group_id: str, signal_id: str) -> None:
        """The group has been made. Raises LookupError when it is gone, StorageConflict when another has this id."""
        cell = self._scope.seal(groups.c.signal_id, group_id, signal_id)
        values = {"key": group_id, "cell": cell, "lookup": self._scope.sealer.lookup(_SIGNAL_ID, signal_id)}
        if self._scope.connection.execute(_SET, values).rowcount == 0:
            raise LookupError("there is no group with this id")

    def absent(self, group_id: str) -> frozenset[str]:
        """Which of the people of this group are no full members of it, as far as can be read (ids of people)."""
        cell = self._scope.connection.execute(_ABSENT, {"id": group_id}).scalar_one_or_none()
        text = self._scope.open_if_whole(groups.c.absent, group_id, cell)
        return frozenset(json.loads(text)) if text else frozenset()

    def set_absent(self, group_id: str, people: Iterable[str]) -> None:
        """Keeps who is no full member."""
        cell = self._scope.seal(groups.c.absent, group_id, json.dumps(sorted(people)))
        self._scope.connection.execute(_SET_ABSENT, {"key": group_id, "cell": cell})

    def remove(self, group_id: str) -> None:
        """Forgets the group; pairings that had it have none."""
        self._scope.connection.execute(_DELETE, {"id": group_id})

    def known_among(self, signal_ids: Iterable[str]) -> set[str]:
        """Those of Signal's ids under which a group is kept here, also one whose own cell cannot be read."""
        by_lookup = {self._scope.sealer.lookup(_SIGNAL_ID, signal_id): signal_id for signal_id in signal_ids}
        found = self._scope.connection.execute(_KNOWN, {"lookups": list(by_lookup)}).scalars()
        return {by_lookup[lookup] for lookup in found}

    def _group(self, row: Row[*tuple[Any, ...]]) -> Group:
        return Group(id=row.id, signal_id=self._scope.open(groups.c.signal_id, row.id, row.signal_id))
