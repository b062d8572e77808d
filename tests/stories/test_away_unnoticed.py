"""Signal away without anybody noticing, her word waiting there (SPEC: "When Signal is down")."""

from datetime import timedelta

import pytest

from bot.practice.stand_in_server import Network
from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 18:30. …"
QUESTION = "Your timer ended at 18:30. …"
CLOSED = "Thanks, noted. Good night."
DETAILS = "Timer of Ana, 2 of 2. …"


async def _arm(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 30m\nRoom 12, Hotel Ritz")
    await ana.reads("Saved. Your timer runs until 18:30. …")
    await scene.passes(seconds=2)
    for someone in scene.people.values():
        someone.forgets()


BEFORE_THE_ALERT = ["18:31:40", "18:34:40", "18:34:59"]
AWAY = [
    *(("down", back_at) for back_at in (*BEFORE_THE_ALERT, "18:35:30", "18:45:00")),
    *(("stall", back_at) for back_at in (*BEFORE_THE_ALERT, "18:35:15", "18:35:30", "18:35:45", "18:35:59")),
]
"""How Signal is away, and until when. In a stall that outlasts the time of the alert by a minute one may be on its way
already, in the try that is made every minute, and cannot be called back: better that than none at all."""


@pytest.mark.parametrize(("how", "back_at"), AWAY)
@story()
async def test_signal_away_unnoticed_while_she_answers_brings_no_alert(
    ana: Someone, bo: Someone, scene: Scene, how: Network, back_at: str
) -> None:
    """From the question until just before the alert, or until after it was due; nothing is sent meanwhile."""
    await _arm(ana, scene)
    await scene.until("18:30:00")
    await ana.reads("18:30 is close. …")
    await ana.reads(QUESTION)
    await scene.until("18:31:00")
    await scene.night.stand_in.network(how)
    await scene.until("18:31:10")
    await ana.says(WORD)
    await scene.until(back_at)
    await scene.night.stand_in.network("up")
    await ana.reads(CLOSED, within=30)
    await scene.until("18:55:00")
    assert not any(text.startswith("Timer of Ana") for text in bo.shows())
    assert "Ana's timer is closed. Thank you." in bo.unread()


JUST_BEFORE = [(how, seconds, ends) for how in ("down", "stall") for seconds in (10, 20, 35) for ends in (1, 4, -2)]
"""How Signal is away, for how long, and how many seconds before the end of grace it is back. No send meets it, and
left alone signal-cli hears nothing for seconds after it."""


LET_IN_WITHIN = 20.0
"""Seconds from Signal's return until an alert leaves at the latest: noticing it, listening anew, a moment of quiet."""


async def _away_at_the_end_of_grace(scene: Scene, how: Network, seconds: float, ends: float) -> None:
    end = timedelta(hours=18, minutes=35, seconds=-ends)
    await scene.until(str(end - timedelta(seconds=seconds)))
    await scene.night.stand_in.network(how)


@pytest.mark.parametrize(("how", "seconds", "ends"), JUST_BEFORE)
@story()
async def test_an_outage_just_before_the_end_of_grace_brings_no_alert_if_she_answered_during_it(
    ana: Someone, bo: Someone, scene: Scene, how: Network, seconds: float, ends: float
) -> None:
    await _arm(ana, scene)
    await _away_at_the_end_of_grace(scene, how, seconds, ends)
    await scene.passes(seconds=seconds / 2)
    await ana.says(WORD)
    await scene.passes(seconds=seconds / 2)
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=10)
    assert CLOSED in ana.unread()
    assert not any(text.startswith("Timer of Ana") for text in bo.shows())


@pytest.mark.parametrize(("how", "seconds", "ends"), JUST_BEFORE)
@story()
async def test_an_outage_just_before_the_end_of_grace_delays_the_alert_no_longer_than_listening_takes(
    ana: Someone, bo: Someone, scene: Scene, how: Network, seconds: float, ends: float
) -> None:
    await _arm(ana, scene)
    await _away_at_the_end_of_grace(scene, how, seconds, ends)
    await scene.passes(seconds=seconds)
    await scene.night.stand_in.network("up")
    await bo.reads(ALERT, within=LET_IN_WITHIN)
    await bo.reads(DETAILS)


@story()
async def test_an_answer_that_takes_long_shows_an_outage_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    """The round trip began in a stall and ended well after it; signal-cli's receiving did not survive it."""
    await _arm(ana, scene)
    await scene.until("18:34:50")
    scene.night.stand_in.faults.delay("listDevices", 6.0, times=1)
    await scene.night.stand_in.lose_connection()
    await ana.says(WORD)
    await scene.passes(minutes=5)
    assert CLOSED in ana.unread()
    assert not any(text.startswith("Timer of Ana") for text in bo.shows())


@story()
async def test_on_a_line_that_is_always_slow_the_alert_leaves_all_the_same(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await scene.until("18:31:00")
    scene.night.stand_in.faults.delay("listDevices", 5.0, times=None)
    await scene.until("18:35:00")
    await bo.reads(ALERT, within=25)
    await bo.reads(DETAILS, within=25)


@story()
async def test_without_her_word_the_alert_leaves_as_soon_as_signal_is_back(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """It says how late it is, and comes once."""
    await _arm(ana, scene)
    await scene.until("18:31:00")
    await scene.night.stand_in.network("down")
    await scene.until("18:36:30")
    await scene.night.stand_in.network("up")
    await bo.reads(ALERT, within=30)
    await bo.reads(DETAILS)
    await bo.reads_nothing(during=60)
