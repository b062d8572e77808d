"""Inserts that do nothing when the row is there already: each database has its own statement for it."""

from collections.abc import Mapping

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(table: Table) -> Mapping[str, Insert]:
    """For each dialect's name an INSERT … ON CONFLICT DO NOTHING."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
    }
