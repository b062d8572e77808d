"""Check-ins with their watches. Each write keeps the one row in `deadlines` equal to the check-in's next step."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, exists, insert, or_, select, update

from bot.domain.check_in import CheckIn, Stage, Step, Watch
from storage.column_types import Instant
from storage.deadlines import Deadlines, SubjectKind
from storage.scope import Scope
from storage.tables import check_ins, outbox, watches

_KIND: SubjectKind = "check_in"
_SCALARS = tuple(field.name for field in fields(CheckIn) if field.name != "watches")
_WATCH_FIELDS = tuple(field.name for field in fields(Watch))

_LOAD = (
    select(
        *(check_ins.c[name] for name in _SCALARS),
        *(watches.c[name].label(f"watch_{name}") for name in _WATCH_FIELDS),
    )
    .select_from(check_ins.outerjoin(watches))
    .order_by(check_ins.c.id, watches.c.position, watches.c.buddy_id)
)
_OPEN = _LOAD.where(check_ins.c.closed_at.is_(None))
_NOW = bindparam("now", type_=Instant)
_PEOPLE_ALERTED_ABOUT = (
    select(check_ins.c.person_id)
    .select_from(check_ins.outerjoin(watches))
    .where(
        check_ins.c.closed_at.is_(None),
        or_(check_ins.c.alerting_since.is_not(None), check_ins.c.started_at > _NOW, watches.c.asked_at > _NOW),
    )
    .distinct()
)
_PEOPLE_TOLD_AHEAD = (
    select(check_ins.c.person_id)
    .join(outbox, outbox.c.check_in_id == check_ins.c.id)
    .where(
        check_ins.c.closed_at.is_(None),
        outbox.c.purpose == "alert",
        outbox.c.created_at > _NOW,
    )
    .distinct()
)
"""Where the step fails, an alert in its plainest form is all that is known of it."""
_BY_ID = _LOAD.where(check_ins.c.id == bindparam("id"))
_OPEN_OF = _OPEN.where(check_ins.c.person_id == bindparam("person_id"))
_WATCHED_BY = _OPEN.where(
    check_ins.c.id.in_(select(watches.c.check_in_id).where(watches.c.buddy_id == bindparam("buddy_id")))
)
_INSERT = insert(check_ins)
_SAVE = (
    update(check_ins)
    .where(check_ins.c.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in _SCALARS if name not in {"id", "person_id"}})
)
_INSERT_WATCH = insert(watches)
_DELETE_WATCHES = delete(watches).where(watches.c.check_in_id == bindparam("id"))
_unsent = exists().where(
    outbox.c.check_in_id == check_ins.c.id, (outbox.c.state == "waiting") | outbox.c.lease_until.is_not(None)
)
_CLOSED = select(check_ins.c.id).where(check_ins.c.closed_at < bindparam("before", type_=Instant), ~_unsent)
_DELETE_OUTBOX = delete(outbox).where(outbox.c.check_in_id == bindparam("id"))
_DELETE = delete(check_ins).where(check_ins.c.id == bindparam("id"))


class CheckIns:
    """Rows of `check_ins` and `watches`."""

    def __init__(self, scope: Scope, deadlines: Deadlines) -> None:
        self._scope = scope
        self._deadlines = deadlines
        self._loaded: dict[str, CheckIn] = {}

    def add(self, check_in: CheckIn) -> None:
        """A new check-in with its deadline. Raises StorageConflict when she has an open one."""
        self._scope.connection.execute(_INSERT, {name: getattr(check_in, name) for name in _SCALARS})
        self._insert_watches(check_in)
        self._keep_deadline(check_in)
        self._loaded[check_in.id] = check_in

    def get(self, check_in_id: str) -> CheckIn | None:
        """The check-in with this id, open or closed."""
        return self._first(_BY_ID, {"id": check_in_id})

    def open_of(self, person_id: str) -> CheckIn | None:
        """Her running check-in."""
        return self._first(_OPEN_OF, {"person_id": person_id})

    def open_watched_by(self, buddy_id: str) -> list[CheckIn]:
        """The open check-ins in which this buddy has a part, oldest first."""
        return self._every(_WATCHED_BY, {"buddy_id": buddy_id})

    def open_all(self) -> list[CheckIn]:
        """All open check-ins, oldest first."""
        return self._every(_OPEN, {})

    def people_alerted_about(self, now: datetime) -> set[str]:
        """Whose check-in is open and began, or whose buddies were asked or told, at a moment after `now`; and all of
        whom buddies have been alerted."""
        found = (_PEOPLE_ALERTED_ABOUT, _PEOPLE_TOLD_AHEAD)
        return {one for each in found for one in self._scope.connection.execute(each, {"now": now}).scalars()}

    def save(self, check_in: CheckIn) -> None:
        """Writes the check-in, its watches and its deadline. Raises LookupError when it is gone."""
        before = self._loaded.get(check_in.id)
        if before == check_in:
            return
        new = {f"new_{name}": getattr(check_in, name) for name in _SCALARS if name not in {"id", "person_id"}}
        if self._scope.connection.execute(_SAVE, {"key": check_in.id} | new).rowcount == 0:
            raise LookupError("there is no check-in with this id")
        if before is None or before.watches != check_in.watches:
            self._scope.connection.execute(_DELETE_WATCHES, {"id": check_in.id})
            self._insert_watches(check_in)
        self._keep_deadline(check_in)
        self._loaded[check_in.id] = check_in

    def purge_closed(self, before: datetime) -> int:
        """Erases check-ins closed before that moment, with watches and messages; returns how many.

        One with a message still to be sent (Signal was down) stays until that is settled.
        """
        found = self._scope.connection.execute(_CLOSED, {"before": before}).scalars().all()
        for check_in_id in found:
            self._scope.connection.execute(_DELETE_OUTBOX, {"id": check_in_id})
            self._scope.connection.execute(_DELETE, {"id": check_in_id})
        return len(found)

    def _insert_watches(self, check_in: CheckIn) -> None:
        rows = [
            {"check_in_id": check_in.id} | {name: getattr(watch, name) for name in _WATCH_FIELDS}
            for watch in check_in.watches
        ]
        if rows:
            self._scope.connection.execute(_INSERT_WATCH, rows)

    def _keep_deadline(self, check_in: CheckIn) -> None:
        if check_in.closed_at is not None:
            self._deadlines.clear(_KIND, check_in.id)
        elif check_in.step is None or check_in.step_at is None:
            raise ValueError("an open check-in needs its next step and when it is due")
        else:
            self._deadlines.put(_KIND, check_in.id, check_in.step.value, check_in.step_at)

    def _first(self, statement: Select[Any], values: dict[str, str]) -> CheckIn | None:
        return next(iter(self._every(statement, values)), None)

    def _every(self, statement: Select[Any], values: dict[str, str]) -> list[CheckIn]:
        rows = self._scope.connection.execute(statement, values)
        found = [_check_in(list(same)) for _, same in groupby(rows, key=attrgetter("id"))]
        self._loaded.update((check_in.id, check_in) for check_in in found)
        return found


def _check_in(rows: list[Row[*tuple[Any, ...]]]) -> CheckIn:
    first = rows[0]
    scalars = dict(zip(_SCALARS, first, strict=False))
    scalars["stage"] = Stage(first.stage)
    scalars["step"] = None if first.step is None else Step(first.step)
    return CheckIn(**scalars, watches=tuple(_watches(rows)))


def _watches(rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterable[Watch]:
    for row in rows:
        if row.watch_buddy_id is not None:
            yield Watch(*row[len(_SCALARS) :])
