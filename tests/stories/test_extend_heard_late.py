"""`/extend` without the word, which Signal had in time and the bot heard late (SPEC: "the server's receive order")."""

import pytest

from tests.stories.dialog import Scene, Someone, story
from tests.stories.outages import (
    BOT_DOWN,
    NETWORK_DOWN,
    NETWORK_STALLS,
    NOTHING_COMES_IN,
    SIGNAL_CLI_AWAY,
    begin_outage,
    end_outage,
)


@pytest.mark.parametrize("how", [NETWORK_DOWN, NETWORK_STALLS, SIGNAL_CLI_AWAY, BOT_DOWN])
@story()
async def test_more_time_that_was_asked_for_in_time_is_given(ana: Someone, bo: Someone, scene: Scene, how: str) -> None:
    """Found: she was asked for her word, and Bo was alerted."""
    await ana.says("/start 30m\nRoom 12")
    await scene.until("18:25")
    ana.forgets()
    bo.forgets()
    await begin_outage(scene, how)
    await scene.until("18:28")
    await ana.says("/extend 30m")
    await scene.until("18:45")
    await end_outage(scene, how)
    await scene.until("18:50")
    assert not any("no word since" in text for text in bo.unread())
    assert any("now runs until 19:00" in text for text in ana.unread())


@pytest.mark.parametrize("late", [10, 25, 40])
@story()
async def test_so_it_is_when_it_was_only_slow(ana: Someone, bo: Someone, scene: Scene, late: int) -> None:
    await ana.says("/start 30m")
    await scene.until("18:29:50")
    ana.forgets()
    await scene.night.stand_in.network("down")
    await scene.passes(seconds=3)
    await ana.says("/extend 30m")
    await scene.passes(seconds=late)
    await scene.night.stand_in.network("up")
    await scene.passes(seconds=40)
    assert any("now runs until 19:00" in text for text in ana.unread())


@story()
async def test_who_was_alerted_meanwhile_is_told(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Nothing comes in, and what the bot sends leaves."""
    await ana.says("/start 5m")
    await scene.until("18:04")
    await begin_outage(scene, NOTHING_COMES_IN)
    await scene.until("18:04:30")
    await ana.says("/extend 30m")
    await scene.until("18:12")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await end_outage(scene, NOTHING_COMES_IN)
    await scene.until("18:14")
    assert any(text.startswith("Ana had asked for more time in good time") for text in bo.unread())


@story()
async def test_from_the_deadline_on_it_needs_the_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:05:01")
    ana.forgets()
    await ana.says("/extend 30m")
    await scene.until("18:06")
    assert any("your word" in text for text in ana.unread())
    assert not any("now runs" in text for text in ana.unread())


@story()
async def test_what_has_passed_by_now_calls_off_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Else whoever has it would read, after its end, that her timer runs until then: nothing to do."""
    await ana.says("/start 30m")
    await scene.until("18:28")
    ana.forgets()
    await scene.night.stand_in.network("down")
    await ana.says("/extend 10m")
    await scene.until("19:10")
    await scene.night.stand_in.network("up")
    await scene.until("19:12")
    assert any("no word since" in text for text in bo.unread())
    assert not any("now runs" in text for text in ana.unread())
