"""When she left a buddy quietly."""

from alembic import op

from storage.migrations.columns import longs

revision: str = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    """Of those she has left before it stays unknown: the codes that are open now offer anew, until they expire."""
    (left_quietly_at,) = longs("left_quietly_at", nullable=True)
    op.add_column("pairings", left_quietly_at)
