"""The tables of what takes its course beside check-ins: a forgotten word, a drill."""

from sqlalchemy import Integer, Table

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
