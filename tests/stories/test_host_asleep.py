"""A suspended host, and a clock that jumps: deadlines hold, and her word comes first (SPEC: "When the bot was down").

While the host sleeps nothing runs, the bot's loop stands still, and signal-cli has no connection; the clock goes on.
When it wakes up that connection is dead, and signal-cli does not know.
"""

from datetime import timedelta

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 19:00. …"
QUESTION = "Your timer ended at 19:00. Please send your word now."
CLOSED = "Thanks, noted. Good night."
GROUP_END = "Ana's timer is closed. Thank you."


async def _arm(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 1h\nRoom 12, Hotel Ritz")
    await ana.reads("Saved. Your timer runs until 19:00. …")
    await scene.passes(seconds=2)
    for someone in scene.people.values():
        someone.forgets()


async def _fall_asleep(scene: Scene) -> None:
    await scene.night.stand_in.network("down")


async def _wake_up(scene: Scene, after: timedelta) -> None:
    scene.clock.step(after.total_seconds())
    await scene.night.stand_in.network("up")
    await scene.night.stand_in.lose_connection()


@pytest.mark.parametrize("slept", [timedelta(minutes=46), timedelta(hours=2), timedelta(hours=13)])
@story()
async def test_her_word_that_waited_at_signal_prevents_the_alert(
    ana: Someone, bo: Someone, scene: Scene, slept: timedelta
) -> None:
    await _arm(ana, scene)
    await scene.until("18:30:00")
    await _fall_asleep(scene)
    await ana.says(WORD)
    await _wake_up(scene, slept)
    await ana.reads(CLOSED, within=30)
    await scene.passes(minutes=30)
    assert ana.unread() == [GROUP_END]
    assert bo.unread() == [GROUP_END]


@story()
async def test_asleep_from_the_question_on_her_word_prevents_the_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await scene.until("19:01:00")
    await _fall_asleep(scene)
    await ana.says(WORD)
    await _wake_up(scene, timedelta(hours=1))
    await scene.passes(minutes=10)
    assert bo.unread() == [GROUP_END]


@story()
async def test_without_her_word_the_alert_leaves_soon_after_waking_and_says_how_late_it_is(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _arm(ana, scene)
    await scene.until("18:30:00")
    await _fall_asleep(scene)
    await _wake_up(scene, timedelta(hours=2))
    await bo.reads(
        "Timer of Ana: no word since 19:00. It is 20:30 now. Most often this is just a delay.\n"
        "This message comes 1 hour 25 minutes late: I was not running, or could not reach Signal.\n…",
        within=30,
    )
    await bo.reads("Timer of Ana, 2 of 2. …Hotel Ritz…")
    await bo.reads_nothing(during=200)


@story()
async def test_she_is_told_of_the_absence_if_her_timer_is_still_open(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await scene.until("18:30:10")
    await _fall_asleep(scene)
    await _wake_up(scene, timedelta(hours=2))
    await scene.passes(seconds=30)
    told = [text for text in ana.unread() if text.startswith("I was away")]
    assert told == ["I was away from 18:30 to 20:30. Your timer ended at 19:00 and is open."]
    assert QUESTION in ana.unread()


@story()
async def test_she_is_told_that_her_timer_still_counts(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await scene.until("18:10:10")
    await _fall_asleep(scene)
    await _wake_up(scene, timedelta(minutes=20))
    await ana.reads("I was away from 18:10 to 18:30. Your timer until 19:00 still counts.", within=30)
    await scene.until("18:50:00")
    await ana.reads("19:00 is close. …")
    await scene.until("19:00:00")
    await ana.reads("Your timer ended at 19:00. Please send your word by 19:05. …")
    await scene.until("19:05:00")
    await bo.reads(ALERT)


@story()
async def test_who_started_only_after_waking_is_not_told(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _fall_asleep(scene)
    await ana.says("/start 1h")
    await _wake_up(scene, timedelta(minutes=5))
    await ana.reads("Saved. …", within=30)
    await ana.reads_nothing(during=60)


@story()
async def test_a_short_nap_is_not_worth_a_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await _fall_asleep(scene)
    await _wake_up(scene, timedelta(seconds=40))
    await ana.sees_nothing(during=60)


@story()
async def test_asleep_again_and_again_no_deadline_is_lost(ana: Someone, bo: Someone, scene: Scene) -> None:
    """A laptop on a bad battery: awake for some seconds every quarter of an hour."""
    await _arm(ana, scene)
    for _ in range(5):
        await _fall_asleep(scene)
        await _wake_up(scene, timedelta(minutes=15))
        await scene.passes(seconds=12)
    await bo.reads(ALERT, within=30)


@story()
async def test_a_clock_set_back_delays_no_question_beyond_its_time(ana: Someone, bo: Someone, scene: Scene) -> None:
    """It was wrong before; from now on it shows 18:15 at what it called 18:45."""
    await _arm(ana, scene)
    await scene.until("18:45:00")
    scene.clock.step(-timedelta(minutes=30).total_seconds())
    await scene.until("18:50:00")
    await ana.reads("19:00 is close. …")
    await scene.until("19:00:00")
    await ana.reads("Your timer ended at 19:00. …", within=2)
    await scene.until("19:05:00")
    await bo.reads(ALERT, within=2)


@story()
async def test_a_clock_set_back_holds_up_no_alert_that_waits_for_another_try(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Its pause ends by the old clock; by the new one that would be in half an hour."""
    await _arm(ana, scene)
    await scene.until("19:04:50")
    limit = await scene.night.stand_in.rate_limit("Bo", 429, retry_after=120)
    await scene.until("19:05:05")
    await bo.reads_nothing(during=0)
    await scene.night.stand_in.clear_faults(limit)
    scene.clock.step(-timedelta(minutes=30).total_seconds())
    await bo.reads(ALERT, within=40)


@story()
async def test_nor_one_that_was_set_back_while_the_bot_was_down(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await scene.until("19:04:50")
    limit = await scene.night.stand_in.rate_limit("Bo", 429, retry_after=120)
    await scene.until("19:05:05")
    await scene.night.stand_in.clear_faults(limit)
    await scene.night.stop_bot()
    scene.clock.step(-timedelta(minutes=30).total_seconds())
    await scene.night.start_bot()
    await bo.reads(ALERT, within=40)


@story()
async def test_a_clock_set_forward_alerts_when_the_new_time_says_so_and_hears_her_first(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """The bot cannot know that nobody slept; so it listens once more, and then acts."""
    await _arm(ana, scene)
    await scene.until("18:30:00")
    scene.clock.step(timedelta(minutes=40).total_seconds())
    await bo.reads_nothing(during=4)
    await bo.reads(ALERT, within=30)
