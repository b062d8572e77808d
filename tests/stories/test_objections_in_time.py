"""Somebody objects in time, while Signal cannot be reached over the moment in which it would have ended unless somebody
does (SPEC: "Silent alarm", `/reset`, `/renew`; "When Signal is down")."""

import pytest

from tests.stories.dialog import Scene, Someone, story
from tests.stories.half_year import to_the_end
from tests.stories.outages import BOT_DOWN, NETWORK_DOWN, NOTHING_COMES_IN, SIGNAL_CLI_AWAY, begin_outage, end_outage

HOW = [NETWORK_DOWN, SIGNAL_CLI_AWAY, NOTHING_COMES_IN, BOT_DOWN]


@pytest.mark.parametrize("how", HOW)
@story()
async def test_an_alarm_that_was_reopened_goes_on(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, how: str
) -> None:
    """Found: it ended, all of it was erased, and both read that nobody had reopened it."""
    await ana.says("/sos")
    await scene.passes(seconds=30)
    await bo.says("/resolve Ana")
    await scene.passes(minutes=2)
    bo.forgets()
    await begin_outage(scene, how)
    await scene.passes(minutes=3)
    await cy.says("/reopen Ana")
    await scene.passes(minutes=10)
    await end_outage(scene, how)
    await scene.passes(minutes=6)
    assert any(text.startswith("About Ana: please read all of this first.") for text in bo.unread())


@pytest.mark.parametrize("how", HOW)
@story()
async def test_one_that_nobody_reopened_ends_when_signal_is_back(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, how: str
) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=30)
    await bo.says("/resolve Ana")
    await scene.passes(minutes=2)
    cy.forgets()
    await begin_outage(scene, how)
    await scene.passes(minutes=13)
    await end_outage(scene, how)
    await scene.passes(minutes=2)
    assert any("nobody reopened it" in text for text in cy.unread())


@story()
async def test_one_of_which_nobody_else_was_told_goes_on_although_nothing_is_heard(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=30)
    await bo.says("/resolve Ana")
    await scene.passes(minutes=2)
    bo.forgets()
    await begin_outage(scene, NOTHING_COMES_IN)
    await scene.passes(minutes=12)
    assert any(text.startswith("About Ana: please read all of this first.") for text in bo.unread())


@story()
async def test_an_only_buddy_who_says_it_once_more_in_time_ends_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found by reading: it went on while Signal was away, and he was alerted again."""
    await ana.says("/sos")
    await scene.passes(seconds=30)
    await bo.says("/resolve Ana")
    await scene.passes(minutes=5)
    bo.forgets()
    await begin_outage(scene, NETWORK_DOWN)
    await scene.passes(minutes=2)
    await bo.says("/resolve Ana")
    await scene.passes(minutes=8)
    await end_outage(scene, NETWORK_DOWN)
    await scene.passes(minutes=12)
    assert not any(text.startswith("About Ana: please read all of this first.") for text in bo.unread())


@pytest.mark.parametrize("how", HOW)
@story()
async def test_a_reset_that_she_stopped_clears_nothing(ana: Someone, bo: Someone, scene: Scene, how: str) -> None:
    """Found: whoever held her phone could choose new words, although she had said no."""
    await ana.says("/reset")
    await scene.passes(seconds=2)
    await bo.says("/vouch Ana")
    await scene.passes(seconds=4)
    await scene.passes_mostly_off(hours=23, minutes=50)
    await begin_outage(scene, how)
    await scene.passes(minutes=3)
    await ana.says("/reset stop")
    await scene.passes(minutes=15)
    await end_outage(scene, how)
    await scene.passes(minutes=3)
    assert await scene.has_word(ana)


@pytest.mark.parametrize("how", HOW)
@story()
async def test_a_pairing_that_both_renewed_goes_on(ana: Someone, bo: Someone, scene: Scene, how: str) -> None:
    """Found: both had, and still read that it was not renewed by both of them."""
    await to_the_end(ana, bo, scene)
    await ana.says("/renew Bo")
    await scene.passes(seconds=10)
    await begin_outage(scene, how)
    await scene.passes(minutes=1)
    await bo.says("/renew Ana")
    await scene.passes(minutes=15)
    await end_outage(scene, how)
    await scene.passes(minutes=3)
    ana.forgets()
    await ana.says("/buddies")
    await ana.reads("Your buddies, …: Bo…")
