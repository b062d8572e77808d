"""A group, an alarm's copy or a buddy that cannot be read stops nothing that goes on without (DESIGN, 3 and 14)."""

import pytest

from storage.tables import groups, people
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_damaged_rows import _arm, _damage, _id_of


@pytest.mark.parametrize("column", ["signal_id", "absent"])
@story()
async def test_her_word_in_a_damaged_group_is_not_lost(ana: Someone, bo: Someone, scene: Scene, column: str) -> None:
    await _arm(ana, scene)
    ana.usual_group = await scene.group_of(ana, bo)
    await _damage(scene, groups, column)
    await ana.says_in_group(f"/safe {WORD}")
    await scene.until("18:40:00")
    assert not any("no word since" in text for text in bo.shows())


@story()
async def test_an_alarm_whose_copy_is_damaged_can_still_be_ended(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.damages_alarm()
    bo.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: …")
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    assert await scene.due() == []


@story()
async def test_a_buddy_without_readable_account_keeps_nobody_from_a_start(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _damage(scene, people, "account", id=await _id_of(scene, cy))
    await ana.says("/start 10m")
    await ana.reads("Saved. Your timer runs until 18:10. Bo is on call. …")


@story()
async def test_a_drill_with_a_buddy_without_readable_account_ends(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/drill")
    await bo.reads("DRILL. …")
    await _damage(scene, people, "account", id=await _id_of(scene, cy))
    await scene.passes(minutes=16)
    assert (await scene.rows())["drills"] == []


@story()
async def test_a_damaged_group_keeps_no_other_from_being_made(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _damage(scene, groups, "signal_id")
    await scene.pair(ana, dee)
    dee.usual_group = await scene.group_of(ana, dee)
    await ana.says("/start 10m with Dee")
    await dee.reads_in_group("Ana's timer runs until 18:10. …")
