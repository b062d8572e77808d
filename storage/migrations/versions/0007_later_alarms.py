"""Several open alarms about one person: buddies whom she won since the first have one of their own."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integers

revision: str = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Numbers the open alarms of each person."""
    (ordinal,) = integers("ordinal")
    ordinal.server_default = sa.DefaultClause("0")
    op.add_column("alarms", ordinal)
    op.drop_index("uq_alarms_open", "alarms")
    index("uq_alarms_open", "alarms", "person_id", "ordinal", unique=True, where="closed_at IS NULL")
