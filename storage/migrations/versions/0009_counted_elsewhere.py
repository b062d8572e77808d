"""To the buddies of a later alarm it looks undivided: those of the earlier ones count in it."""

from alembic import op

from storage.migrations.columns import texts

revision: str = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Puts the buddies of earlier alarms into the later ones that were to seem larger than they are."""
    (elsewhere,) = texts("elsewhere", nullable=True)
    op.add_column("alarm_watches", elsewhere)
    op.execute(
        """
        INSERT INTO alarm_watches (alarm_id, buddy_id, position, alerted_at, last_alert_at, alerts, step, step_at,
            taken_at, holds, elsewhere)
        SELECT later.id, theirs.buddy_id, theirs.position, theirs.alerted_at, theirs.last_alert_at, theirs.alerts,
            theirs.step, theirs.step_at, theirs.taken_at, theirs.holds, earlier.id
        FROM alarms AS later
        JOIN alarms AS earlier ON earlier.person_id = later.person_id AND earlier.ordinal < later.ordinal
        JOIN alarm_watches AS theirs ON theirs.alarm_id = earlier.id
        WHERE later.closed_at IS NULL AND earlier.closed_at IS NULL AND later.seems_larger
        """
    )
    op.drop_column("alarms", "seems_larger")
