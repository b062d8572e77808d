"""Which identity key people's phones had last, and which new phones are not confirmed yet."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import flags, index, longs, refers, sealed_cells, texts

revision: str = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Makes tables, and keeps from whom what she left was held back."""
    op.create_table(
        "phones",
        refers("phones", "person_id", "people.id", "CASCADE"),
        *texts("key_lookup"),
        sa.PrimaryKeyConstraint("person_id", name="pk_phones"),
    )
    op.create_table(
        "new_phones",
        *texts("id"),
        refers("new_phones", "owner_id", "people.id", "CASCADE"),
        refers("new_phones", "to_id", "people.id", "CASCADE"),
        *longs("since"),
        *flags("told"),
        *sealed_cells("standing"),
        sa.PrimaryKeyConstraint("id", name="pk_new_phones"),
    )
    index("uq_new_phones_owner_to", "new_phones", "owner_id", "to_id", unique=True)
    index("ix_new_phones_to_id", "new_phones", "to_id")
    (held_back,) = flags("held_back")
    held_back.server_default = sa.DefaultClause(sa.false())
    op.add_column("watches", held_back)
