"""What is held back from new phones: by an alarm from whom, and since when it is news."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, longs

revision: str = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """In alarms that are open now nothing counts as held back: the next alert brings what is missing."""
    (held_back,) = flags("held_back")
    held_back.server_default = sa.DefaultClause(sa.false())
    op.add_column("alarm_watches", held_back)
    for table in ("alarms", "check_ins"):
        (news_at,) = longs("news_at", nullable=True)
        op.add_column(table, news_at)
    (follow_up_at,) = longs("follow_up_at", nullable=True)
    op.add_column("check_ins", follow_up_at)
    op.execute("UPDATE check_ins SET follow_up_at = step_at WHERE stage = 'taken' AND step = 'follow_up'")
