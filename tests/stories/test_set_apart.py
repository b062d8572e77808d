"""The phone on which she wrote her word has the alarm from before, and goes on in one of its own.

What the duress word changes for the others must not show to him: after the codeword nothing changes.
"""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story

BOTH = pytest.mark.parametrize("word", [WORD, DURESS])


@BOTH
@story()
async def test_a_pause_that_he_knows_of_ends_as_it_would(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    """What is open goes on for the others, and they know who said that it was over."""
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    for someone in (bo, cy):
        someone.forgets()
    await bo.says(f"/safe Ana {word}")
    await bo.reads("About Ana: at 18:01 the word for a normal end was sent. …")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/status")
    await bo.reads_each("No timer runs. …", "…You said …")
    await scene.passes(minutes=11)
    await bo.reads("About Ana: closed, 18:11. …")
    cy.forgets()
    await cy.says("/status")
    await cy.reads("No timer runs. …")
    if word == DURESS:
        await cy.reads("About Ana: open since 18:00. …Nobody has it yet.")


@BOTH
@story()
async def test_he_is_told_again_in_the_rhythm_of_before(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=75)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    bo.forgets()
    await scene.passes(minutes=60)
    assert len([text for text in bo.unread() if text.startswith(FIRST)]) == 4


@BOTH
@story()
async def test_he_hears_what_the_others_do_and_they_hear_what_he_does(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    for someone in (bo, cy):
        someone.forgets()
    await cy.says("on it")
    await bo.reads("About Ana: Cy has it. …")
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await scene.passes(seconds=2)
    assert any(text.startswith("About Ana: Bo has it") for text in cy.unread())
    cy.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, you have spoken with Ana, 18:01. The others are told. …")
    await cy.reads("About Ana: Bo says that they have spoken, 18:01. …")
    await cy.says("/reopen Ana")
    await bo.reads(FIRST + "At 18:00, Ana asked me to tell all buddies at once. …")


@BOTH
@story()
async def test_what_she_left_is_there_when_he_asks_again_and_what_she_leaves_later_comes(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 2h\nGreen door")
    await ana.says("/sos")
    await scene.passes(minutes=1)
    await bo.says(f"/safe Ana {word}")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("/again")
    await scene.passes(seconds=2)
    assert "Green door" in "\n".join(bo.unread())
    bo.forgets()
    await ana.says("/note third floor")
    await bo.reads("…third floor…")


@BOTH
@story()
async def test_the_next_word_from_her_own_phone_is_kept_from_him_and_from_nobody_else(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await bo.says(f"/safe Ana {word}")
    await scene.passes(minutes=1)
    for someone in (bo, cy):
        someone.forgets()
    await ana.says(word)
    word_sent = "About Ana: at 18:01 the word for a normal end was sent. …"
    await bo.reads(word_sent)
    await cy.reads(FIRST + "At 18:01, Ana gave the sign …" if word == DURESS else word_sent)
    await bo.reads_nothing()


@BOTH
@story()
async def test_he_hears_of_later_buddies_what_he_would(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, word: str
) -> None:
    """Dee has a later alarm: what he does counts in hers, and what she does is no more to him than before."""
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee)
    await ana.says("/sos")
    await bo.says(f"/safe Ana {word}")
    for _ in range(2):
        await scene.passes(seconds=2)
        for someone in (bo, cy, dee):
            someone.forgets()
        await dee.says("/resolve Ana")
        await bo.reads("About Ana: somebody who became a buddy of Ana …Nothing changes here. …")
        await bo.says("/reopen Ana")
        await dee.reads("About Ana: noted, …The others are told. …")
        await dee.reads(FIRST + "…")
        await ana.says("/sos")


@story()
async def test_he_does_not_hear_of_an_alarm_that_came_of_it_alone(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Dee is in none before: after the codeword she has nothing to take, and he has nothing that she could end."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee, WORD)
    await bo.says(f"/safe Ana {DURESS}")
    await scene.passes(seconds=2)
    for someone in (bo, dee):
        someone.forgets()
    await dee.says("on it")
    await dee.reads("About Ana: you have it. …")
    await dee.says("/resolve Ana")
    await dee.reads("About Ana: noted, …please say it twice. …")
    await bo.reads_nothing()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …")
    await dee.reads_nothing()


@story()
async def test_he_does_not_end_it_for_those_who_have_heard_it(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await scene.pair(ana, dee, WORD)
    await ana.says("/sos")
    await bo.says(f"/safe Ana {DURESS}")
    await scene.passes(seconds=2)
    for someone in (bo, cy, dee):
        someone.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("About Ana: noted, …The others are told. …")
    await cy.reads("About Ana: Bo says that they have spoken, 18:00. Bo has not heard of the last sign, …")
    await dee.reads_nothing()
    await scene.passes(minutes=11)
    await bo.reads("About Ana: closed, …")
    for someone in (cy, dee):
        someone.forgets()
        await someone.says("/status")
        await someone.reads_each("No timer runs. …", "About Ana: open since …")
