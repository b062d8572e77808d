"""A message that waits and cannot be read stops no other message about the same alert (DESIGN, invariants 3 and 14)."""

from sqlalchemy import select, update

from storage.records import Records
from storage.tables import outbox
from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_attachments import PHOTO, VOICE


def _damage_the_last_file(records: Records) -> None:
    files = select(outbox.c.id).where(outbox.c.purpose == "alert_attachment", outbox.c.state == "waiting")
    last = records.scope.connection.execute(files.order_by(outbox.c.id)).scalars().all()[-1]
    records.scope.connection.execute(update(outbox).where(outbox.c.id == last).values(body=bytes(60)))


@story()
async def test_a_damaged_file_message_behind_one_that_does_not_leave_stops_no_repeat(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: the next buddy was not alerted as long as the file before it could not leave."""
    await ana.says("/start 5m")
    await ana.sends(PHOTO, VOICE)
    await scene.until("18:10:00")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    await scene.night.stand_in.rate_limit("Bo", 428, retry_after=290, times=1)
    await scene.passes(seconds=10)
    await scene.work(_damage_the_last_file)
    await scene.until("18:12:00")
    await cy.reads("Timer of Ana: no word since 18:05. …")
