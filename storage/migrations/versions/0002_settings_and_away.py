"""What a person may set, when she is away, and which buddy never gets a silent alarm."""

from alembic import op

from storage.migrations.columns import sealed_cells

revision: str = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Adds columns."""
    for column in sealed_cells("settings", "away_until"):
        op.add_column("people", column)
    for column in sealed_cells("no_alarms"):
        op.add_column("pairings", column)
