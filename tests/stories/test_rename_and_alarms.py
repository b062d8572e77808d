"""Somebody takes another name while an alarm about her is open: her buddy meets it by either (SPEC: `/name`)."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("order", ["/ack Dee", "/resolve Dee", "/resolve Dee alarm", "/again Dee"])
@story()
async def test_her_alarm_is_met_by_her_new_name_too(ana: Someone, bo: Someone, scene: Scene, order: str) -> None:
    """Found: he was told to write "Dee" in commands, and then that nothing was open for that name."""
    await both_words(ana, bo)
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await ana.says("/name Dee")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says(order)
    await scene.passes(seconds=2)
    assert any(text.startswith("About Ana") for text in bo.unread()), bo.unread()


@pytest.mark.parametrize("order", ["/resolve Dee", "/resolve Ana alarm"])
@story()
async def test_by_it_her_timer_is_meant_first(ana: Someone, bo: Someone, scene: Scene, order: str) -> None:
    await both_words(ana, bo)
    await ana.says("/sos")
    await ana.says("/name Dee")
    await ana.says("/start 5m")
    await scene.passes(minutes=11)
    bo.forgets()
    await bo.says(order)
    await scene.passes(seconds=2)
    assert not any("Which one?" in text or "Nothing changed" in text for text in bo.unread()), bo.unread()


@story()
async def test_her_alarm_keeps_the_name_that_it_began_with(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says("/start 30m")
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    bo.forgets()
    await ana.says("/name Dee")
    await scene.passes(seconds=2)
    assert bo.unread() == ["Ana is called Dee from now on. In commands: Dee"]
    bo.forgets()
    await bo.says("/ack Ana")
    await scene.passes(seconds=2)
    assert any(text.startswith("About Ana") for text in bo.unread()), bo.unread()
