"""Forgotten words that a buddy vouches for, and drills."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integers, longs, refers, texts

revision: str = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Makes tables."""
    op.create_table(
        "resets",
        refers("resets", "person_id", "people.id", "CASCADE"),
        refers("resets", "vouched_by", "people.id", "SET NULL", nullable=True),
        *longs("until"),
        sa.PrimaryKeyConstraint("person_id", name="pk_resets"),
    )
    op.create_table(
        "drills",
        *texts("id"),
        refers("drills", "person_id", "people.id", "CASCADE"),
        *longs("started_at"),
        sa.PrimaryKeyConstraint("id", name="pk_drills"),
    )
    index("ix_drills_person_id", "drills", "person_id", unique=True)
    op.create_table(
        "drill_parts",
        refers("drill_parts", "drill_id", "drills.id", "CASCADE"),
        refers("drill_parts", "buddy_id", "people.id", "CASCADE"),
        *integers("position"),
        *longs("told_at", "answered_at", nullable=True),
        sa.PrimaryKeyConstraint("drill_id", "buddy_id", name="pk_drill_parts"),
    )
    index("ix_drill_parts_buddy_id", "drill_parts", "buddy_id")
