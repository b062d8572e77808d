"""Whoever has her phone, and her word, cannot turn an open alarm into something else (SPEC: "Silent alarm")."""

from tests.stories.alarms import DURESS, FIRST, SIGN, both_words
from tests.stories.dialog import Scene, Someone, story

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


NO_DRILL = (
    "About Ana: what I wrote to you is still open, and that is NO drill. Go on with it. What follows was started from "
    "the phone of Ana, which may be in other hands, and changes nothing there.\nDRILL. …"
)


@story()
async def test_a_drill_started_from_her_phone_is_not_taken_for_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Nor does its end say to anybody who has been alerted that nothing is wrong."""
    await both_words(ana, bo, cy)
    await scene.spares(ana, cy)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await ana.says("/drill")
    await bo.reads(NO_DRILL)
    await scene.until("18:02:05")
    await bo.reads(NO_DRILL)
    await cy.reads("DRILL. Nothing is wrong. …")
    bo.forgets()
    cy.forgets()
    await scene.until("18:14:30")
    bo.forgets()
    cy.forgets()
    await scene.until("18:15:02")
    await bo.reads("Drill over. About Ana: what I wrote to you is still open, and that is NO drill. Go on with it.")
    await cy.reads("Drill over. Nothing is wrong with Ana. Thank you.")


@story()
async def test_a_drill_of_somebody_else_is_told_from_it_too(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await scene.pair(dee, bo, word="green lantern")
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await dee.says("/drill")
    await bo.reads("About Ana: what I wrote to you is still open, and that is NO drill. …\nDRILL. …Dee …")


@story()
async def test_one_answer_counts_for_it_and_for_her_drill(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Or her phone would show that he answers something else."""
    await both_words(ana, bo)
    await ana.says(DURESS)
    await bo.reads(SIGN)
    await scene.passes(seconds=2)
    ana.forgets()
    bo.forgets()
    await ana.says("/drill")
    await ana.reads("The drill runs, …")
    await bo.reads(NO_DRILL)
    await bo.says("on it")
    await bo.reads_each(
        "Drill over for you, … s. Thank you.\nAbout Ana: what I wrote to you is still open, and is NO drill.",
        "About Ana: you have it. …",
    )
    await ana.reads("Drill: Bo answered after … s.")
