"""A pairing lapses after six months unless both renew it, and never unwarned (SPEC: `/renew`, "Who may use it")."""

import pytest
from sqlalchemy import delete

from storage.records import Records
from storage.tables import deadlines, terms
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.half_year import (
    ENDS,
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
async def test_the_whole_course(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await to_day(scene, WARNED)
    await ana.sees_nothing()
    await bo.sees_nothing()
    await both_read(ana, bo, HERS, HIS)
    await scene.passes(minutes=5)
    await to_day(scene, WARNED_AGAIN)
    await ana.sees_nothing()
    await both_read(ana, bo, HERS, HIS)
    await scene.passes(minutes=5)
    await to_day(scene, ENDS)
    await ana.sees_nothing()
    await bo.sees_nothing()
    await both_read(ana, bo, LEFT_ALONE, GONE_FOR_HIM)
    await scene.passes(seconds=2)
    assert (await scene.night.stand_in.group(group))["members"] == []
    rows = await scene.rows()
    assert (rows["pairings"], rows["terms"], rows["deadlines"], rows["groups"]) == ([], [], [], [])
    await ana.says("/start 2h")
    await ana.reads("NOT started. You have no buddy yet. First: /invite")
    await scene.passes_mostly_off(days=30)
    await ana.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_she_reads_who_is_left(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await cy.says("/renew Ana")
    await ana.says("/renew Cy")
    await to_the_end(ana, bo, scene)
    await both_read(ana, bo, GONE + "I turn to: Cy", GONE_FOR_HIM)
    await cy.sees_nothing()
    await ana.says("/start 30m")
    await ana.reads("Saved. …Cy is on call. …")


@pytest.mark.parametrize("day", [100, WARNED + 2, WARNED_AGAIN + 1, ENDS - 0.001])
@story()
async def test_both_renew_in_time(ana: Someone, bo: Someone, scene: Scene, day: float) -> None:
    passed = 0
    for stop in (WARNED, WARNED_AGAIN):
        if stop < day:
            await scene.passes_mostly_off(days=stop - passed, minutes=1)
            passed = stop
    await scene.passes_mostly_off(days=day - passed, minutes=-4)
    ana.forgets()
    bo.forgets()
    await ana.says("/renew Bo")
    await ana.reads("Saved.\n…")
    await bo.says("/renew Ana")
    await bo.reads("You are a buddy of Ana until 5 Sep.\nAna has renewed it. …")
    await bo.reads("Saved.\n…Both of you have renewed it.")
    await ana.reads("…Both of you have renewed it.")
    await scene.passes_mostly_off(days=WARNED - 1)
    await ana.sees_nothing()
    await bo.sees_nothing()
    await scene.passes_mostly_off(days=2)
    await both_read(ana, bo, "Bo is your buddy until …", "You are a buddy of Ana until …")


@pytest.mark.parametrize("who", ["ana", "bo"])
@story()
async def test_the_yes_of_one_alone_is_not_enough(ana: Someone, bo: Someone, scene: Scene, who: str) -> None:
    one, other = (ana, bo) if who == "ana" else (bo, ana)
    await one.says(f"/renew {other.name}")
    await scene.passes(seconds=1)
    one.forgets()
    other.forgets()
    await to_day(scene, WARNED)
    await one.reads(f"…You have renewed it. It goes on if {other.name} does, too.", within=300)
    await other.reads(f"…{one.name} has renewed it. It goes on if you do, too: /renew {one.name}", within=300)
    await scene.passes(minutes=5)
    await to_day(scene, WARNED_AGAIN)
    await scene.passes(minutes=6)
    await to_day(scene, ENDS)
    ana.forgets()
    bo.forgets()
    await both_read(ana, bo, LEFT_ALONE, GONE_FOR_HIM)


@story()
async def test_near_the_end_it_stands_among_her_buddies_and_in_her_file(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Bo")
    await ana.reads_nothing()
    await scene.passes_mostly_off(days=WARNED, minutes=1)
    ana.forgets()
    bo.forgets()
    await ana.says("/buddies")
    await ana.reads("Your buddies, …")
    await ana.reads(HERS)
    await bo.says("/buddies")
    await bo.reads("You have no buddy yet. …")
    await bo.reads("You are a buddy of: Ana")
    await bo.reads(HIS)
    await ana.says(f"/export {WORD}")
    assert HERS in (await ana.gets_file("…")).decode()
    await bo.says("/export")
    assert HIS in (await bo.gets_file("…")).decode()


def _forget_terms(records: Records) -> None:
    for table in (terms, deadlines):
        records.scope.connection.execute(delete(table))


@story()
async def test_pairings_from_before_get_a_whole_term_and_both_warnings(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.work(_forget_terms)
    await scene.passes_mostly_off(days=300)
    await scene.passes(minutes=11)
    await ana.sees_nothing()
    await ana.says(f"/export {WORD}")
    assert "Bo is your buddy until 1 Jul." in (await ana.gets_file("…")).decode()
    await scene.passes_mostly_off(days=WARNED)
    await both_read(ana, bo, "Bo is your buddy until 1 Jul.\n…", "You are a buddy of Ana until 1 Jul.\n…")


@story(pairing_lasts="2d", lapse_warning="6h", last_warning="1h")
async def test_the_lengths_are_settings(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes_mostly_off(hours=41, minutes=59)
    await scene.passes(minutes=1)
    assert any(text.startswith("Bo is your buddy until 7 Mar.") for text in ana.shows())
    await scene.passes_mostly_off(hours=5)
    await scene.passes_mostly_off(hours=1)
    assert LEFT_ALONE in ana.shows()
