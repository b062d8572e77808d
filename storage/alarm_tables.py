"""Silent alarms. Nothing here is tied by a foreign key to a person, a pairing or a check-in: it outlives them all."""

from sqlalchemy import Boolean, Integer, Table, Text

from storage.column_types import Instant
from storage.columns import (
    COUNTER,
    MOMENT,
    QUERIED,
    RANDOM_ID,
    id_column,
    open_column,
    reference,
    sealed_column,
)
from storage.schema import metadata, partial

alarms = Table(
    "alarms",
    metadata,
    id_column(),
    open_column("person_id", Text, RANDOM_ID),
    open_column("check_in_id", Text, RANDOM_ID, nullable=True),
    open_column("ordinal", Integer, COUNTER),
    open_column("stage", Text, QUERIED),
    open_column("opened_at", Instant, MOMENT),
    open_column("since", Instant, MOMENT),
    open_column("operator_at", Instant, MOMENT, nullable=True),
    open_column("paused_at", Instant, MOMENT, nullable=True),
    open_column("resolved_by", Text, RANDOM_ID, nullable=True),
    open_column("step", Text, QUERIED, nullable=True),
    open_column("step_at", Instant, MOMENT, nullable=True),
    open_column("news_at", Instant, MOMENT, nullable=True),
    open_column("closed_at", Instant, MOMENT, nullable=True),
    open_column("owes_reactions", Boolean, QUERIED),
    sealed_column("copy"),  # all that her buddies need, and what set it off, out of reach of her account
)
partial("uq_alarms_open", alarms.c.closed_at.is_(None), alarms.c.person_id, alarms.c.ordinal, unique=True)
partial("ix_alarms_closed_at", alarms.c.closed_at.is_not(None), alarms.c.closed_at)
partial("ix_alarms_owing", alarms.c.owes_reactions, alarms.c.id)

alarm_watches = Table(
    "alarm_watches",
    metadata,
    reference("alarm_id", "alarms.id", primary_key=True),
    open_column("buddy_id", Text, RANDOM_ID, primary_key=True, index=True),
    open_column("position", Integer, COUNTER),
    open_column("alerted_at", Instant, MOMENT),
    open_column("last_alert_at", Instant, MOMENT),
    open_column("alerts", Integer, COUNTER),
    open_column("step", Text, QUERIED),
    open_column("step_at", Instant, MOMENT),
    open_column("taken_at", Instant, MOMENT, nullable=True),
    open_column("holds", Integer, COUNTER),
    open_column("elsewhere", Text, RANDOM_ID, nullable=True),
    open_column("held_back", Boolean, COUNTER),
)
