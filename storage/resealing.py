"""Sealing all cells anew under the current key, a few in each unit of work, so that a running bot never waits long."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, func, literal, or_, select, update
from sqlalchemy.types import LargeBinary

from bot.errors import SealBroken
from storage.column_types import Sealed
from storage.records import Records
from storage.sealing import Sealer
from storage.tables import metadata

AT_ONCE = 50
_SEALED: tuple[tuple[Table, tuple[Column[Any], ...]], ...] = tuple(
    (table, columns)
    for table in metadata.sorted_tables
    if (columns := tuple(column for column in table.columns if isinstance(column.type, Sealed)))
)


@dataclass(frozen=True)
class Place:
    """How far it is done: all tables before this one, and in this one all rows up to this id."""

    table: int = 0
    row_id: str = ""


def reseal_some(records: Records, place: Place) -> Place | None:
    """A unit of work: the next few rows from `place` on; where to go on, or None at the end.

    A damaged cell stays as it is: it cannot be read under any key, and must not stop the rest.
    """
    table, columns = _SEALED[place.table]
    sealer, connection = records.scope.sealer, records.scope.connection
    wanted = select(table.c.id, *columns).where(table.c.id > place.row_id, _is_under_old_key(columns, sealer))
    rows = connection.execute(wanted.order_by(table.c.id).limit(AT_ONCE)).mappings().all()
    for row in rows:
        anew = {
            column.name: cell
            for column in columns
            if (cell := _sealed_anew(sealer, column, row["id"], row[column.name])) is not None
        }
        if anew:
            connection.execute(update(table).where(table.c.id == row["id"]).values(anew))
    if len(rows) == AT_ONCE:
        return Place(place.table, rows[-1]["id"])
    return Place(place.table + 1) if place.table + 1 < len(_SEALED) else None


def count_under_old_keys(records: Records) -> int:
    """How many rows have a cell that is not sealed under the current key."""
    sealer, connection = records.scope.sealer, records.scope.connection
    return sum(
        connection.execute(
            select(func.count()).select_from(table).where(_is_under_old_key(columns, sealer))
        ).scalar_one()
        for table, columns in _SEALED
    )


def _is_under_old_key(columns: tuple[Column[Any], ...], sealer: Sealer) -> Any:
    prefix = sealer.current_prefix
    current = literal(prefix, LargeBinary)
    return or_(*(func.substr(column, 1, len(prefix), type_=LargeBinary) != current for column in columns))


def _sealed_anew(sealer: Sealer, column: Column[Any], row_id: str, cell: bytes | None) -> bytes | None:
    if cell is None or bytes(cell).startswith(sealer.current_prefix):
        return None
    table = column.table.name
    try:
        return sealer.seal(table, column.name, row_id, sealer.open(table, column.name, row_id, cell))
    except SealBroken:
        return None
