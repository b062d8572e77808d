"""Whoever asked to leave before there was a limit waits for the close, and at most a day."""

from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"

_SECONDS_NOW = {
    "sqlite": "CAST(strftime('%s', 'now') AS INTEGER)",
    "postgresql": "CAST(EXTRACT(EPOCH FROM now()) AS BIGINT)",
}
_LET_GO = """
INSERT INTO deadlines (id, subject_kind, subject_id, what, due_at, not_before, attempts)
SELECT id, 'leaving', id, 'let_go', (NOW + 86400) * 1000000, (NOW + 86400) * 1000000, 0
FROM pairings
WHERE leaves_at_close AND id NOT IN (SELECT subject_id FROM deadlines WHERE subject_kind = 'leaving')
"""


def upgrade() -> None:
    """A day from now, as if they asked now: else nobody lets them go, and who wants to be erased never is.

    The pairing's own id serves for the row: ids are random, so no other row has it.
    """
    op.execute(_LET_GO.replace("NOW", _SECONDS_NOW[op.get_bind().dialect.name]))
