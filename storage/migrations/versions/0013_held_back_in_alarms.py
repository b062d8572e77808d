"""From whom an alarm holds something back, for his phone is new: it follows when that need not be any longer."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags

revision: str = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """In alarms that are open now nothing counts as held back: the next alert brings what is missing."""
    (held_back,) = flags("held_back")
    held_back.server_default = sa.DefaultClause(sa.false())
    op.add_column("alarm_watches", held_back)
