"""What holds the end of a pairing up: the bot or Signal away, and timers (SPEC: "never while a check-in is open")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.half_year import (
    GONE,
    GONE_FOR_HIM,
    HERS,
    HIS,
    LEFT_ALONE,
    WARNED,
    WARNED_AGAIN,
    both_read,
    to_day,
    to_the_end,
)


@story()
async def test_a_restart_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await to_day(scene, WARNED)
    await scene.restarts()
    await both_read(ana, bo, HERS, HIS)
    await scene.restarts()
    await ana.sees_nothing(during=60)
    await bo.sees_nothing()
    await to_day(scene, WARNED_AGAIN)
    await scene.restarts()
    await scene.passes(minutes=5)
    await both_read(ana, bo, HERS, HIS)
    await ana.reads_nothing()


@story()
async def test_away_over_a_warning_it_warns_first_and_keeps_the_days(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Back six days late: fourteen days from then, and the last three as ever."""
    await scene.passes_mostly_off(days=WARNED + 6)
    await both_read(ana, bo, "Bo is your buddy until 11 Sep.\n…", "You are a buddy of Ana until 11 Sep.\n…")
    await scene.passes_mostly_off(days=10)
    await ana.sees_nothing()
    await scene.passes_mostly_off(days=1, minutes=5)
    await both_read(ana, bo, "Bo is your buddy until 11 Sep.\n…", "You are a buddy of Ana until 11 Sep.\n…")
    await scene.passes_mostly_off(days=2, hours=23)
    await ana.sees_nothing()
    await scene.passes_mostly_off(hours=2)
    await both_read(ana, bo, LEFT_ALONE, GONE_FOR_HIM)


@story()
async def test_away_over_the_end_nobody_loses_a_buddy_unwarned(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes_mostly_off(days=400)
    await both_read(ana, bo, "Bo is your buddy until 22 Apr.\n…", "You are a buddy of Ana until 22 Apr.\n…")
    await ana.sees_nothing(during=60)
    await scene.passes_mostly_off(days=13)  # over the last warning
    await both_read(ana, bo, "Bo is your buddy until 24 Apr.\n…", "You are a buddy of Ana until 24 Apr.\n…")
    await scene.passes_mostly_off(days=2, hours=23)
    await ana.sees_nothing()
    await scene.passes_mostly_off(hours=2)
    await both_read(ana, bo, LEFT_ALONE, GONE_FOR_HIM)


@story()
async def test_what_waited_at_signal_goes_first(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Both have written in time, while the bot was away over the end."""
    await to_the_end(ana, bo, scene)
    await scene.night.stop_bot()
    await ana.says("/renew Bo")
    await bo.says("/renew Ana")
    await scene.passes(days=2)
    await scene.night.start_bot()
    await ana.reads("Saved.\n…", within=30)
    await ana.reads("…Both of you have renewed it.", within=30)
    await ana.sees_nothing(during=60)


@story()
async def test_a_warning_that_could_not_leave_is_said_anew(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Signal is away from before the last warning until a day after the end."""
    await scene.passes_mostly_off(days=WARNED, minutes=1)
    await scene.passes_mostly_off(days=WARNED_AGAIN - WARNED, minutes=-10)
    ana.forgets()
    bo.forgets()
    await scene.night.stand_in.network("down")
    await scene.passes(minutes=15)
    await scene.passes_mostly_off(days=4)
    await ana.sees_nothing()
    await scene.night.stand_in.network("up")
    await both_read(ana, bo, "Bo is your buddy until 9 Sep.\n…", "You are a buddy of Ana until 9 Sep.\n…", within=60)
    await ana.sees_nothing(during=60)
    await scene.passes_mostly_off(days=3)
    await both_read(ana, bo, LEFT_ALONE, GONE_FOR_HIM)


# --- a timer runs


@story()
async def test_while_her_timer_runs_no_warning_comes(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await to_day(scene, WARNED)
    await ana.says("/start 2h with Cy")
    await ana.reads("Saved. …")
    await scene.passes(hours=1)
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await ana.reads_nothing()
    await bo.sees_nothing()
    await ana.reads("…is your buddy until 5 Sep.\n…", within=3600)
    await bo.reads("You are a buddy of Ana until 5 Sep.\n…")


@pytest.mark.parametrize("alerted", [False, True])
@story()
async def test_while_her_timer_runs_nothing_lapses(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, alerted: bool
) -> None:
    """Also when she is overdue, and Bo has been told."""
    await to_the_end(ana, bo, scene)
    await ana.says("/start 5m" if alerted else "/start 2h")
    await scene.passes(hours=1, minutes=50)
    assert any("no word since" in text for text in bo.shows()) is alerted
    assert not any(text.startswith(GONE) for text in ana.shows())
    await ana.says(WORD)
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()
    await bo.says("/buddies")
    await bo.reads("You have no buddy yet. …")
    await bo.reads("You are a buddy of: Ana")
    await bo.reads(HIS)
    await ana.reads("…is no longer your buddy. …", within=3600)
    await bo.reads(GONE_FOR_HIM)


@story()
async def test_nor_while_his_own_runs(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.pair(bo, dee, word="green lantern")
    await to_day(scene, WARNED)
    await bo.says("/start 1h")
    await bo.reads("Saved. …")
    await scene.passes(minutes=30)
    await bo.reads_nothing()
    await ana.sees_nothing()
    await bo.says("green lantern")
    await bo.reads("Thanks, noted. …")
    await both_read(ana, bo, HERS, HIS, within=3600)
