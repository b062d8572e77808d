"""The first schema."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, index, integers, longs, refers, sealed_cells, texts

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
    _early_receipts()
    _invites()
    _outbox()
    _pairings()
    _watches()


def _alarms() -> None:
    op.create_table(
        "alarms",
        *texts("id", "person_id", "stage"),
        *texts("check_in_id", nullable=True),
        *longs("opened_at"),
        *longs("closed_at", nullable=True),
        *sealed_cells("copy"),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    index("ix_alarms_person_id", "alarms", "person_id")


def _beats() -> None:
    op.create_table(
        "beats",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *longs("at"),
        sa.PrimaryKeyConstraint("id", name="pk_beats"),
    )


def _deadlines() -> None:
    op.create_table(
        "deadlines",
        *texts("id", "subject_kind", "subject_id", "what"),
        *longs("due_at", "not_before"),
        *integers("attempts"),
        *texts("lease_owner", nullable=True),
        *longs("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deadlines"),
    )
    index("ix_deadlines_due_at", "deadlines", "due_at", "id")
    index("ix_deadlines_unleased", "deadlines", "not_before", where="lease_until IS NULL")
    index("uq_deadlines_subject", "deadlines", "subject_kind", "subject_id", unique=True)


def _groups() -> None:
    op.create_table(
        "groups",
        *texts("id"),
        *texts("signal_lookup", nullable=True),
        *sealed_cells("signal_id"),
        *longs("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("signal_lookup", name="uq_groups_signal_lookup"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        *texts("id", "account_lookup", "sender_lookup", "state"),
        *sealed_cells("sender_account", "body"),
        *longs("sent_ms", "server_received_at", "received_at"),
        *integers("attempts"),
        *flags("changed", nullable=True),
        *texts("lease_owner", nullable=True),
        *longs("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    index("ix_inbox_received_at", "inbox", "received_at")
    index("ix_inbox_waiting", "inbox", "server_received_at", "id", where="state = 'waiting'")
    index("uq_inbox_message", "inbox", "sender_lookup", "sent_ms", "account_lookup", unique=True)


def _people() -> None:
    op.create_table(
        "people",
        *texts("id", "account_lookup"),
        *sealed_cells("account", "name", "zone", "language", "words"),
        *integers("words_version"),
        *longs("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("account_lookup", name="uq_people_account_lookup"),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        *texts("id", "lookup"),
        *sealed_cells("proof"),
        sa.PrimaryKeyConstraint("id", name="pk_seals"),
    )


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        refers("check_ins", "person_id", "people.id", "CASCADE"),
        *texts("id", "stage"),
        *longs("started_at", "deadline", "grace", "extended_freely"),
        *flags("reminded"),
        *integers("wrong_words", "holds"),
        *longs("alerting_since", "step_at", "closed_at", nullable=True),
        *texts("taken_by", "resolved_by", "step", nullable=True),
        *sealed_cells("details"),
        sa.PrimaryKeyConstraint("id", name="pk_check_ins"),
    )
    index("ix_check_ins_closed_at", "check_ins", "closed_at", where="closed_at IS NOT NULL")
    index("ix_check_ins_person_id", "check_ins", "person_id")
    index("uq_check_ins_open", "check_ins", "person_id", unique=True, where="closed_at IS NULL")


def _early_receipts() -> None:
    op.create_table(
        "early_receipts",
        refers("early_receipts", "person_id", "people.id", "CASCADE"),
        *longs("sent_ms", "at"),
        *texts("kind"),
        sa.PrimaryKeyConstraint("person_id", "sent_ms", "kind", name="pk_early_receipts"),
    )
    index("ix_early_receipts_at", "early_receipts", "at")


def _invites() -> None:
    op.create_table(
        "invites",
        refers("invites", "person_id", "people.id", "CASCADE", nullable=True),
        *texts("id", "code_lookup"),
        *longs("created_at", "expires_at"),
        *longs("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_lookup", name="uq_invites_code_lookup"),
    )
    index("ix_invites_person_id", "invites", "person_id")


def _outbox() -> None:
    op.create_table(
        "outbox",
        refers("outbox", "to_person_id", "people.id", "CASCADE", nullable=True),
        *texts("id", "lane", "purpose", "action", "state"),
        *texts("to_group_id", "check_in_id", "failure", "lease_owner", nullable=True),
        *flags("urgent"),
        *integers("priority", "lane_rank", "attempts"),
        *sealed_cells("body"),
        *longs("created_at", "not_before"),
        *longs(
            "expires_at",
            "first_attempt_at",
            "settled_at",
            "sent_ms",
            "delivered_at",
            "read_at",
            "lease_until",
            nullable=True,
        ),
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
        refers("pairings", "person_id", "people.id", "CASCADE"),
        refers("pairings", "buddy_id", "people.id", "CASCADE"),
        refers("pairings", "group_id", "groups.id", "SET NULL", nullable=True),
        *texts("id", "state"),
        *integers("position"),
        *sealed_cells("person_label", "buddy_label"),
        *flags("leaves_at_close"),
        *longs("created_at"),
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
        *texts("group_id", nullable=True),
        *integers("position", "alerts"),
        *flags("on_call"),
        *longs("seen_at", "alerted_at", nullable=True),
        sa.PrimaryKeyConstraint("check_in_id", "buddy_id", name="pk_watches"),
    )
    index("ix_watches_buddy_id", "watches", "buddy_id")
