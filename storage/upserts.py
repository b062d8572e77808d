"""Inserts that do nothing when the row is there already: each database has its own statement for it."""

from collections.abc import Mapping

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


def insert_if_new(table: Table) -> Mapping[str, ReturningInsert[str]]:
    """For each dialect's name an INSERT … ON CONFLICT DO NOTHING, which returns the id if it did insert."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing().returning(table.c.id),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing().returning(table.c.id),
    }
