"""Several open alarms about one person: buddies whom she won since the first have one of their own."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, index, integers, longs

revision: str = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Numbers the open alarms of each person, and keeps since when a pairing is active."""
    (ordinal,) = integers("ordinal")
    ordinal.server_default = sa.DefaultClause("0")
    op.add_column("alarms", ordinal)
    (seems_larger,) = flags("seems_larger")
    seems_larger.server_default = sa.DefaultClause(sa.false())
    op.add_column("alarms", seems_larger)
    (active_at,) = longs("active_at", nullable=True)
    op.add_column("pairings", active_at)
    op.execute("UPDATE pairings SET active_at = created_at WHERE state = 'active'")
    op.drop_index("uq_alarms_open", "alarms")
    index("uq_alarms_open", "alarms", "person_id", "ordinal", unique=True, where="closed_at IS NULL")
