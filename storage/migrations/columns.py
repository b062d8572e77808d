"""How columns are written in migrations. What stands here is never changed: old migrations use it."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Texts and ids."""
    return _columns(sa.Text, names, nullable=nullable)


def integers(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Small whole numbers."""
    return _columns(sa.Integer, names, nullable=nullable)


def longs(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Moments and lengths in microseconds, or milliseconds since 1970."""
    return _columns(sa.BigInteger, names, nullable=nullable)


def flags(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    """Yes or no."""
    return _columns(sa.Boolean, names, nullable=nullable)


def sealed_cells(*names: str) -> list[sa.Column[Any]]:
    """Sealed bytes."""
    return _columns(sa.LargeBinary, names, nullable=True)


def refers(table: str, column: str, target: str, on_delete: str, *, nullable: bool = False) -> sa.Column[str]:
    """An id of a row in another table."""
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}", ondelete=on_delete)
    return sa.Column(column, sa.Text(), key, nullable=nullable)


def index(name: str, table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    """An index, partial with `where`, alike on both databases."""
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition)


def _columns(type_: type[Any], names: tuple[str, ...], *, nullable: bool) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_(), nullable=nullable) for name in names]
