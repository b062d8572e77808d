"""Clocks that jump, and nights on which they change (SPEC: "When the bot was down")."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("minutes", [5, 60, 600])
@story()
async def test_a_suspended_host_acts_as_soon_as_it_wakes(ana: Someone, bo: Someone, scene: Scene, minutes: int) -> None:
    """The wall goes on while nothing runs: seen from inside, the clock steps forward."""
    await ana.says("/start 5m\nRoom 12")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.passes(minutes=1)
    scene.clock.step(minutes * 60 + 300)
    await bo.reads("Timer of Ana: no word since …18:05. …", within=40)


@story()
async def test_a_clock_set_forward_past_the_deadline_asks_and_alerts(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.passes(minutes=1)
    scene.clock.step(31 * 60)
    await ana.reads_each(
        "I was away from 18:00 to 18:32. Your timer ended at 18:30 and is open.",
        "Your timer ended at 18:30. Please send your word by 18:35. …",
        within=40,
    )


@story()
async def test_a_clock_set_back_keeps_the_deadline_of_the_wall(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:05")
    scene.clock.step(-3600)
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:10. …")
    await scene.until("18:09:59")
    await ana.reads_nothing(during=0.5)
    await scene.until("18:10:02")
    await ana.reads("Your timer ended at 18:10. …", within=5)
    await scene.until("18:15:05")
    await bo.reads("Timer of Ana: no word since 18:10. …", within=5)


@story()
async def test_answers_still_come_at_once_after_the_clock_was_set_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    scene.clock.step(-7200)
    for _ in range(3):
        await ana.says("/status")
        await ana.reads("No timer runs. …")
    await ana.says("/start 10m")
    await ana.reads("Saved. Your timer runs until 16:10. …")


SPRING = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, 0, 10, tzinfo=UTC)
BEFORE_AUTUMN = datetime(2027, 10, 30, 17, 0, 10, tzinfo=UTC)  # 18:00:10 in London


@story(at=SPRING)
async def test_over_the_night_of_the_lost_hour_a_length_is_a_length(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await ana.reads("Saved. Your timer runs until 02:30. …")
    await scene.passes(minutes=64, seconds=58)
    assert not any("no word since" in text for text in bo.shows())
    await scene.passes(seconds=4)
    assert any("no word since 02:30. It is 02:35" in text for text in bo.shows())


@story(at=SPRING)
async def test_a_time_that_the_clock_skips_is_asked_back(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 01:30")
    await ana.reads("NOT started: the clocks change, and that time does not exist. Nearest: /start …")


@story(at=AUTUMN)
async def test_over_the_night_of_the_hour_twice_a_length_is_a_length(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await ana.reads("Saved. Your timer runs until 01:10 GMT. …")
    await scene.passes(minutes=65, seconds=2)
    assert any("no word since 01:10 GMT" in text for text in bo.shows())


@story(at=AUTUMN)
async def test_of_a_time_that_comes_twice_the_first_is_taken(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 01:45")
    await ana.reads("Saved. Your timer runs until 01:45 BST. …")


@story(at=BEFORE_AUTUMN)
async def test_on_the_day_before_the_clocks_go_back_no_timer_of_25_hours_is_suggested(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found: "For tomorrow, send how long: /start 25h", which was then refused as too long."""
    await ana.says("/start until 18:00")
    await ana.reads(
        "NOT started: it is already 18:00, and the same time tomorrow is further off than the longest timer, 24 hours. "
        "Like this: /start 8h"
    )
    await ana.says("/start until 17:00")
    await ana.reads("NOT started: it is already 18:00. For tomorrow, send how long: /start 24h")
    await ana.says("/start 24h")
    await ana.reads("Saved. Your timer runs until Sun 17:00. …")


@pytest.mark.parametrize(
    ("message", "suggested"),
    [("/start until 6:00", "/start until 6:00am"), ("/start until 6:04", "/start until 6:04am")],
)
@story(at=BEFORE_AUTUMN)
async def test_of_morning_and_evening_only_what_would_be_a_timer_is_suggested(
    ana: Someone, bo: Someone, scene: Scene, message: str, suggested: str
) -> None:
    await ana.says(message)
    await ana.reads(f"NOT started. I am not sure what you mean. Like this: {suggested}")
    await ana.says(suggested)
    await ana.reads("Saved. …")


@story(at=SPRING + timedelta(minutes=27))
async def test_the_time_nearest_to_one_that_the_clock_skips_is_not_suggested_when_it_is_too_near(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start until 01:30")
    await ana.reads("NOT started. For how long? Like this: /start 2h or /start until 23:30")


@story(at=datetime(2027, 10, 2, 14, 0, tzinfo=UTC), zone="Australia/Lord_Howe")
async def test_the_half_hour_of_lord_howe(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. Your timer runs until 03:00. …")
    await scene.passes(minutes=125, seconds=2)
    assert any("no word since 03:00" in text for text in bo.shows())


@story(at=datetime(2027, 3, 14, 6, 30, tzinfo=UTC), zone="America/New_York")
async def test_the_night_of_new_york(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 03:30")
    await ana.reads("Saved. Your timer runs until 03:30. …")
    await ana.says("/extend 30m")
    await ana.reads("Saved. Your timer now runs until 04:00.")
