"""`/reopen` where there are several alarms about her: it lifts the pause in each that paused by the same buddy's
word (SPEC: "Silent alarm"). No phone is new here."""

from tests.stories.alarms import both_words
from tests.stories.dialog import WORD, Scene, Someone, story


async def _first_and_later(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Bo has the first alarm alone, Dee a later one."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee)
    await ana.says("/sos")
    await scene.passes(seconds=2)


@story()
async def test_it_holds_although_he_who_said_that_she_is_safe_has_erased_himself(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: with Bo his alarm ended in the midst of it, and Dee read that nothing was paused."""
    await _first_and_later(ana, bo, dee, scene)
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    await bo.says("/forget everything")
    await scene.passes(seconds=5)
    assert not await scene.knows(bo)
    dee.forgets()
    await dee.says("/reopen Ana")
    await scene.passes(minutes=11)
    assert not any("closed" in text or "not paused" in text for text in dee.unread())
    dee.forgets()
    await dee.says("/status")
    await dee.reads_each("No timer runs. …", "About Ana: open since …")


@story()
async def test_a_third_one_that_paused_by_the_same_word_goes_on_too(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Dee is marked before Cy's begins, and does not count in it; Bo does. Found: it ended after ten minutes."""
    await _first_and_later(ana, bo, dee, scene)
    await ana.says(f"/order Bo not Dee {WORD}")
    cy = await scene.arrive("Cy")
    await scene.passes(seconds=2)
    ana.forgets()
    await scene.pair(ana, cy)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    assert any("Bo says that they have spoken" in text for text in cy.unread())
    for someone in (bo, cy):
        someone.forgets()
    await dee.says("/reopen Ana")
    await scene.passes(seconds=2)
    assert any("please read all of this first" in text for text in bo.unread())
    await scene.passes(minutes=11)
    assert not any("closed" in text for text in cy.unread())
