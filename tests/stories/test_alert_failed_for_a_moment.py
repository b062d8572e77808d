"""His account is missing for a moment, as while a phone registers anew: the alert fails, what follows it leaves.
Nothing of what she left may be lost by that (SPEC: `/note`)."""

from datetime import timedelta

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.outbox_rows import until_rows, until_the_next_try

PHOTO = ("a.jpg", "image/jpeg", b"x" * 1000)
NOTE = "/note He drives a red van, plate AB12"


def files_of(someone: Someone) -> int:
    return sum(bool(event.event == "message" and event.data.get("attachments")) for event in someone.phone.history)


def has_file(someone: Someone) -> bool:
    return files_of(someone) > 0


def knows_the_plate(someone: Someone) -> bool:
    return any("AB12" in text for text in someone.shows())


async def _alert_fails(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12")
    await ana.sends(PHOTO)
    await scene.until("18:09:59")
    await bo.phone.unregister()
    await scene.until("18:10:00")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"], ids=["timer", "alarm"])
@story()
async def test_nothing_of_it_comes_before_an_alert(ana: Someone, bo: Someone, scene: Scene, sign: str) -> None:
    """Found by a simulated night: out of the blue he read what she had planned."""
    await ana.says("/note Room 12, Hotel Ritz")
    await ana.reads("Kept, …")
    await ana.sends(PHOTO)
    await ana.reads("Kept, …")
    if sign.startswith("/start"):
        await ana.says(sign)
        await scene.until("18:09:59")
    await bo.phone.unregister()
    if sign == "/sos":
        await ana.says(sign)
    else:
        await scene.until("18:10:00")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    await scene.passes(minutes=10)
    shown = [str(event.body) for event in bo.phone.history if event.event == "message" and event.group_id is None]
    first = next(place for place, text in enumerate(shown) if "no word since" in text or "About Ana" in text)
    assert not any("Room 12" in text for text in shown[:first])
    assert any("Room 12" in text for text in shown[first:])
    assert has_file(bo)


@story()
async def test_the_photo_comes_to_the_only_buddy(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _alert_fails(ana, bo, scene)
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:16:00")
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(hours=2)
    assert any("no word since" in text for text in bo.shows())
    assert has_file(bo)


@story()
async def test_the_photo_comes_to_who_takes_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _alert_fails(ana, bo, scene)
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:10:20")
    await bo.says("on it")
    await scene.passes(seconds=5)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(hours=2)
    assert has_file(bo)


@story()
async def test_her_note_comes_to_who_took_it_from_the_line_in_the_group(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:09:59")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:10:20")
    await bo.says_in_group("/ack")
    await scene.passes(seconds=2)
    await bo.phone.unregister()
    await scene.night.stand_in.clear_faults(limit)
    await until_the_next_try(scene, "alert")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    await scene.passes(minutes=1)
    assert any("Room 12" in text for text in bo.shows())
    await ana.says(NOTE)
    await scene.passes(minutes=2)
    assert knows_the_plate(bo)


@story()
async def test_her_note_comes_in_time_to_the_buddy_of_an_alarm(ana: Someone, bo: Someone, scene: Scene) -> None:
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await ana.says("/sos")
    await scene.passes(seconds=65)
    await bo.phone.unregister()
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(seconds=60)
    await bo.phone.register()
    await scene.passes(seconds=5)
    await ana.says(NOTE)
    await scene.passes(seconds=60)
    assert knows_the_plate(bo)


# --- several alerts


def _direct(bo: Someone) -> list[str]:
    events = [event for event in bo.phone.history if event.event == "message" and event.sender == "bot"]
    return [str(event.body) for event in events if event.group_id is None]


def _before_the_alert(shown: list[str]) -> list[str]:
    first = next(place for place, text in enumerate(shown) if "no word since" in text or "please read all" in text)
    return shown[:first]


@story()
async def test_what_belongs_to_the_next_alert_stays_with_that_one(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """His phone is new: one without what she left waits, and behind it the whole one. Only the first fails."""
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.passes(seconds=5)
    await cy.phone.go_offline()
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:09:50")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:11:02")
    await bo.phone.unregister()
    await scene.night.stand_in.clear_faults(limit)
    seen = len(_direct(bo))
    await until_the_next_try(scene, "alert")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    await scene.passes(seconds=30)
    assert any("no word since" in text for text in _direct(bo)[seen:])
    assert any("Room 12" in text for text in _direct(bo)[seen:])


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"], ids=["timer", "alarm"])
@story()
async def test_no_note_comes_where_one_was_taken_back_and_the_next_failed(
    ana: Someone, bo: Someone, scene: Scene, sign: str
) -> None:
    if sign == "/start 5m":
        await ana.says(f"{sign}\nRoom 12, Hotel Ritz")
        await scene.until("18:09:59")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    if sign == "/sos":
        await ana.says(sign)
    await scene.passes(minutes=5, seconds=2)
    await bo.phone.unregister()
    await scene.night.stand_in.clear_faults(limit)
    await until_the_next_try(scene, "alert")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    seen = len(_direct(bo))
    await ana.says(NOTE)
    await scene.passes(minutes=8)
    shown = _direct(bo)[seen:]
    assert not any("AB12" in text for text in _before_the_alert(shown))
    assert any("AB12" in text for text in shown)


@story()
async def test_an_alert_from_before_she_took_more_time_brings_no_note(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:10")
    await ana.says(f"/extend 10m {WORD}")
    await scene.passes(seconds=5)
    await ana.says(NOTE)
    await scene.until("18:24:50")
    seen = len(_direct(bo))
    await bo.phone.unregister()
    await scene.until("18:25:10")
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    await scene.passes(minutes=9)
    assert not any("AB12" in text for text in _before_the_alert(_direct(bo)[seen:]))


@story()
async def test_it_says_how_late_it_is_also_where_the_first_try_failed(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:06:00")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.restarts(down=timedelta(minutes=20))
    await scene.passes(seconds=20)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(seconds=20)
    assert any("16 minutes late" in text for text in _direct(bo))


# --- withdrawn while it is in hand


@story()
async def test_the_photo_comes_where_a_second_sign_took_back_the_alert_that_then_failed(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """The second alert counts on the photo that waits already."""
    await ana.says("/note Room 12, Hotel Ritz")
    await ana.sends(PHOTO)
    await scene.passes(seconds=2)
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    scene.night.stand_in.faults.delay("send", 2, times=1)
    await ana.says("/sos")
    await scene.passes(seconds=1)
    await ana.says("/sos")
    await scene.passes(seconds=3)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=20)
    assert any("Room 12" in text for text in bo.shows())
    assert files_of(bo) == 1


@story()
async def test_the_photo_comes_where_the_next_round_took_back_the_alert_that_then_failed(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m\nRoom 12")
    await ana.sends(PHOTO)
    await scene.until("18:09:50")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:14:40")
    await until_the_next_try(scene, "alert")
    scene.night.stand_in.faults.delay("send", 25, times=1)
    await scene.until("18:15:30")
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=20)
    assert any("Room 12" in text for text in bo.shows())
    assert files_of(bo) == 1


@story()
async def test_nothing_of_it_comes_where_he_was_set_apart_while_the_alert_was_in_hand(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Her duress word came from his phone: from then on it is about an alarm of his own."""
    await both_words(ana, bo, cy)
    await ana.says("/note Room 12, Hotel Ritz")
    await ana.sends(PHOTO)
    await scene.passes(seconds=2)
    seen = len(_direct(bo))
    scene.night.stand_in.faults.delay("send", 5, times=2)
    await ana.says("/sos")
    await scene.passes(seconds=1)
    await bo.says(f"/safe Ana {DURESS}")
    await bo.phone.unregister()
    await scene.passes(seconds=3.9)
    await until_rows(scene, "alert", "failed")
    await bo.phone.register()
    await scene.passes(minutes=10)
    shown = _direct(bo)[seen:]
    assert not any("Room 12" in text for text in _before_the_alert(shown))
    assert any("Room 12" in text for text in shown)
    assert has_file(bo)
