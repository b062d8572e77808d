"""`/tz Europe/London` (SPEC: Commands)."""

from datetime import UTC, datetime

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize(
    ("written", "zone", "now"),
    [
        ("America/New_York", "America/New_York", "13:00"),
        ("america/new york", "America/New_York", "13:00"),
        ("Berlin", "Europe/Berlin", "19:00"),
        ("australia/lord_howe", "Australia/Lord_Howe", "05:00"),
        ("utc", "UTC", "18:00"),
    ],
)
@story()
async def test_times_are_in_her_zone_from_then_on(ana: Someone, bo: Someone, written: str, zone: str, now: str) -> None:
    await ana.says(f"/tz {written}")
    await ana.reads(f"Saved. Your time zone is {zone}; it is {now} there now.")


@story()
async def test_each_reader_sees_times_in_the_own_zone(ana: Someone, bo: Someone, scene: Scene) -> None:
    """And in the group, where there are two, which zone it is. Found: it did not say, and if the bot had gone quiet he
    would have called five hours late."""
    await bo.says("/tz America/New_York")
    await bo.reads("Saved. …")
    await ana.says("/start until 18:10")
    await ana.reads("Saved. Your timer runs until 18:10. …")
    await bo.reads_in_group("Ana's timer runs until 18:10 GMT. …\n…: no word from Ana by 18:20 GMT means Bo calls Ana.")
    await scene.until("18:15:01")
    await bo.reads("Timer of Ana: no word since 13:10. It is 13:15 now. …")
    await bo.reads_in_group("Timer of Ana: no word since 18:10 GMT. …")


@pytest.mark.parametrize(
    ("at", "hers", "his", "until"),
    [
        (datetime(2027, 1, 15, 12, 0, tzinfo=UTC), "Asia/Shanghai", "America/Chicago", "22:00 UTC+08:00"),
        (datetime(2027, 1, 15, 12, 0, tzinfo=UTC), "Asia/Kolkata", "Asia/Jerusalem", "19:30 UTC+05:30"),
        (datetime(2027, 7, 15, 12, 0, tzinfo=UTC), "Asia/Kolkata", "Europe/Dublin", "19:30 UTC+05:30"),
        (datetime(2027, 7, 15, 12, 0, tzinfo=UTC), "Europe/Dublin", "Asia/Kolkata", "15:00 UTC+01:00"),
    ],
)
def test_zones_of_one_name_are_told_apart(at: datetime, hers: str, his: str, until: str) -> None:
    """Found: "22:10 CST" in Shanghai was fourteen hours later to a buddy in Chicago, whose clock is called so too."""

    @story(at=at)
    async def told(ana: Someone, bo: Someone) -> None:
        await bo.says(f"/tz {his}")
        await bo.reads("Saved. …")
        await ana.says(f"/tz {hers}")
        await ana.reads("Saved. …")
        await ana.says("/start 2h")
        await bo.reads_in_group(f"Ana's timer runs until {until}. …")

    told()


@story()
async def test_of_a_time_of_day_it_is_said_how_far_off_it_is(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: whoever had her phone for a moment set another zone, and her alert came five hours late; every line named
    the time that she had named."""
    await ana.says("/tz America/New_York")
    await ana.reads("Saved. …")
    await ana.says("/start until 19:00")
    await ana.reads("Saved. Your timer runs until 19:00. …\n19:00 is 6 hours from now.")
    await ana.says(WORD)
    await scene.passes(seconds=2)
    ana.forgets()
    await ana.says_in_group("/start until 14:45")
    await ana.reads("14:45 is 1 hour 45 minutes from now.")


@pytest.mark.parametrize(
    "message", ["/tz", "/tz Europe/Londn", "/tz EST", "/tz +2", "/tz ../../etc/passwd", "/tz Mars"]
)
@story()
async def test_an_unknown_zone_changes_nothing_and_the_nearest_is_shown(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads("Nothing changed. I do not know that time zone. Like this: /tz …/…")
    assert await scene.rows() == before


@story(at=datetime(2027, 3, 27, 23, 30, tzinfo=UTC))
async def test_a_zone_is_named_on_the_night_on_which_only_one_of_the_clocks_changes(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found: both clocks showed the same when she started, and not any more when he would have to call."""
    await bo.says("/tz Africa/Accra")
    await ana.says("/start 1h")
    await bo.reads_in_group("Ana's timer runs until Sun 00:30. …")
    await ana.says(WORD)
    await scene.passes(seconds=2)
    bo.forgets()
    await ana.says("/start 3h")
    await bo.reads_in_group("Ana's timer runs until Sun 03:30 BST. …")
