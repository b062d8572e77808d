"""A drill started from her phone must not show there that alarms are open (SPEC: "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_alarms_of_one_name import pairs_anew


async def _drill(ana: Someone, bo: Someone, scene: Scene, answer: str) -> list[str]:
    """What her phone shows of a drill that Bo answers after five seconds, and then does what he is asked."""
    for one in (ana, bo):
        one.forgets()
    await ana.says("/drill")
    await scene.passes(seconds=5)
    bo.forgets()
    await bo.says(answer)
    await scene.passes(seconds=2)
    asked = [text for text in bo.unread() if "Which one? " in text]
    for way in asked[0].split("Which one? ")[1].split(", ") if asked else []:
        await bo.says(way)
        await scene.passes(seconds=2)
    await scene.passes(minutes=15)
    return ana.unread()


@pytest.mark.parametrize("signs", [0, 1, 2])
@story()
async def test_an_answered_drill_counts_also_with_an_alarm_of_before_she_was_erased(
    ana: Someone, bo: Someone, scene: Scene, signs: int
) -> None:
    """Whoever had her erase her account, and come back, starts a drill on her phone."""
    await both_words(ana, bo)
    if signs > 0:
        await ana.says(DURESS)
        await scene.passes(seconds=5)
    await ana.says(f"/forget {DURESS if signs else WORD}")
    await scene.passes(minutes=2)
    ana.forgets()
    await scene.let_in(ana)
    await ana.says(f"/words {WORD}")
    await scene.passes(seconds=2)
    await pairs_anew(ana, bo, scene)
    if signs > 1:
        await ana.says("/sos")
        await scene.passes(seconds=5)
    shown = await _drill(ana, bo, scene, "on it")
    assert any("Answered after: Bo 5 s" in text for text in shown), shown


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("answer", ["on it", "/ack Ana", "/ack Ana alarm"])
@story()
async def test_also_where_he_says_that_he_means_the_alarm(
    ana: Someone, bo: Someone, scene: Scene, answer: str, is_open: bool
) -> None:
    await both_words(ana, bo)
    if is_open:
        await ana.says(DURESS)
        await scene.passes(seconds=5)
    shown = await _drill(ana, bo, scene, answer)
    print(answer, is_open, shown)
    if is_open or answer != "/ack Ana alarm":
        assert any("Answered after: Bo 5 s" in text for text in shown), shown


@pytest.mark.parametrize("signs", [0, 1, 2])
@pytest.mark.parametrize("answer", ["on it", "/ack"])
@story()
async def test_whose_drill_it_is_does_not_learn_by_it_of_an_alarm_about_somebody_else(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, signs: int, answer: str
) -> None:
    """Bo, whom Ana has marked, starts it; Cy is a buddy of both, and has hers, or Dee's as well."""
    await both_words(ana, bo, cy)
    await scene.spares(ana, bo)
    await scene.pair(bo, cy, "green lantern")
    await scene.pair(dee, cy, "blue anchor")
    for one in (ana, dee)[:signs]:
        await one.says("/sos")
        await scene.passes(seconds=5)
    for one in (ana, bo, cy):
        one.forgets()
    await bo.says("/drill")
    await scene.passes(seconds=5)
    cy.forgets()
    await cy.says(answer)
    await scene.passes(seconds=2)
    assert bo.unread()[-2:] == ["Drill: Cy answered after 5 s.", "The drill is over.\nAnswered after: Cy 5 s"]
    about_alarms = [[], ["About Ana: you have it. …"], ["Nothing changed, and I go on with all of them. …"]][signs]
    await cy.reads_each("Drill over for you, 5 s. …", *about_alarms)


@pytest.mark.parametrize("is_open", [False, True])
@story()
async def test_a_drill_gives_way_to_a_timers_alert_with_an_alarm_and_without(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, is_open: bool
) -> None:
    await both_words(ana, bo, cy)
    await scene.spares(ana, bo)
    await scene.pair(bo, cy, "green lantern")
    await scene.pair(dee, cy, "blue anchor")
    await dee.says("/start 5m")
    if is_open:
        await ana.says("/sos")
    await scene.passes(minutes=11)
    await bo.says("/drill")
    await scene.passes(seconds=5)
    for one in (bo, cy):
        one.forgets()
    await cy.says("on it")
    await cy.reads("You have it. Thank you. Call Dee; …")
    await bo.reads_nothing()
