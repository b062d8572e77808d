"""The end of pairings that have ended otherwise before, were left quietly, or go both ways (SPEC: `/unpair`)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.half_year import (
    GONE_FOR_HIM,
    HERS,
    HIS,
    WARNED,
    WARNED_AGAIN,
    both_read,
)


@pytest.mark.parametrize("day", [10, WARNED + 1])
@story()
async def test_whoever_was_left_quietly_hears_nothing_ever(ana: Someone, bo: Someone, scene: Scene, day: float) -> None:
    await scene.passes_mostly_off(days=day)
    await ana.says(f"/unpair Bo {WORD} quietly")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()
    for days in (WARNED, WARNED_AGAIN - WARNED, 3, 200):
        await scene.passes_mostly_off(days=days)
        await bo.sees_nothing()
        await ana.sees_nothing()
    await bo.says("/buddies")
    await bo.reads("You have no buddy yet. …")
    await bo.reads("You are a buddy of: Ana")
    await bo.says("/renew Ana")
    await bo.reads("Saved.\nYou are a buddy of Ana until …\nYou have renewed it. It goes on if Ana does, too.")
    await ana.sees_nothing()
    await bo.says("/export")
    assert "You are a buddy of Ana until" in (await bo.gets_file("…")).decode()
    await ana.says("/renew Bo")
    await ana.reads("Nothing changed. I know nobody of that name here. …")


@story()
async def test_what_he_renews_then_is_answered_as_if_she_had_not_left(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/renew Bo")
    await bo.reads("…Ana has renewed it. …")
    await ana.says(f"/unpair Bo {WORD} quietly")
    await scene.passes(seconds=1)
    ana.forgets()
    await bo.says("/renew Ana")
    await bo.reads("Saved.\nYou are a buddy of Ana until 5 Sep.\nBoth of you have renewed it.")
    await ana.sees_nothing()
    assert (await scene.rows())["deadlines"] == []


@story()
async def test_a_pairing_that_ended_meanwhile_is_not_spoken_of(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes_mostly_off(days=WARNED, minutes=1)
    await both_read(ana, bo, HERS, HIS)
    await bo.says("/unpair Ana")
    await bo.reads("Done. …")
    await ana.reads("You and Bo are no longer paired.")
    await scene.passes_mostly_off(days=30)
    await ana.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_who_forgets_leaves_nothing_behind(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes_mostly_off(days=WARNED, minutes=1)
    await bo.says("/forget everything")
    await scene.passes(seconds=2)
    rows = await scene.rows()
    assert (rows["pairings"], rows["terms"], rows["deadlines"]) == ([], [], [])


@story()
async def test_each_others_buddies_keep_their_group_until_the_last_of_both_goes(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.passes_mostly_off(days=20)
    await scene.pair(bo, ana, word="green lantern")
    group = await scene.group_of(ana, bo)
    await scene.passes_mostly_off(days=WARNED - 20, minutes=1)
    await scene.passes_mostly_off(days=11)
    await scene.passes_mostly_off(days=3)
    assert GONE_FOR_HIM in bo.shows()
    assert (await scene.night.stand_in.group(group))["members"] != []
    ana.forgets()
    await bo.says("/start 30m")
    await ana.reads_in_group("Bo's timer runs until …", group)
