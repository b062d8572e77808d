"""Which pairings she confirmed with her duress word. Of older ones that stays unknown."""

from alembic import op

from storage.migrations.columns import sealed_cells

revision: str = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """A sealed mark in each pairing."""
    for column in sealed_cells("by_duress"):
        op.add_column("pairings", column)
