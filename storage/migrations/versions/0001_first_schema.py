"""The first schema."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


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


def _text(name: str, *constraints: sa.ForeignKey, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), *constraints, nullable=nullable)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _long(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _flag(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _sealed(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=True)


def _refers(table: str, column: str, target: str, on_delete: str, *, nullable: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey(target, name=f"fk_{table}_{column}", ondelete=on_delete)
    return _text(column, key, nullable=nullable)


def _index(name: str, table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition)


def _alarms() -> None:
    op.create_table(
        "alarms",
        _text("id"),
        _text("person_id"),
        _text("check_in_id", nullable=True),
        _text("stage"),
        _long("opened_at"),
        _long("closed_at", nullable=True),
        _sealed("copy"),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    _index("ix_alarms_person_id", "alarms", "person_id")


def _beats() -> None:
    op.create_table(
        "beats",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _long("at"),
        sa.PrimaryKeyConstraint("id", name="pk_beats"),
    )


def _deadlines() -> None:
    op.create_table(
        "deadlines",
        _text("id"),
        _text("subject_kind"),
        _text("subject_id"),
        _text("what"),
        _long("due_at"),
        _long("not_before"),
        _integer("attempts"),
        _text("lease_owner", nullable=True),
        _long("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deadlines"),
    )
    _index("ix_deadlines_due_at", "deadlines", "due_at", "id")
    _index("ix_deadlines_unleased", "deadlines", "not_before", where="lease_until IS NULL")
    _index("uq_deadlines_subject", "deadlines", "subject_kind", "subject_id", unique=True)


def _groups() -> None:
    op.create_table(
        "groups",
        _text("id"),
        _text("signal_lookup", nullable=True),
        _sealed("signal_id"),
        _long("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("signal_lookup", name="uq_groups_signal_lookup"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        _text("id"),
        _text("account_lookup"),
        _text("sender_lookup"),
        _sealed("sender_account"),
        _long("sent_ms"),
        _long("server_received_at"),
        _long("received_at"),
        _sealed("body"),
        _text("state"),
        _integer("attempts"),
        _flag("changed", nullable=True),
        _text("lease_owner", nullable=True),
        _long("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    _index("ix_inbox_received_at", "inbox", "received_at")
    _index("ix_inbox_waiting", "inbox", "server_received_at", "id", where="state = 'waiting'")
    _index("uq_inbox_message", "inbox", "sender_lookup", "sent_ms", "account_lookup", unique=True)


def _people() -> None:
    op.create_table(
        "people",
        _text("id"),
        _text("account_lookup"),
        _sealed("account"),
        _sealed("name"),
        _sealed("zone"),
        _sealed("language"),
        _sealed("words"),
        _integer("words_version"),
        _long("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("account_lookup", name="uq_people_account_lookup"),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        _text("id"),
        _text("lookup"),
        _sealed("proof"),
        sa.PrimaryKeyConstraint("id", name="pk_seals"),
    )


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        _text("id"),
        _refers("check_ins", "person_id", "people.id", "CASCADE"),
        _text("stage"),
        _long("started_at"),
        _long("deadline"),
        _flag("reminded"),
        _long("grace"),
        _long("extended_freely"),
        _integer("wrong_words"),
        _long("alerting_since", nullable=True),
        _text("taken_by", nullable=True),
        _integer("holds"),
        _text("resolved_by", nullable=True),
        _text("step", nullable=True),
        _long("step_at", nullable=True),
        _long("closed_at", nullable=True),
        _sealed("details"),
        sa.PrimaryKeyConstraint("id", name="pk_check_ins"),
    )
    _index("ix_check_ins_closed_at", "check_ins", "closed_at", where="closed_at IS NOT NULL")
    _index("ix_check_ins_person_id", "check_ins", "person_id")
    _index("uq_check_ins_open", "check_ins", "person_id", unique=True, where="closed_at IS NULL")


def _invites() -> None:
    op.create_table(
        "invites",
        _text("id"),
        _text("code_lookup"),
        _refers("invites", "person_id", "people.id", "CASCADE", nullable=True),
        _long("created_at"),
        _long("expires_at"),
        _long("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_lookup", name="uq_invites_code_lookup"),
    )
    _index("ix_invites_person_id", "invites", "person_id")


def _outbox() -> None:
    op.create_table(
        "outbox",
        _text("id"),
        _refers("outbox", "to_person_id", "people.id", "CASCADE", nullable=True),
        _text("to_group_id", nullable=True),
        _text("lane"),
        _flag("urgent"),
        _integer("priority"),
        _integer("lane_rank"),
        _text("purpose"),
        _text("action"),
        _sealed("body"),
        _text("check_in_id", nullable=True),
        _text("state"),
        _integer("attempts"),
        _long("created_at"),
        _long("not_before"),
        _long("expires_at", nullable=True),
        _long("first_attempt_at", nullable=True),
        _long("settled_at", nullable=True),
        _long("sent_ms", nullable=True),
        _long("delivered_at", nullable=True),
        _long("read_at", nullable=True),
        _text("failure", nullable=True),
        _text("lease_owner", nullable=True),
        _long("lease_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    _index("ix_outbox_best", "outbox", "urgent", "priority", "id", where="state = 'waiting'")
    _index("ix_outbox_check_in", "outbox", "check_in_id", where="check_in_id IS NOT NULL")
    _index("ix_outbox_expires_at", "outbox", "expires_at", where="state = 'waiting' AND expires_at IS NOT NULL")
    _index("ix_outbox_in_hand", "outbox", "lane", "lease_until", where="lease_until IS NOT NULL")
    _index("ix_outbox_lane", "outbox", "lane", "lane_rank", "id", where="state = 'waiting'")
    _index("ix_outbox_not_before", "outbox", "not_before", where="state = 'waiting'")
    _index("ix_outbox_sent_ms", "outbox", "sent_ms", where="sent_ms IS NOT NULL")
    _index("ix_outbox_to_person", "outbox", "to_person_id", where="to_person_id IS NOT NULL")


def _pairings() -> None:
    op.create_table(
        "pairings",
        _text("id"),
        _refers("pairings", "person_id", "people.id", "CASCADE"),
        _refers("pairings", "buddy_id", "people.id", "CASCADE"),
        _text("state"),
        _integer("position"),
        _sealed("person_label"),
        _sealed("buddy_label"),
        _refers("pairings", "group_id", "groups.id", "SET NULL", nullable=True),
        _flag("leaves_at_close"),
        _long("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_pairings"),
    )
    _index("ix_pairings_buddy_id", "pairings", "buddy_id")
    _index("ix_pairings_group_id", "pairings", "group_id")
    _index("uq_pairings_person_buddy", "pairings", "person_id", "buddy_id", unique=True)


def _watches() -> None:
    op.create_table(
        "watches",
        _refers("watches", "check_in_id", "check_ins.id", "CASCADE"),
        _refers("watches", "buddy_id", "people.id", "CASCADE"),
        _text("group_id", nullable=True),
        _integer("position"),
        _flag("on_call"),
        _long("seen_at", nullable=True),
        _long("alerted_at", nullable=True),
        _integer("alerts"),
        sa.PrimaryKeyConstraint("check_in_id", "buddy_id", name="pk_watches"),
    )
    _index("ix_watches_buddy_id", "watches", "buddy_id")
