"""A buddy whose account was gone when he was alerted, and is there again: he is told all of it, files too
(issue: "refused (unregistered …)", "forwarded to buddies only in an alert")."""

import pytest
from sqlalchemy import update

from storage.records import Records
from storage.tables import files
from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import Scene, Someone, story
from tests.stories.outbox_rows import until_rows

PHOTO = ("door.jpg", "image/jpeg", b"the door" * 1000)
VOICE = ("", "audio/aac", b"\0voice" * 1000)


def damage_the_first_file(records: Records) -> None:
    first = min(records.scope.connection.execute(files.select()).scalars())
    records.scope.connection.execute(update(files).where(files.c.id == first).values(content=bytes(60)))


async def leaves_two_files(ana: Someone) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    for file in (PHOTO, VOICE):
        await ana.sends(file)
        await ana.reads("Kept, 18:00. It goes with your timer.")


@story()
async def test_the_files_follow_once_he_is_there_again_and_only_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await leaves_two_files(ana)
    await scene.until("18:09")
    await bo.phone.unregister()
    await scene.until("18:17")
    await bo.phone.register()
    bo.forgets()
    await scene.until("18:20:02")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …a photo; it follows.\n18:00: a voice note; it follows.…")
    assert await bo.gets_file("Timer of Ana: a photo that Ana left at 18:00.") == PHOTO[2]
    assert await bo.gets_file("Timer of Ana: a voice note that Ana left at 18:00.") == VOICE[2]
    await scene.until("18:25:01")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing(during=1)


@story()
async def test_so_does_a_photo_that_she_sends_while_he_is_gone(ana: Someone, bo: Someone, scene: Scene) -> None:
    """He has the alert already."""
    await ana.says("/start 5m")
    await scene.until("18:11")
    await bo.phone.unregister()
    await ana.sends(PHOTO)
    await scene.until("18:14")
    await bo.phone.register()
    await scene.until("18:20:02")
    files = [event for event in bo.phone.history if event.event == "message" and event.data.get("attachments")]
    assert len(files) == 1


@story()
async def test_so_they_do_in_an_alarm(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await leaves_two_files(ana)
    await bo.phone.unregister()
    await ana.says(DURESS)
    await scene.until("18:02")
    await bo.phone.register()
    bo.forgets()
    await scene.until("18:05:02")
    await bo.reads(FIRST + "…")
    await bo.reads("…a photo; it follows.\n18:00: a voice note; it follows.…")
    assert await bo.gets_file("…a photo that Ana left at 18:00.…") == PHOTO[2]
    assert await bo.gets_file("…a voice note that Ana left at 18:00.…") == VOICE[2]
    await scene.until("18:10:01")
    await bo.reads(FIRST + "…")
    await bo.reads_nothing(during=1)


@story()
async def test_a_file_that_cannot_be_read_is_not_tried_again_with_every_alert(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await leaves_two_files(ana)
    await scene.work(damage_the_first_file)
    await scene.until("18:10:02")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    assert await bo.gets_file("Timer of Ana: a voice note …") == VOICE[2]
    await scene.until("18:15:02")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing(during=1)
    assert scene.night.log.counts.pop("delivery_failed") == 1


@story()
async def test_what_she_leaves_once_he_is_there_again_comes_with_the_alert(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Without it he would read of "more", and not of what."""
    await ana.says("/start 5m")
    await scene.until("18:09")
    await bo.phone.unregister()
    await scene.until("18:12")
    await bo.phone.register()
    bo.forgets()
    await ana.says("/note room 12")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …room 12…")
    await bo.reads_nothing()
    await scene.until("18:15:02")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await ana.says("/note room 14")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:15: room 14")
    await bo.reads_nothing()


@story()
async def test_in_an_alarm_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await bo.phone.unregister()
    await ana.says("/sos")
    await scene.until("18:02")
    await bo.phone.register()
    bo.forgets()
    await ana.says("/note room 12")
    await bo.reads(FIRST + "…")
    await bo.reads("…room 12…")
    await bo.reads_nothing()
    await scene.until("18:05:02")
    await bo.reads(FIRST + "…")
    await ana.says("/note room 14")
    await bo.reads("…has left more for you:\n18:05: room 14")
    await bo.reads_nothing()


@story()
async def test_not_while_another_says_that_it_is_over(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await bo.phone.unregister()
    await ana.says("/sos")
    await cy.reads(FIRST + "…")
    await cy.says("/resolve Ana")
    await scene.until("18:02")
    await bo.phone.register()
    bo.forgets()
    await ana.says("/note room 12")
    await cy.reads_each("About Ana: noted, …", "…room 12")
    await bo.reads_nothing()


@story()
async def test_nor_in_the_pause_of_a_timer_but_all_of_it_when_that_is_over(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m\nroom 12")
    await scene.until("18:09:59")
    await bo.phone.unregister()
    await scene.until("18:10:02")
    await cy.says("/resolve Ana")
    await scene.passes(seconds=5)
    await bo.phone.register()
    await scene.passes(seconds=20)
    bo.forgets()
    await ana.says("/note red van")
    await ana.sends(PHOTO)
    await bo.reads_nothing(during=20)
    await scene.until("18:25:10")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …room 12…red van…")
    assert await bo.gets_file("…a photo that Ana left at 18:10.") == PHOTO[2]


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"], ids=["timer", "alarm"])
@story()
async def test_a_photo_comes_again_where_he_was_gone_only_when_it_was_due(
    ana: Someone, bo: Someone, scene: Scene, sign: str
) -> None:
    """Alert and details had left; they come once more with it, and then no more."""
    await ana.says("/note room 12")
    await ana.sends(PHOTO)
    await scene.passes(seconds=2)
    await ana.says(sign)
    if sign == "/start 5m":
        await scene.until("18:10:02")
    await until_rows(scene, "alert_details", "sent")
    await bo.phone.unregister()
    await until_rows(scene, "alert_attachment", "failed")
    await bo.phone.register()
    await scene.passes(minutes=40)
    shown = [event for event in bo.phone.history if event.event == "message"]
    assert sum(bool(event.data.get("attachments")) for event in shown) == 1
    assert sum("room 12" in str(event.body) for event in shown) == 2
