"""How far start lines and alerts get: which phones confirmed them, who was asked, who is missing in a group."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, index, longs, refers, sealed_cells

revision: str = "0003"
down_revision: str | None = "0002"

_TEN_MINUTES = "600000000"  # microseconds: the reminder of check-ins that were open before


def upgrade() -> None:
    """Adds columns and a table."""
    _add("check_ins", longs("reminder"), _TEN_MINUTES)
    _add("check_ins", flags("start_lines"), sa.true())
    _add("check_ins", flags("nobody_answered", "operator_checked"), sa.false())
    _add("check_ins", longs("round_at", nullable=True))
    _add("watches", longs("asked_at", nullable=True))
    _add("watches", flags("phone_checked"), sa.true())
    _add("groups", sealed_cells("absent"))
    _add("outbox", longs("confirmed_at", nullable=True))
    op.create_table(
        "line_receipts",
        refers("line_receipts", "outbox_id", "outbox.id", "CASCADE"),
        refers("line_receipts", "person_id", "people.id", "CASCADE"),
        *longs("confirmed_at"),
        sa.PrimaryKeyConstraint("outbox_id", "person_id", name="pk_line_receipts"),
    )
    index("ix_line_receipts_person_id", "line_receipts", "person_id")


def _add(table: str, columns: list[sa.Column[object]], default: object = None) -> None:
    for column in columns:
        if default is not None:
            column.server_default = sa.DefaultClause(default)  # type: ignore[arg-type]
        op.add_column(table, column)
