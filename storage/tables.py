"""The schema. Every column is `Sealed`, or says in its `why_open` why it stands in the open (DESIGN, invariant 14).

Rows are tied to people by random ids alone: without the key nothing here says who anybody is. Alarms, deadlines and
outbox rows name a check-in without a foreign key, because they outlive it.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text, literal_column
from sqlalchemy.sql.elements import ColumnElement

from storage.column_types import Duration, Instant
from storage.columns import (
    COUNTER,
    KEYED,
    MOMENT,
    QUERIED,
    RANDOM_ID,
    id_column,
    lease_columns,
    open_column,
    reference,
    sealed_column,
)

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


def _partial(name: str, where: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> None:
    Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


people = Table(
    "people",
    metadata,
    id_column(),
    open_column("account_lookup", Text, KEYED, unique=True),
    sealed_column("account"),
    sealed_column("name"),
    sealed_column("zone"),
    sealed_column("language"),
    sealed_column("words"),  # the argon2id encodings, both in one cell: nobody sees whether there is a duress word
    open_column("words_version", Integer, COUNTER),
    open_column("created_at", Instant, MOMENT),
)

invites = Table(
    "invites",
    metadata,
    id_column(),
    open_column("code_lookup", Text, KEYED, unique=True),
    reference("person_id", "people.id", nullable=True, index=True),
    open_column("created_at", Instant, MOMENT),
    open_column("expires_at", Instant, MOMENT),
    open_column("used_at", Instant, MOMENT, nullable=True),
)

groups = Table(
    "groups",
    metadata,
    id_column(),
    open_column("signal_lookup", Text, KEYED, unique=True, nullable=True),
    sealed_column("signal_id"),
    open_column("created_at", Instant, MOMENT),
)

pairings = Table(
    "pairings",
    metadata,
    id_column(),
    reference("person_id", "people.id"),
    reference("buddy_id", "people.id", index=True),
    open_column("state", Text, QUERIED),
    open_column("position", Integer, COUNTER),
    sealed_column("person_label"),
    sealed_column("buddy_label"),
    reference("group_id", "groups.id", on_delete="SET NULL", nullable=True, index=True),
    open_column("leaves_at_close", Boolean, COUNTER),
    open_column("created_at", Instant, MOMENT),
    Index("uq_pairings_person_buddy", "person_id", "buddy_id", unique=True),
)

check_ins = Table(
    "check_ins",
    metadata,
    id_column(),
    reference("person_id", "people.id", index=True),
    open_column("stage", Text, QUERIED),
    open_column("started_at", Instant, MOMENT),
    open_column("deadline", Instant, MOMENT),
    open_column("reminded", Boolean, COUNTER),
    open_column("grace", Duration, COUNTER),
    open_column("extended_freely", Duration, COUNTER),
    open_column("wrong_words", Integer, COUNTER),
    open_column("alerting_since", Instant, MOMENT, nullable=True),
    open_column("taken_by", Text, RANDOM_ID, nullable=True),
    open_column("holds", Integer, COUNTER),
    open_column("resolved_by", Text, RANDOM_ID, nullable=True),
    open_column("step", Text, QUERIED, nullable=True),
    open_column("step_at", Instant, MOMENT, nullable=True),
    open_column("closed_at", Instant, MOMENT, nullable=True),
    sealed_column("details"),
)
_partial("uq_check_ins_open", check_ins.c.closed_at.is_(None), check_ins.c.person_id, unique=True)
_partial("ix_check_ins_closed_at", check_ins.c.closed_at.is_not(None), check_ins.c.closed_at)

watches = Table(
    "watches",
    metadata,
    reference("check_in_id", "check_ins.id", primary_key=True),
    reference("buddy_id", "people.id", primary_key=True, index=True),
    open_column("group_id", Text, RANDOM_ID, nullable=True),
    open_column("position", Integer, COUNTER),
    open_column("on_call", Boolean, COUNTER),
    open_column("seen_at", Instant, MOMENT, nullable=True),
    open_column("alerted_at", Instant, MOMENT, nullable=True),
    open_column("alerts", Integer, COUNTER),
)

deadlines = Table(
    "deadlines",
    metadata,
    id_column(),
    open_column("subject_kind", Text, QUERIED),
    open_column("subject_id", Text, RANDOM_ID),
    open_column("what", Text, QUERIED),
    open_column("due_at", Instant, MOMENT),
    open_column("not_before", Instant, MOMENT),
    open_column("attempts", Integer, COUNTER),
    *lease_columns(),
    Index("uq_deadlines_subject", "subject_kind", "subject_id", unique=True),
    Index("ix_deadlines_due_at", "due_at", "id"),
)
_partial("ix_deadlines_unleased", deadlines.c.lease_until.is_(None), deadlines.c.not_before)

alarms = Table(
    "alarms",
    metadata,
    id_column(),
    open_column("person_id", Text, RANDOM_ID, index=True),
    open_column("check_in_id", Text, RANDOM_ID, nullable=True),
    open_column("stage", Text, QUERIED),
    open_column("opened_at", Instant, MOMENT),
    open_column("closed_at", Instant, MOMENT, nullable=True),
    sealed_column("copy"),  # all that her buddies need, out of reach of her account
)

inbox = Table(
    "inbox",
    metadata,
    id_column(),
    open_column("account_lookup", Text, KEYED),
    open_column("sender_lookup", Text, KEYED),
    sealed_column("sender_account"),
    open_column("sent_ms", BigInteger, MOMENT),
    open_column("server_received_at", Instant, MOMENT),
    open_column("received_at", Instant, MOMENT),
    sealed_column("body"),
    open_column("state", Text, QUERIED),
    open_column("attempts", Integer, COUNTER),
    open_column("changed", Boolean, COUNTER, nullable=True),
    *lease_columns(),
    Index("uq_inbox_message", "sender_lookup", "sent_ms", "account_lookup", unique=True),
    Index("ix_inbox_received_at", "received_at"),
)
_partial("ix_inbox_waiting", inbox.c.state == WAITING, inbox.c.server_received_at, inbox.c.id)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    reference("to_person_id", "people.id", nullable=True),
    open_column("to_group_id", Text, RANDOM_ID, nullable=True),
    open_column("lane", Text, RANDOM_ID),
    open_column("urgent", Boolean, QUERIED),
    open_column("priority", Integer, QUERIED),
    open_column("lane_rank", Integer, QUERIED),
    open_column("purpose", Text, QUERIED),
    open_column("action", Text, QUERIED),
    sealed_column("body"),
    open_column("check_in_id", Text, RANDOM_ID, nullable=True),
    open_column("state", Text, QUERIED),
    open_column("attempts", Integer, COUNTER),
    open_column("created_at", Instant, MOMENT),
    open_column("not_before", Instant, MOMENT),
    open_column("expires_at", Instant, MOMENT, nullable=True),
    open_column("first_attempt_at", Instant, MOMENT, nullable=True),
    open_column("settled_at", Instant, MOMENT, nullable=True),
    open_column("sent_ms", BigInteger, MOMENT, nullable=True),
    open_column("delivered_at", Instant, MOMENT, nullable=True),
    open_column("read_at", Instant, MOMENT, nullable=True),
    open_column("failure", Text, "a named reason, never free text", nullable=True),
    *lease_columns(),
)
_to_send = outbox.c.state == WAITING
_partial("ix_outbox_best", _to_send, outbox.c.urgent, outbox.c.priority, outbox.c.id)
_partial("ix_outbox_lane", _to_send, outbox.c.lane, outbox.c.lane_rank, outbox.c.id)
_partial("ix_outbox_not_before", _to_send, outbox.c.not_before)
_partial("ix_outbox_expires_at", _to_send & outbox.c.expires_at.is_not(None), outbox.c.expires_at)
_partial("ix_outbox_in_hand", outbox.c.lease_until.is_not(None), outbox.c.lane, outbox.c.lease_until)
_partial("ix_outbox_check_in", outbox.c.check_in_id.is_not(None), outbox.c.check_in_id)
_partial("ix_outbox_sent_ms", outbox.c.sent_ms.is_not(None), outbox.c.sent_ms)
_partial("ix_outbox_to_person", outbox.c.to_person_id.is_not(None), outbox.c.to_person_id)

YES = "yes"  # beside the kinds of receipts: a reaction that counted, see `counted_yes`
early_receipts = Table(  # a receipt can be faster than the note that its message has left
    "early_receipts",
    metadata,
    reference("person_id", "people.id", primary_key=True),
    open_column("sent_ms", BigInteger, MOMENT, primary_key=True, autoincrement=False),
    open_column("kind", Text, QUERIED, primary_key=True),
    open_column("at", Instant, MOMENT, index=True),
)

beats = Table(
    "beats",
    metadata,
    open_column("id", Integer, "always 1", primary_key=True, autoincrement=False),
    open_column("at", Instant, "about the bot, not about a person"),
)

seals = Table(
    "seals",
    metadata,
    id_column(),
    open_column("lookup", Text, KEYED),
    sealed_column("proof"),  # opens only under the right key file
)
