"""Two buddies who pass an alert back and forth do not keep it from the third (SPEC: A check-in's life, step 6)."""

from tests.stories.dialog import WORD, Scene, Someone, story


async def _two_told(scene: Scene, ana: Someone, bo: Someone, cy: Someone, dee: Someone) -> None:
    """Bo has it at 18:12; Cy was told too, Dee nothing."""
    await scene.pair(ana, dee)
    await ana.says(f"/order Bo Cy Dee {WORD}")
    await scene.passes(seconds=2)
    await scene.overdue()
    await scene.until("18:12:30")
    await bo.says("on it")
    await scene.passes(seconds=1)
    for one in (ana, bo, cy, dee):
        one.forgets()


@story()
async def test_the_third_is_told_within_an_hour_and_a_half(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: each take-over brought a new half hour, and Dee was told nothing in twelve hours."""
    await _two_told(scene, ana, bo, cy, dee)
    for one, at in ((cy, "18:41"), (bo, "18:50"), (cy, "19:19"), (bo, "19:29")):
        await scene.until(at)
        await dee.reads_nothing()
        await one.says("/ack")
        await scene.passes(seconds=2)
    await scene.until("19:40")
    await dee.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_who_takes_it_over_reads_when_it_is_asked_how_it_stands(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _two_told(scene, ana, bo, cy, dee)
    await scene.until("18:30")
    await cy.says("on it")
    await cy.reads("You have it. …I ask you how it stands at 18:42.")
    await bo.reads("Timer of Ana: Cy has it. …")
    await scene.until("18:42:35")
    await cy.reads("Timer of Ana: how does it stand? It is 18:42.\n…")
    await bo.reads_nothing()


@story()
async def test_who_takes_it_over_when_the_other_was_asked_has_half_an_hour_once(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _two_told(scene, ana, bo, cy, dee)
    await scene.until("18:45")
    await cy.says("on it")
    await cy.reads("You have it. …I ask you how it stands at 19:15.")
    await scene.until("19:16")
    await cy.reads("Timer of Ana: how does it stand? …")
    await cy.says("/ack")
    await cy.reads("Timer of Ana is open again. I go on asking.")
    await dee.reads("Timer of Ana: no word since 18:05. …")
