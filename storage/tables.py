"""The schema. Every column is `Sealed`, or says in its `why_open` why it stands in the open (DESIGN, invariant 14).

Rows are tied to people by random ids alone: without the key nothing here says who anybody is. Alarms, deadlines and
outbox rows name a check-in without a foreign key, because they outlive it.
"""

from sqlalchemy import Boolean, Index, Integer, Table, Text

from storage.alarm_tables import alarm_watches, alarms
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
from storage.course_tables import drill_parts, drills, resets, terms
from storage.message_tables import YES, early_receipts, inbox, line_receipts, outbox
from storage.phone_tables import new_phones, phones
from storage.schema import WAITING, metadata, partial

__all__ = [
    "WAITING",
    "YES",
    "alarm_watches",
    "alarms",
    "beats",
    "check_ins",
    "deadlines",
    "details",
    "drill_parts",
    "drills",
    "early_receipts",
    "files",
    "groups",
    "inbox",
    "invites",
    "line_receipts",
    "metadata",
    "new_phones",
    "outbox",
    "pairings",
    "people",
    "phones",
    "resets",
    "seals",
    "terms",
    "watches",
]

people = Table(
    "people",
    metadata,
    id_column(),
    open_column("account_lookup", Text, KEYED, unique=True),
    sealed_column("account"),
    sealed_column("name"),
    sealed_column("zone"),
    sealed_column("language"),
    sealed_column("settings"),
    sealed_column("plan"),
    sealed_column("away_until"),
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
    sealed_column("absent"),  # which of its people are no full members of it
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
    sealed_column("no_alarms"),
    open_column("created_at", Instant, MOMENT),
    open_column("active_at", Instant, MOMENT, nullable=True),
    sealed_column("by_duress"),
    open_column("left_quietly_at", Instant, MOMENT, nullable=True),
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
    open_column("reminder", Duration, COUNTER),
    open_column("reminded", Boolean, COUNTER),
    open_column("start_lines", Boolean, COUNTER),
    open_column("nobody_answered", Boolean, COUNTER),
    open_column("grace", Duration, COUNTER),
    open_column("extended_freely", Duration, COUNTER),
    open_column("wrong_words", Integer, COUNTER),
    open_column("alerting_since", Instant, MOMENT, nullable=True),
    open_column("round_at", Instant, MOMENT, nullable=True),
    open_column("news_at", Instant, MOMENT, nullable=True),
    open_column("follow_up_at", Instant, MOMENT, nullable=True),
    open_column("operator_checked", Boolean, COUNTER),
    open_column("taken_by", Text, RANDOM_ID, nullable=True),
    open_column("holds", Integer, COUNTER),
    open_column("resolved_by", Text, RANDOM_ID, nullable=True),
    open_column("step", Text, QUERIED, nullable=True),
    open_column("step_at", Instant, MOMENT, nullable=True),
    open_column("closed_at", Instant, MOMENT, nullable=True),
)
partial("uq_check_ins_open", check_ins.c.closed_at.is_(None), check_ins.c.person_id, unique=True)
partial("ix_check_ins_closed_at", check_ins.c.closed_at.is_not(None), check_ins.c.closed_at)

watches = Table(
    "watches",
    metadata,
    reference("check_in_id", "check_ins.id", primary_key=True),
    reference("buddy_id", "people.id", primary_key=True, index=True),
    open_column("group_id", Text, RANDOM_ID, nullable=True),
    open_column("position", Integer, COUNTER),
    open_column("on_call", Boolean, COUNTER),
    open_column("asked_at", Instant, MOMENT, nullable=True),
    open_column("phone_checked", Boolean, COUNTER),
    open_column("seen_at", Instant, MOMENT, nullable=True),
    open_column("alerted_at", Instant, MOMENT, nullable=True),
    open_column("alerts", Integer, COUNTER),
    open_column("held_back", Boolean, COUNTER),
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
partial("ix_deadlines_unleased", deadlines.c.lease_until.is_(None), deadlines.c.not_before)

details = Table(
    "details",
    metadata,
    id_column(),
    open_column("subject_kind", Text, QUERIED),
    open_column("subject_id", Text, RANDOM_ID),  # of a check-in, or of an alarm, which outlives everything
    open_column("kind", Text, QUERIED),
    open_column("at", Instant, MOMENT),
    open_column("size", Integer, COUNTER),
    sealed_column("body"),
    open_column("file_id", Text, RANDOM_ID, nullable=True, index=True),
    Index("ix_details_subject", "subject_kind", "subject_id", "at", "id"),
)

files = Table(  # of entries of `details`; a copy shares the file, which goes when the last entry has gone
    "files",
    metadata,
    id_column(),
    sealed_column("content"),
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
    open_column(
        "words_cost", Integer, "how much work each comparing of a word is; it says nothing of any", nullable=True
    ),
)
