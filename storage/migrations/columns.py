"""How columns are written in migrations. What stands here is never changed: old migrations use it."""

import sqlalchemy as sa
from alembic import op


def text(name: str, *constraints: sa.ForeignKey, nullable: bool = False) -> sa.Column[str]:
    """A text or an id."""
    return sa.Column(name, sa.Text(), *constraints, nullable=nullable)


def integer(name: str) -> sa.Column[int]:
    """A small whole number."""
    return sa.Column(name, sa.Integer(), nullable=False)


def long(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A moment or a length in microseconds, or milliseconds since 1970."""
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def flag(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def sealed(name: str) -> sa.Column[bytes]:
    """Sealed bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=True)


def refers(table: str, column: str, target: str, on_delete: str, *, nullable: bool = False) -> sa.Column[str]:
    """An id of a row in another table."""
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}", ondelete=on_delete)
    return text(column, key, nullable=nullable)


def index(name: str, table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    """An index, partial with `where`, alike on both databases."""
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition)
