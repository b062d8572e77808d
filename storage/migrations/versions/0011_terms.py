"""Until when each pairing holds, and who has renewed it. Pairings that stand already get theirs from the bot."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, integers, longs, refers

revision: str = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Makes a table."""
    op.create_table(
        "terms",
        refers("terms", "pairing_id", "pairings.id", "CASCADE"),
        *longs("ends_at"),
        *integers("warnings"),
        *flags("person_renewed", "buddy_renewed"),
        sa.PrimaryKeyConstraint("pairing_id", name="pk_terms"),
    )
