"""Silent alarms with their watches. Each write keeps the one row in `deadlines` equal to the alarm's next step."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, exists, insert, select, true, update

from bot.domain.alarm import (
    Alarm,
    AlarmCopy,
    AlarmStage,
    AlarmStep,
    AlarmWatch,
    BuddyCopy,
    Cause,
    Sign,
    WatchStep,
)
from bot.domain.details import Plan
from storage.column_types import Instant
from storage.deadlines import Deadlines, SubjectKind
from storage.scope import Scope
from storage.tables import alarm_watches, alarms, outbox

_KIND: SubjectKind = "alarm"
_SCALARS = tuple(field.name for field in fields(Alarm) if field.name != "watches")
_WATCH_FIELDS = tuple(field.name for field in fields(AlarmWatch))

_LOAD = (
    select(
        *(alarms.c[name] for name in _SCALARS),
        *(alarm_watches.c[name].label(f"watch_{name}") for name in _WATCH_FIELDS),
    )
    .select_from(alarms.outerjoin(alarm_watches))
    .order_by(alarms.c.id, alarm_watches.c.position, alarm_watches.c.buddy_id)
)
_OPEN = _LOAD.where(alarms.c.closed_at.is_(None))
_PEOPLE = select(alarms.c.person_id).where(alarms.c.closed_at.is_(None)).distinct()
_BY_ID = _LOAD.where(alarms.c.id == bindparam("id"))
_OPEN_ABOUT = (
    _OPEN.where(alarms.c.person_id == bindparam("person_id"))
    .order_by(None)
    .order_by(alarms.c.ordinal, alarm_watches.c.position, alarm_watches.c.buddy_id)
)
_WATCHED_BY = _OPEN.where(
    alarms.c.id.in_(
        select(alarm_watches.c.alarm_id).where(
            alarm_watches.c.buddy_id == bindparam("buddy_id"), alarm_watches.c.elsewhere.is_(None)
        )
    )
)
_OWING = _OPEN.where(alarms.c.owes_reactions.is_(true()))
_INSERT = insert(alarms)
_SAVE = (
    update(alarms)
    .where(alarms.c.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in _SCALARS if name not in {"id", "person_id"}})
)
_INSERT_WATCH = insert(alarm_watches)
_DELETE_WATCHES = delete(alarm_watches).where(alarm_watches.c.alarm_id == bindparam("id"))
_COPY = select(alarms.c.copy).where(alarms.c.id == bindparam("id"))
_SET_COPY = (
    update(alarms)
    .where(alarms.c.id == bindparam("key"))
    .values(copy=bindparam("cell"), owes_reactions=bindparam("owes"))
)
_unsent = exists().where(
    outbox.c.check_in_id == alarms.c.id, (outbox.c.state == "waiting") | outbox.c.lease_until.is_not(None)
)
_CLOSED = select(alarms.c.id).where(alarms.c.closed_at < bindparam("before", type_=Instant), ~_unsent)
_DELETE_OUTBOX = delete(outbox).where(outbox.c.check_in_id == bindparam("id"))
_DELETE = delete(alarms).where(alarms.c.id == bindparam("id"))


class Alarms:
    """Rows of `alarms` and `alarm_watches`. Outbox rows about an alarm name it where others name a check-in."""

    def __init__(self, scope: Scope, deadlines: Deadlines) -> None:
        self._scope = scope
        self._deadlines = deadlines

    def add(self, alarm: Alarm, copy: AlarmCopy) -> None:
        """A new alarm with its deadline. Raises StorageConflict when one about her with this ordinal is open."""
        cell, owes = self._cell(alarm.id, copy)
        values = {name: getattr(alarm, name) for name in _SCALARS} | {"copy": cell, "owes_reactions": owes}
        self._scope.connection.execute(_INSERT, values)
        self._insert_watches(alarm)
        self._keep_deadline(alarm)

    def get(self, alarm_id: str) -> Alarm | None:
        """The alarm with this id, open or closed."""
        return self._first(_BY_ID, {"id": alarm_id})

    def open_about(self, person_id: str) -> list[Alarm]:
        """The open alarms about this person, by their ordinals; no buddy is alerted by two of them."""
        return self._every(_OPEN_ABOUT, {"person_id": person_id})

    def people(self) -> set[str]:
        """About whom an alarm is open."""
        return set(self._scope.connection.execute(_PEOPLE).scalars())

    def open_watched_by(self, buddy_id: str) -> list[Alarm]:
        """The open alarms for which this buddy was alerted, oldest first."""
        return self._every(_WATCHED_BY, {"buddy_id": buddy_id})

    def owing_reactions(self) -> list[Alarm]:
        """The open alarms with a message of hers that still waits for a reaction."""
        return self._every(_OWING, {})

    def save(self, alarm: Alarm) -> None:
        """Writes the alarm, its watches and its deadline. Raises LookupError when it is gone."""
        new = {f"new_{name}": getattr(alarm, name) for name in _SCALARS if name not in {"id", "person_id"}}
        if self._scope.connection.execute(_SAVE, {"key": alarm.id} | new).rowcount == 0:
            raise LookupError("there is no alarm with this id")
        self._scope.connection.execute(_DELETE_WATCHES, {"id": alarm.id})
        self._insert_watches(alarm)
        self._keep_deadline(alarm)

    def copy(self, alarm_id: str) -> AlarmCopy:
        """What the buddies need; empty when it is erased. Raises SealBroken."""
        cell = self._scope.connection.execute(_COPY, {"id": alarm_id}).scalar_one_or_none()
        text = self._scope.open(alarms.c.copy, alarm_id, cell)
        return AlarmCopy() if text is None else _read(json.loads(text))

    def set_copy(self, alarm_id: str, copy: AlarmCopy | None) -> None:
        """Replaces it; None erases it."""
        cell, owes = (None, False) if copy is None else self._cell(alarm_id, copy)
        self._scope.connection.execute(_SET_COPY, {"key": alarm_id, "cell": cell, "owes": owes})

    def purge_closed(self, before: datetime) -> int:
        """Erases alarms closed before that moment, with watches and messages; returns how many."""
        found = self._scope.connection.execute(_CLOSED, {"before": before}).scalars().all()
        for alarm_id in found:
            self._scope.connection.execute(_DELETE_OUTBOX, {"id": alarm_id})
            self._scope.connection.execute(_DELETE, {"id": alarm_id})
        return len(found)

    def _cell(self, alarm_id: str, copy: AlarmCopy) -> tuple[bytes | None, bool]:
        owes = any(sign.message_ms is not None and sign.shown_for and sign.shown < 2 for sign in copy.signs)
        return self._scope.seal(alarms.c.copy, alarm_id, json.dumps(asdict(copy), default=datetime.isoformat)), owes

    def _insert_watches(self, alarm: Alarm) -> None:
        rows = [{"alarm_id": alarm.id} | {name: getattr(w, name) for name in _WATCH_FIELDS} for w in alarm.watches]
        if rows:
            self._scope.connection.execute(_INSERT_WATCH, rows)

    def _keep_deadline(self, alarm: Alarm) -> None:
        if alarm.closed_at is not None:
            self._deadlines.clear(_KIND, alarm.id)
        elif alarm.step is None or alarm.step_at is None:
            raise ValueError("an open alarm needs its next step and when it is due")
        else:
            self._deadlines.put(_KIND, alarm.id, alarm.step.value, alarm.step_at)

    def _first(self, statement: Select[Any], values: dict[str, str]) -> Alarm | None:
        return next(iter(self._every(statement, values)), None)

    def _every(self, statement: Select[Any], values: dict[str, str]) -> list[Alarm]:
        rows = self._scope.connection.execute(statement, values)
        return [_alarm(list(same)) for _, same in groupby(rows, key=attrgetter("id"))]


def _alarm(rows: list[Row[*tuple[Any, ...]]]) -> Alarm:
    first = rows[0]
    scalars = dict(zip(_SCALARS, first, strict=False))
    scalars["stage"] = AlarmStage(first.stage)
    scalars["step"] = None if first.step is None else AlarmStep(first.step)
    return Alarm(**scalars, watches=tuple(_watches(rows)))


def _watches(rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterable[AlarmWatch]:
    for row in rows:
        if row.watch_buddy_id is not None:
            values = dict(zip(_WATCH_FIELDS, row[len(_SCALARS) :], strict=True))
            yield AlarmWatch(**values | {"step": WatchStep(row.watch_step)})


def _read(stored: dict[str, Any]) -> AlarmCopy:
    return AlarmCopy(
        buddies=tuple(BuddyCopy(**one) for one in stored["buddies"]),
        others=tuple(BuddyCopy(**one) for one in stored.get("others", ())),
        signs=tuple(_sign(one) for one in stored["signs"]),
        plan=None if stored["plan"] is None else Plan(stored["plan"]["text"]),
    )


def _sign(stored: dict[str, Any]) -> Sign:
    at = datetime.fromisoformat(stored["at"]).astimezone(UTC)
    people = {name: tuple(stored.get(name, ())) for name in ("shown_for", "not_for")}
    return Sign(**stored | {"cause": Cause(stored["cause"]), "at": at} | people)
