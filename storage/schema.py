"""What every table of the schema shares."""

from typing import Any

from sqlalchemy import Column, Index, MetaData, literal_column
from sqlalchemy.sql.elements import ColumnElement

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

WAITING: ColumnElement[str] = literal_column("'waiting'")
"""Stands literally in statements and partial indexes, so that both databases use the latter."""


def partial(name: str, where: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> None:
    """An index over the rows for which `where` holds."""
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
