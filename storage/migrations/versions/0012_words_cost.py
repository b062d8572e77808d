"""How much work the comparing of a word is, as measured on the machine at set-up."""

from alembic import op

from storage.migrations.columns import integers

revision: str = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Words that were encoded before keep the cost they had, and so does everybody's: otherwise it would show in how
    long an answer takes whether there is a duress word."""
    (words_cost,) = integers("words_cost", nullable=True)
    op.add_column("seals", words_cost)
    op.execute("UPDATE seals SET words_cost = 2")
