"""Who looks after whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, Select, bindparam, delete, func, insert, select, update

from bot.domain.pairing import Pairing, PairingState
from storage.scope import Scope
from storage.tables import pairings, people

_MARKED, _UNMARKED = "no", "ok"  # of one length, so that the sealed cell does not tell
_BY_DURESS = {_MARKED: True, _UNMARKED: False}
_SOMEBODY = "…"

_SEEN_BY_HER = tuple(state for state in PairingState if state is not PairingState.QUIET)

_ALL = select(pairings).order_by(pairings.c.position, pairings.c.id)
_BY_ID = _ALL.where(pairings.c.id == bindparam("id"))
_OF_PERSON = _ALL.where(pairings.c.person_id == bindparam("person_id"))
_OF_BUDDY = _ALL.where(pairings.c.buddy_id == bindparam("buddy_id"))
_BETWEEN = _OF_PERSON.where(pairings.c.buddy_id == bindparam("buddy_id"))
_WITH_GROUP = _ALL.where(pairings.c.group_id == bindparam("group_id"))
_NEXT_POSITION = select(func.coalesce(func.max(pairings.c.position), 0) + 1).where(
    pairings.c.person_id == bindparam("person_id")
)
_INSERT = insert(pairings)
_SAVE = (
    update(pairings)
    .where(pairings.c.id == bindparam("key"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "state",
                "position",
                "person_label",
                "buddy_label",
                "group_id",
                "leaves_at_close",
                "no_alarms",
                "active_at",
                "by_duress",
                "left_quietly_at",
            )
        }
    )
)
_NAME = select(people.c.name).where(people.c.id == bindparam("id"))
_DELETE = delete(pairings).where(pairings.c.id == bindparam("id"))


class Pairings:
    """Rows of `pairings`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, person_id: str, buddy_id: str, person_label: str, buddy_label: str, now: datetime) -> Pairing:
        """A pairing just offered, last in her order. Raises StorageConflict when these two have one already."""
        position = self._scope.connection.execute(_NEXT_POSITION, {"person_id": person_id}).scalar_one()
        pairing = Pairing(
            id=self._scope.ids.new(),
            person_id=person_id,
            buddy_id=buddy_id,
            state=PairingState.OFFERED,
            position=position,
            person_label=person_label,
            buddy_label=buddy_label,
            group_id=None,
            leaves_at_close=False,
            created_at=now,
        )
        fixed = {"id": pairing.id, "person_id": person_id, "buddy_id": buddy_id, "created_at": now}
        self._scope.connection.execute(_INSERT, fixed | self._changeable(pairing))
        return pairing

    def get(self, pairing_id: str) -> Pairing | None:
        """The pairing with this id."""
        return self._first(_BY_ID, {"id": pairing_id})

    def of_person(self, person_id: str, *states: PairingState) -> list[Pairing]:
        """Her pairings in the order of alerting; without states all but quiet ones, which are gone for her."""
        return _in_states(self._every(_OF_PERSON, {"person_id": person_id}), states or _SEEN_BY_HER)

    def of_buddy(self, buddy_id: str, *states: PairingState) -> list[Pairing]:
        """The pairings in which this one is the buddy; without states all, quiet ones too: for him they stand."""
        return _in_states(self._every(_OF_BUDDY, {"buddy_id": buddy_id}), states)

    def between(self, person_id: str, buddy_id: str) -> Pairing | None:
        """The pairing in which he looks after her."""
        return self._first(_BETWEEN, {"person_id": person_id, "buddy_id": buddy_id})

    def with_group(self, group_id: str) -> list[Pairing]:
        """The one or two pairings that use this group."""
        return self._every(_WITH_GROUP, {"group_id": group_id})

    def save(self, pairing: Pairing) -> None:
        """Writes everything that can change. Raises LookupError when the pairing is gone."""
        new = {f"new_{name}": value for name, value in self._changeable(pairing).items()}
        if self._scope.connection.execute(_SAVE, {"key": pairing.id} | new).rowcount == 0:
            raise LookupError("there is no pairing with this id")

    def remove(self, pairing_id: str) -> None:
        """Erases the pairing."""
        self._scope.connection.execute(_DELETE, {"id": pairing_id})

    def _changeable(self, pairing: Pairing) -> dict[str, Any]:
        return {
            "state": pairing.state.value,
            "position": pairing.position,
            "person_label": self._scope.seal(pairings.c.person_label, pairing.id, pairing.person_label),
            "buddy_label": self._scope.seal(pairings.c.buddy_label, pairing.id, pairing.buddy_label),
            "group_id": pairing.group_id,
            "leaves_at_close": pairing.leaves_at_close,
            "no_alarms": self._mark(pairings.c.no_alarms, pairing.id, pairing.no_alarms),
            "active_at": pairing.active_at,
            "by_duress": self._mark(pairings.c.by_duress, pairing.id, pairing.by_duress),
            "left_quietly_at": pairing.left_quietly_at,
        }

    def _first(self, statement: Select[Any], values: dict[str, str]) -> Pairing | None:
        row = self._scope.connection.execute(statement, values).first()
        return None if row is None else self._pairing(row)

    def _every(self, statement: Select[Any], values: dict[str, str]) -> list[Pairing]:
        return [self._pairing(row) for row in self._scope.connection.execute(statement, values)]

    def _pairing(self, row: Row[*tuple[Any, ...]]) -> Pairing:
        return Pairing(
            id=row.id,
            person_id=row.person_id,
            buddy_id=row.buddy_id,
            state=PairingState(row.state),
            position=row.position,
            person_label=self._label(pairings.c.person_label, row.id, row.person_label, row.person_id),
            buddy_label=self._label(pairings.c.buddy_label, row.id, row.buddy_label, row.buddy_id),
            group_id=row.group_id,
            leaves_at_close=row.leaves_at_close,
            created_at=row.created_at,
            no_alarms=self._scope.open_if_whole(pairings.c.no_alarms, row.id, row.no_alarms) == _MARKED,
            active_at=row.active_at,
            by_duress=_BY_DURESS.get(self._scope.open_if_whole(pairings.c.by_duress, row.id, row.by_duress) or ""),
            left_quietly_at=row.left_quietly_at,
        )

    def _mark(self, column: Column[Any], row_id: str, marked: bool | None) -> bytes | None:
        return self._scope.seal(column, row_id, None if marked is None else _MARKED if marked else _UNMARKED)

    def _label(self, column: Column[Any], row_id: str, cell: bytes, person_id: str) -> str:
        """What that one is called here; where it cannot be read, the name in general. It must stop no alert."""
        label = self._scope.open_if_whole(column, row_id, cell)
        if label is not None:
            return label
        name = self._scope.connection.execute(_NAME, {"id": person_id}).scalar_one_or_none()
        return self._scope.open_if_whole(people.c.name, person_id, name) or _SOMEBODY


def _in_states(found: Iterable[Pairing], states: tuple[PairingState, ...]) -> list[Pairing]:
    return [pairing for pairing in found if not states or pairing.state in states]
