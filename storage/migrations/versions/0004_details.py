"""What she leaves for her buddies has a table of its own, and she may have a plan."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import index, integers, longs, sealed_cells, texts

revision: str = "0004"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Makes the tables. Details of check-ins that run now go: their cells open in their old place alone."""
    for column in sealed_cells("plan"):
        op.add_column("people", column)
    op.drop_column("check_ins", "details")
    op.create_table(
        "details",
        *texts("id", "subject_kind", "subject_id", "kind"),
        *texts("file_id", nullable=True),
        *longs("at"),
        *integers("size"),
        *sealed_cells("body"),
        sa.PrimaryKeyConstraint("id", name="pk_details"),
    )
    index("ix_details_subject", "details", "subject_kind", "subject_id", "at", "id")
    index("ix_details_file_id", "details", "file_id")
    op.create_table(
        "files",
        *texts("id"),
        *sealed_cells("content"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
    )
