"""Alarms as they are: with their course, and with the buddies who are alerted."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, index, integers, longs, refers, sealed_cells, texts

revision: str = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Makes the table of alarms anew (nobody has written to the old one) and that of their watches."""
    op.drop_index("ix_alarms_person_id", "alarms")
    op.drop_table("alarms")
    op.create_table(
        "alarms",
        *texts("id", "person_id", "stage"),
        *texts("check_in_id", "resolved_by", "step", nullable=True),
        *longs("opened_at", "since"),
        *longs("operator_at", "paused_at", "step_at", "closed_at", nullable=True),
        *flags("owes_reactions"),
        *sealed_cells("copy"),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    index("uq_alarms_open", "alarms", "person_id", unique=True, where="closed_at IS NULL")
    index("ix_alarms_closed_at", "alarms", "closed_at", where="closed_at IS NOT NULL")
    index("ix_alarms_owing", "alarms", "id", where="owes_reactions")
    op.create_table(
        "alarm_watches",
        refers("alarm_watches", "alarm_id", "alarms.id", "CASCADE"),
        *texts("buddy_id", "step"),
        *integers("position", "alerts", "holds"),
        *longs("alerted_at", "last_alert_at", "step_at"),
        *longs("taken_at", nullable=True),
        sa.PrimaryKeyConstraint("alarm_id", "buddy_id", name="pk_alarm_watches"),
    )
    index("ix_alarm_watches_buddy_id", "alarm_watches", "buddy_id")
