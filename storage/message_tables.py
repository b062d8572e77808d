"""The tables through which messages pass: what came in, what is to be sent, and what phones confirmed."""

from sqlalchemy import BigInteger, Boolean, Index, Integer, Table, Text

from storage.column_types import Instant
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
from storage.schema import WAITING, metadata, partial

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
partial("ix_inbox_waiting", inbox.c.state == WAITING, inbox.c.server_received_at, inbox.c.id)

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
    open_column("confirmed_at", Instant, MOMENT, nullable=True),
    open_column("read_at", Instant, MOMENT, nullable=True),
    open_column("failure", Text, "a named reason, never free text", nullable=True),
    *lease_columns(),
)
_to_send = outbox.c.state == WAITING
partial("ix_outbox_best", _to_send, outbox.c.urgent, outbox.c.priority, outbox.c.id)
partial("ix_outbox_lane", _to_send, outbox.c.lane, outbox.c.lane_rank, outbox.c.id)
partial("ix_outbox_not_before", _to_send, outbox.c.not_before)
partial("ix_outbox_expires_at", _to_send & outbox.c.expires_at.is_not(None), outbox.c.expires_at)
partial("ix_outbox_in_hand", outbox.c.lease_until.is_not(None), outbox.c.lane, outbox.c.lease_until)
partial("ix_outbox_check_in", outbox.c.check_in_id.is_not(None), outbox.c.check_in_id)
partial("ix_outbox_sent_ms", outbox.c.sent_ms.is_not(None), outbox.c.sent_ms)
partial("ix_outbox_to_person", outbox.c.to_person_id.is_not(None), outbox.c.to_person_id)

line_receipts = Table(  # which phones have confirmed a line in a group
    "line_receipts",
    metadata,
    reference("outbox_id", "outbox.id", primary_key=True),
    reference("person_id", "people.id", primary_key=True, index=True),
    open_column("confirmed_at", Instant, MOMENT),
)

YES = "yes"  # beside the kinds of receipts: a reaction that counted, see `counted_yes`

early_receipts = Table(  # a receipt can be faster than the note that its message has left
    "early_receipts",
    metadata,
    reference("person_id", "people.id", primary_key=True),
    open_column("sent_ms", BigInteger, MOMENT, primary_key=True, autoincrement=False),
    open_column("kind", Text, QUERIED, primary_key=True),
    open_column("at", Instant, MOMENT, index=True),
)
