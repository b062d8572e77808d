"""The first schema."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flag, index, integer, long, refers, sealed, text

revision: str = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Makes all tables."""
    _alarms()
    _beats()
    _deadlines()
    _groups()
    _inbox()
    _people()
    _seals()
    _check_ins()
    _invites()
    _outbox()
    _pairings()
    _watches()


def _alarms() -> None:
    op.create_table(
        "alarms",
        text("id"),
        text("person_id"),
        text("check_in_id", nullable=True),
        text("stage"),
        long("opened_at"),
        long("closed_at", nullable=True),
        sealed("copy"),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    index("ix_alarms_person_id", "alarms", "person_id")


def _beats() -> None:
    op.create_table(
        "beats",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        long("at"),
        sa.PrimaryKeyConstraint("id", name="pk_beats"),
    )


def _deadlines() -> None:
    op.create_table(
        "deadlines",
        text("id"),
        text("subject_kind"),
        text("subject_id"),
        text("what"),
        long("due_at"),
        long("not_before"),
        integer("attempts"),
        text("lease_owner", nullable=True),
        long("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deadlines"),
    )
    index("ix_deadlines_due_at", "deadlines", "due_at", "id")
    index("ix_deadlines_unleased", "deadlines", "not_before", where="lease_until IS NULL")
    index("uq_deadlines_subject", "deadlines", "subject_kind", "subject_id", unique=True)


def _groups() -> None:
    op.create_table(
        "groups",
        text("id"),
        text("signal_lookup", nullable=True),
        sealed("signal_id"),
        long("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("signal_lookup", name="uq_groups_signal_lookup"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        text("id"),
        text("account_lookup"),
        text("sender_lookup"),
        sealed("sender_account"),
        long("sent_ms"),
        long("server_received_at"),
        long("received_at"),
        sealed("body"),
        text("state"),
        integer("attempts"),
        flag("changed", nullable=True),
        text("lease_owner", nullable=True),
        long("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    index("ix_inbox_received_at", "inbox", "received_at")
    index("ix_inbox_waiting", "inbox", "server_received_at", "id", where="state = 'waiting'")
    index("uq_inbox_message", "inbox", "sender_lookup", "sent_ms", "account_lookup", unique=True)


def _people() -> None:
    op.create_table(
        "people",
        text("id"),
        text("account_lookup"),
        sealed("account"),
        sealed("name"),
        sealed("zone"),
        sealed("language"),
        sealed("words"),
        integer("words_version"),
        long("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("account_lookup", name="uq_people_account_lookup"),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        text("id"),
        text("lookup"),
        sealed("proof"),
        sa.PrimaryKeyConstraint("id", name="pk_seals"),
    )


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        text("id"),
        refers("check_ins", "person_id", "people.id", "CASCADE"),
        text("stage"),
        long("started_at"),
        long("deadline"),
        flag("reminded"),
        long("grace"),
        long("extended_freely"),
        integer("wrong_words"),
        long("alerting_since", nullable=True),
        text("taken_by", nullable=True),
        integer("holds"),
        text("resolved_by", nullable=True),
        text("step", nullable=True),
        long("step_at", nullable=True),
        long("closed_at", nullable=True),
        sealed("details"),
        sa.PrimaryKeyConstraint("id", name="pk_check_ins"),
    )
    index("ix_check_ins_closed_at", "check_ins", "closed_at", where="closed_at IS NOT NULL")
    index("ix_check_ins_person_id", "check_ins", "person_id")
    index("uq_check_ins_open", "check_ins", "person_id", unique=True, where="closed_at IS NULL")


def _invites() -> None:
    op.create_table(
        "invites",
        text("id"),
        text("code_lookup"),
        refers("invites", "person_id", "people.id", "CASCADE", nullable=True),
        long("created_at"),
        long("expires_at"),
        long("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_lookup", name="uq_invites_code_lookup"),
    )
    index("ix_invites_person_id", "invites", "person_id")


def _outbox() -> None:
    op.create_table(
        "outbox",
        text("id"),
        refers("outbox", "to_person_id", "people.id", "CASCADE", nullable=True),
        text("to_group_id", nullable=True),
        text("lane"),
        flag("urgent"),
        integer("priority"),
        integer("lane_rank"),
        text("purpose"),
        text("action"),
        sealed("body"),
        text("check_in_id", nullable=True),
        text("state"),
        integer("attempts"),
        long("created_at"),
        long("not_before"),
        long("expires_at", nullable=True),
        long("first_attempt_at", nullable=True),
        long("settled_at", nullable=True),
        long("sent_ms", nullable=True),
        long("delivered_at", nullable=True),
        long("read_at", nullable=True),
        text("failure", nullable=True),
        text("lease_owner", nullable=True),
        long("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    index("ix_outbox_best", "outbox", "urgent", "priority", "id", where="state = 'waiting'")
    index("ix_outbox_check_in", "outbox", "check_in_id", where="check_in_id IS NOT NULL")
    index("ix_outbox_expires_at", "outbox", "expires_at", where="state = 'waiting' AND expires_at IS NOT NULL")
    index("ix_outbox_in_hand", "outbox", "lane", "lease_until", where="lease_until IS NOT NULL")
    index("ix_outbox_lane", "outbox", "lane", "lane_rank", "id", where="state = 'waiting'")
    index("ix_outbox_not_before", "outbox", "not_before", where="state = 'waiting'")
    index("ix_outbox_sent_ms", "outbox", "sent_ms", where="sent_ms IS NOT NULL")
    index("ix_outbox_to_person", "outbox", "to_person_id", where="to_person_id IS NOT NULL")


def _pairings() -> None:
    op.create_table(
        "pairings",
        text("id"),
        refers("pairings", "person_id", "people.id", "CASCADE"),
        refers("pairings", "buddy_id", "people.id", "CASCADE"),
        text("state"),
        integer("position"),
        sealed("person_label"),
        sealed("buddy_label"),
        refers("pairings", "group_id", "groups.id", "SET NULL", nullable=True),
        flag("leaves_at_close"),
        long("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_pairings"),
    )
    index("ix_pairings_buddy_id", "pairings", "buddy_id")
    index("ix_pairings_group_id", "pairings", "group_id")
    index("uq_pairings_person_buddy", "pairings", "person_id", "buddy_id", unique=True)


def _watches() -> None:
    op.create_table(
        "watches",
        refers("watches", "check_in_id", "check_ins.id", "CASCADE"),
        refers("watches", "buddy_id", "people.id", "CASCADE"),
        text("group_id", nullable=True),
        integer("position"),
        flag("on_call"),
        long("seen_at", nullable=True),
        long("alerted_at", nullable=True),
        integer("alerts"),
        sa.PrimaryKeyConstraint("check_in_id", "buddy_id", name="pk_watches"),
    )
    index("ix_watches_buddy_id", "watches", "buddy_id")
