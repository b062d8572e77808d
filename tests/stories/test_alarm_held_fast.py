"""Whoever has her phone, and her word, cannot turn an open alarm into something else (SPEC: "Silent alarm")."""

from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_silent_alarm import DURESS, FIRST, SIGN, both_words

PLAN = "…What Ana planned for this:\nRing the red door first\nPolice: …"


@story()
async def test_a_plan_written_afterwards_does_not_take_the_place_of_hers(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says("/plan Ring the red door first")
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await bo.reads(PLAN)
    await ana.says("/plan Only joking. Nobody needs to do anything.")
    await scene.passes(seconds=2)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await bo.reads(PLAN)


@story()
async def test_where_she_had_no_plan_none_can_be_slipped_in(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says("/sos")
    await bo.reads(FIRST + "…Ana left no plan for this. …")
    await ana.says("/plan Only joking. Nobody needs to do anything.")
    await scene.passes(seconds=2)
    await ana.says("/sos")
    await bo.reads(FIRST + "…Ana left no plan for this. …")
    await bo.reads_nothing()
