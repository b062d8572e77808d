"""The tables of what takes its course beside check-ins: a forgotten word, a drill, how long a pairing holds."""

from sqlalchemy import Boolean, Integer, Table

from storage.column_types import Instant
from storage.columns import COUNTER, MOMENT, id_column, open_column, reference
from storage.schema import metadata

resets = Table(
    "resets",
    metadata,
    reference("person_id", "people.id", primary_key=True),
    reference("vouched_by", "people.id", on_delete="SET NULL", nullable=True),
    open_column("until", Instant, MOMENT),
)

drills = Table(
    "drills",
    metadata,
    id_column(),
    reference("person_id", "people.id", index=True, unique=True),
    open_column("started_at", Instant, MOMENT),
)

drill_parts = Table(
    "drill_parts",
    metadata,
    reference("drill_id", "drills.id", primary_key=True),
    reference("buddy_id", "people.id", primary_key=True, index=True),
    open_column("position", Integer, COUNTER),
    open_column("told_at", Instant, MOMENT, nullable=True),
    open_column("answered_at", Instant, MOMENT, nullable=True),
)

terms = Table(
    "terms",
    metadata,
    reference("pairing_id", "pairings.id", primary_key=True),
    open_column("ends_at", Instant, MOMENT),
    open_column("warnings", Integer, COUNTER),
    open_column("person_renewed", Boolean, COUNTER),
    open_column("buddy_renewed", Boolean, COUNTER),
)
