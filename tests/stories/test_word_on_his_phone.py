"""The phone on which she wrote her word is never told what it was (SPEC: "Silent alarm")."""

import pytest

from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_silent_alarm import DURESS, FIRST, both_words


@pytest.mark.parametrize("later", [("/sos",), (DURESS,), ("/safe aaa", "/safe bbb", "/safe ccc")], ids=len)
@story()
async def test_a_later_sign_does_not_tell_him_what_she_wrote_on_his_phone(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, later: tuple[str, ...]
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 2h")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says(f"/safe Ana {DURESS}")
    await cy.reads(FIRST + "At 18:00, Ana gave the sign …")
    await bo.reads("Thanks, noted. Ana is told.")
    await ana.says("/start 2h")
    await scene.passes(seconds=2)
    cy.forgets()
    bo.forgets()
    for message in later:
        await ana.says(message)
    await cy.reads(FIRST + "…")
    await bo.reads_nothing()
    await bo.says("/status")
    await bo.reads("…")
    assert not any(text.startswith("About Ana") for text in bo.shows())


@story()
async def test_who_has_left_it_is_not_alerted_by_a_later_sign(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/sos")
    await bo.reads(FIRST + "…")
    await cy.reads(FIRST + "…")
    await bo.says("/unpair Ana")
    await bo.reads("…")
    await bo.reads("You have left what was open about Ana. …")
    await ana.says("/sos")
    await cy.reads(FIRST + "…")
    await bo.reads_nothing()
