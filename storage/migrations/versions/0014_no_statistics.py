"""PostgreSQL gathers no statistics of sealed cells and keyed hashes.

It keeps samples in a table of its own, where they would outlive the rows for as long as nothing else is sampled.
"""

from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"

_COLUMNS = {
    "alarms": ("copy",),
    "details": ("body",),
    "files": ("content",),
    "groups": (
        "signal_lookup",
        "signal_id",
        "absent",
    ),
    "inbox": (
        "account_lookup",
        "sender_lookup",
        "sender_account",
        "body",
    ),
    "invites": ("code_lookup",),
    "new_phones": ("standing",),
    "outbox": ("body",),
    "pairings": (
        "person_label",
        "buddy_label",
        "no_alarms",
        "by_duress",
    ),
    "people": (
        "account_lookup",
        "account",
        "name",
        "zone",
        "language",
        "settings",
        "plan",
        "away_until",
        "words",
    ),
    "phones": ("key_lookup",),
    "seals": (
        "lookup",
        "proof",
    ),
}


def upgrade() -> None:
    """What was sampled before stays until the database is dumped and restored; there is no release from before."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
