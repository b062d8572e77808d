"""How columns are declared: sealed, or with the reason why they stand in the open."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Text

from storage.column_types import Instant, Sealed

RANDOM_ID = "a random id that says nothing outside this database"
KEYED = "a keyed hash; without the key it cannot be linked to anything outside"
QUERIED = "the machinery must find rows by it"
COUNTER = "a counter or flag of the machinery, tied to a random id alone"
MOMENT = "a moment, needed for order and expiry, tied to a random id alone"


def open_column(name: str, type_: Any, why: str, *args: Any, **options: Any) -> Column[Any]:
    """A column in the open, and why it may be."""
    options.setdefault("nullable", False)
    return Column(name, type_, *args, info={"why_open": why}, **options)


def id_column(**options: Any) -> Column[Any]:
    """The id of a row."""
    return open_column("id", Text, RANDOM_ID, primary_key=True, **options)


def reference(name: str, target: str, *, on_delete: str = "CASCADE", **options: Any) -> Column[Any]:
    """The id of a row in another table, which takes this row with it when it goes."""
    return open_column(name, Text, RANDOM_ID, ForeignKey(target, ondelete=on_delete), **options)


def sealed_column(name: str) -> Column[Any]:
    """A column that nobody can read without the key."""
    return Column(name, Sealed, nullable=True)


def lease_columns() -> tuple[Column[Any], Column[Any]]:
    """Who has the row in hand, and until when."""
    return (
        open_column("lease_owner", Text, "names a running process", nullable=True),
        open_column("lease_until", Instant, MOMENT, nullable=True),
    )
