"""The first try to alert him hangs, and the next finds no account: what she left comes all the same (SPEC: `/note`)."""

from tests.stories.dialog import Scene, Someone, story
from tests.stories.outbox_rows import until_rows, until_the_next_try
from tests.stories.test_alert_failed_for_a_moment import PHOTO, files_of


@story()
async def test_the_photo_comes_where_the_first_try_hung(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: the file alone was taken back by the next round, for it was not known that an alert had left; and that
    round, and all that followed, took what she left for told."""
    await ana.says("/start 5m\nRoom 12")
    await ana.sends(PHOTO)
    await scene.until("18:09:59")
    scene.night.stand_in.faults.hang("send", times=2)
    await scene.until("18:10:30")
    await bo.phone.unregister()
    scene.night.stand_in.faults.clear()
    await scene.until("18:11:00")
    await scene.passes(seconds=0.3)
    await until_the_next_try(scene, "alert")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    await until_rows(scene, "alert_details", "sent")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:17:00")
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(hours=2)
    assert any("no word since" in text for text in bo.shows())
    assert files_of(bo) == 1
