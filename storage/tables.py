"""The schema. Every column is `Sealed`, or says in its `why_open` why it stands in the open (DESIGN, invariant 14).

Rows are tied to people by random ids alone: without the key nothing here says who anybody is. Alarms, deadlines and
outbox rows name a check-in without a foreign key, because they outlive it.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, literal_column
from sqlalchemy.sql.elements import ColumnElement

from storage.column_types import Duration, Instant, Sealed

RANDOM_ID = "a random id that says nothing outside this database"
KEYED = "a keyed hash; without the key it cannot be linked to anything outside"
QUERIED = "the machinery must find rows by it"
COUNTER = "a counter or flag of the machinery, tied to a random id alone"
MOMENT = "a moment, needed for order and expiry, tied to a random id alone"

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


def _open(name: str, type_: Any, why: str, *args: Any, **options: Any) -> Column[Any]:
    options.setdefault("nullable", False)
    return Column(name, type_, *args, info={"why_open": why}, **options)


def _id(**options: Any) -> Column[Any]:
    return _open("id", Text, RANDOM_ID, primary_key=True, **options)


def _refers(name: str, target: str, *, on_delete: str = "CASCADE", **options: Any) -> Column[Any]:
    return _open(name, Text, RANDOM_ID, ForeignKey(target, ondelete=on_delete), **options)


def _sealed(name: str) -> Column[Any]:
    return Column(name, Sealed, nullable=True)


def _lease() -> tuple[Column[Any], Column[Any]]:
    return (
        _open("lease_owner", Text, "names a running process", nullable=True),
        _open("lease_until", Instant, MOMENT, nullable=True),
    )


people = Table(
    "people",
    metadata,
    _id(),
    _open("account_lookup", Text, KEYED, unique=True),
    _sealed("account"),
    _sealed("name"),
    _sealed("zone"),
    _sealed("language"),
    _sealed("words"),  # the argon2id encodings, both in one cell: nobody sees whether there is a duress word
    _open("words_version", Integer, COUNTER),
    _open("created_at", Instant, MOMENT),
)

invites = Table(
    "invites",
    metadata,
    _id(),
    _open("code_lookup", Text, KEYED, unique=True),
    _refers("person_id", "people.id", nullable=True, index=True),
    _open("created_at", Instant, MOMENT),
    _open("expires_at", Instant, MOMENT),
    _open("used_at", Instant, MOMENT, nullable=True),
)

groups = Table(
    "groups",
    metadata,
    _id(),
    _open("signal_lookup", Text, KEYED, unique=True, nullable=True),
    _sealed("signal_id"),
    _open("created_at", Instant, MOMENT),
)

pairings = Table(
    "pairings",
    metadata,
    _id(),
    _refers("person_id", "people.id"),
    _refers("buddy_id", "people.id", index=True),
    _open("state", Text, QUERIED),
    _open("position", Integer, COUNTER),
    _sealed("person_label"),
    _sealed("buddy_label"),
    _refers("group_id", "groups.id", on_delete="SET NULL", nullable=True, index=True),
    _open("leaves_at_close", Boolean, COUNTER),
    _open("created_at", Instant, MOMENT),
    Index("uq_pairings_person_buddy", "person_id", "buddy_id", unique=True),
)

check_ins = Table(
    "check_ins",
    metadata,
    _id(),
    _refers("person_id", "people.id", index=True),
    _open("stage", Text, QUERIED),
    _open("started_at", Instant, MOMENT),
    _open("deadline", Instant, MOMENT),
    _open("reminded", Boolean, COUNTER),
    _open("grace", Duration, COUNTER),
    _open("extended_freely", Duration, COUNTER),
    _open("wrong_words", Integer, COUNTER),
    _open("alerting_since", Instant, MOMENT, nullable=True),
    _open("taken_by", Text, RANDOM_ID, nullable=True),
    _open("holds", Integer, COUNTER),
    _open("resolved_by", Text, RANDOM_ID, nullable=True),
    _open("step", Text, QUERIED, nullable=True),
    _open("step_at", Instant, MOMENT, nullable=True),
    _open("closed_at", Instant, MOMENT, nullable=True),
    _sealed("details"),
)
_still_open = check_ins.c.closed_at.is_(None)
Index(
    "uq_check_ins_open",
    check_ins.c.person_id,
    unique=True,
    sqlite_where=_still_open,
    postgresql_where=_still_open,
)
_closed = check_ins.c.closed_at.is_not(None)
Index("ix_check_ins_closed_at", check_ins.c.closed_at, sqlite_where=_closed, postgresql_where=_closed)

watches = Table(
    "watches",
    metadata,
    _refers("check_in_id", "check_ins.id", primary_key=True),
    _refers("buddy_id", "people.id", primary_key=True, index=True),
    _open("group_id", Text, RANDOM_ID, nullable=True),
    _open("position", Integer, COUNTER),
    _open("on_call", Boolean, COUNTER),
    _open("seen_at", Instant, MOMENT, nullable=True),
    _open("alerted_at", Instant, MOMENT, nullable=True),
    _open("alerts", Integer, COUNTER),
)

deadlines = Table(
    "deadlines",
    metadata,
    _id(),
    _open("subject_kind", Text, QUERIED),
    _open("subject_id", Text, RANDOM_ID),
    _open("what", Text, QUERIED),
    _open("due_at", Instant, MOMENT),
    _open("not_before", Instant, MOMENT),
    _open("attempts", Integer, COUNTER),
    *_lease(),
    Index("uq_deadlines_subject", "subject_kind", "subject_id", unique=True),
    Index("ix_deadlines_due_at", "due_at", "id"),
)
_unleased = deadlines.c.lease_until.is_(None)
Index("ix_deadlines_unleased", deadlines.c.not_before, sqlite_where=_unleased, postgresql_where=_unleased)

alarms = Table(
    "alarms",
    metadata,
    _id(),
    _open("person_id", Text, RANDOM_ID, index=True),
    _open("check_in_id", Text, RANDOM_ID, nullable=True),
    _open("stage", Text, QUERIED),
    _open("opened_at", Instant, MOMENT),
    _open("closed_at", Instant, MOMENT, nullable=True),
    _sealed("copy"),  # all that her buddies need, out of reach of her account
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    _open("account_lookup", Text, KEYED),
    _open("sender_lookup", Text, KEYED),
    _sealed("sender_account"),
    _open("sent_ms", BigInteger, MOMENT),
    _open("server_received_at", Instant, MOMENT),
    _open("received_at", Instant, MOMENT),
    _sealed("body"),
    _open("state", Text, QUERIED),
    _open("attempts", Integer, COUNTER),
    _open("changed", Boolean, COUNTER, nullable=True),
    *_lease(),
    Index("uq_inbox_message", "sender_lookup", "sent_ms", "account_lookup", unique=True),
    Index("ix_inbox_received_at", "received_at"),
)
_unhandled = inbox.c.state == WAITING
Index(
    "ix_inbox_waiting",
    inbox.c.server_received_at,
    inbox.c.id,
    sqlite_where=_unhandled,
    postgresql_where=_unhandled,
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _refers("to_person_id", "people.id", nullable=True),
    _open("to_group_id", Text, RANDOM_ID, nullable=True),
    _open("lane", Text, RANDOM_ID),
    _open("urgent", Boolean, QUERIED),
    _open("priority", Integer, QUERIED),
    _open("lane_rank", Integer, QUERIED),
    _open("purpose", Text, QUERIED),
    _open("action", Text, QUERIED),
    _sealed("body"),
    _open("check_in_id", Text, RANDOM_ID, nullable=True),
    _open("state", Text, QUERIED),
    _open("attempts", Integer, COUNTER),
    _open("created_at", Instant, MOMENT),
    _open("not_before", Instant, MOMENT),
    _open("expires_at", Instant, MOMENT, nullable=True),
    _open("first_attempt_at", Instant, MOMENT, nullable=True),
    _open("settled_at", Instant, MOMENT, nullable=True),
    _open("sent_ms", BigInteger, MOMENT, nullable=True),
    _open("delivered_at", Instant, MOMENT, nullable=True),
    _open("read_at", Instant, MOMENT, nullable=True),
    _open("failure", Text, "a named reason, never free text", nullable=True),
    *_lease(),
)
_to_send = outbox.c.state == WAITING
_in_hand = outbox.c.lease_until.is_not(None)
_of_check_in = outbox.c.check_in_id.is_not(None)
_to_expire = _to_send & outbox.c.expires_at.is_not(None)
_sent = outbox.c.sent_ms.is_not(None)
_to_one = outbox.c.to_person_id.is_not(None)
for _name, _columns, _where in (
    ("ix_outbox_best", (outbox.c.urgent, outbox.c.priority, outbox.c.id), _to_send),
    ("ix_outbox_lane", (outbox.c.lane, outbox.c.lane_rank, outbox.c.id), _to_send),
    ("ix_outbox_not_before", (outbox.c.not_before,), _to_send),
    ("ix_outbox_expires_at", (outbox.c.expires_at,), _to_expire),
    ("ix_outbox_in_hand", (outbox.c.lane, outbox.c.lease_until), _in_hand),
    ("ix_outbox_check_in", (outbox.c.check_in_id,), _of_check_in),
    ("ix_outbox_sent_ms", (outbox.c.sent_ms,), _sent),
    ("ix_outbox_to_person", (outbox.c.to_person_id,), _to_one),
):
    Index(_name, *_columns, sqlite_where=_where, postgresql_where=_where)

beats = Table(
    "beats",
    metadata,
    _open("id", Integer, "always 1", primary_key=True, autoincrement=False),
    _open("at", Instant, "about the bot, not about a person"),
)

seals = Table(
    "seals",
    metadata,
    _id(),
    _open("lookup", Text, KEYED),
    _sealed("proof"),  # opens only under the right key file
)
