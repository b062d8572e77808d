"""The bot was away (SPEC: "When the bot was down")."""

from datetime import timedelta

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

AWAY = "I was away from {} to {}. "


async def _dies_until(scene: Scene, wall: str) -> None:
    await scene.dies()
    await scene.until(wall)
    await scene.night.start_bot()


@story()
async def test_down_over_the_deadline_the_alert_goes_out_and_says_how_late_it_is(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m\nRoom 12")
    await ana.reads("Saved. …")
    await scene.until("18:05")
    await _dies_until(scene, "18:30")
    await bo.reads("Timer of Ana: no word since 18:10. It is 18:30 now. …", within=7)
    told = bo.shows()[-1]
    assert "15 minutes late" in told or any("15 minutes late" in text for text in bo.shows())
    await ana.reads_each(
        "Your timer ended at 18:10. Please send your word now.",
        "I was away from 18:05 to 18:30. Your timer ended at 18:10 and is open.",
        within=7,
    )


@story()
async def test_down_over_the_question_only_she_still_has_her_grace(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await _dies_until(scene, "18:12")
    await ana.reads_each(
        "Your timer ended at 18:10. Please send your word by 18:15. …",
        "I was away from 18:00 to 18:12. Your timer ended at 18:10 and is open.",
        within=7,
    )
    await scene.until("18:14:59")
    await bo.sees_nothing(during=0.5)
    await scene.until("18:15:01")
    await bo.reads("Timer of Ana: no word since 18:10. …")


@pytest.mark.parametrize("message", [WORD, f"/safe {WORD}"])
@pytest.mark.parametrize("sent_at", ["18:05", "18:09:59", "18:14:59"])
@story()
async def test_a_word_sent_in_time_while_it_was_down_prevents_the_alert(
    ana: Someone, bo: Someone, scene: Scene, message: str, sent_at: str
) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.dies()
    await scene.until(sent_at)
    await ana.says(message)
    await scene.until("18:45")
    await scene.night.start_bot()
    await ana.reads("Thanks, noted. …", within=10)
    await bo.reads_in_group("Ana's timer is closed. Thank you.", within=20)
    await scene.passes(minutes=5)
    assert not any("no word since" in text for text in bo.shows())
    await ana.reads_nothing()


@story()
async def test_a_late_word_sent_while_it_was_down_prevents_the_alert_too(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.dies()
    await scene.until("18:40")
    await ana.says(WORD)
    await scene.until("18:45")
    await scene.night.start_bot()
    await scene.passes(minutes=1)
    assert not any("no word since" in text for text in bo.shows())


@story()
async def test_more_time_asked_for_while_it_was_down_counts_from_then(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.dies()
    await scene.until("18:09")
    await ana.says("/extend 30m")
    await scene.until("18:30")
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    assert "Saved. Your timer now runs until 18:40." in ana.unread()
    assert not any("no word since" in text for text in bo.shows())
    await scene.until("18:45:02")
    assert any("no word since 18:40" in text for text in bo.shows())


@story()
async def test_a_start_sent_while_it_was_down_counts_from_when_it_was_sent(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.dies()
    await scene.passes(minutes=1)
    await ana.says("/start 1h")
    await scene.until("18:20")
    await scene.night.start_bot()
    await ana.reads("Saved. Your timer runs until 19:01. …", within=7)
    await bo.reads_in_group("Ana's timer runs until 19:01. …", within=20)


@story()
async def test_a_start_whose_time_is_over_already_is_not_started(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Nobody told her that it counted: no answer means not received. An alert now would be a false one."""
    await scene.dies()
    await ana.says("/start 10m")
    await scene.until("19:00")
    await scene.night.start_bot()
    await ana.reads("NOT started. …", within=7)
    await scene.passes(minutes=20)
    await bo.sees_nothing()


@story()
async def test_every_passed_deadline_is_acted_upon_oldest_first(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.pair(cy, bo, word="green lantern")
    await cy.says("/start 20m")
    await ana.says("/start 10m")
    await scene.passes(seconds=2)
    bo.forgets()
    await _dies_until(scene, "19:00")
    await scene.passes(seconds=20)
    alerts = [text for text in bo.unread() if "no word since" in text and "It is" in text]
    assert [text[:12] for text in alerts] == ["Timer of Ana", "Timer of Cy:"]


@story()
async def test_a_short_restart_is_not_worth_a_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.restarts(down=timedelta(seconds=30))
    await ana.reads_nothing(during=20)


@story()
async def test_who_has_no_timer_is_not_told_of_an_absence(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.restarts(down=timedelta(minutes=30))
    await ana.sees_nothing(during=20)
    await bo.sees_nothing(during=0.5)


@story()
async def test_an_absence_before_the_deadline_is_told_with_the_time(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.until("18:10")
    await _dies_until(scene, "18:40")
    await ana.reads("I was away from 18:10 to 18:40. Your timer until 20:00 still counts.", within=20)


@story()
async def test_a_restart_between_alerts_neither_loses_nor_repeats(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.until("18:12")
    await scene.restarts()
    await scene.until("18:14:59")
    await bo.sees_nothing(during=0.5)
    await scene.until("18:15:02")
    await bo.reads("Timer of Ana: still no word since 18:05. It is 18:15 now. …")
    await bo.says("on it")
    await bo.reads("You have it. …")
    await scene.restarts()
    await scene.until("18:45:04")
    await bo.reads("Timer of Ana: how does it stand? …")


@story()
async def test_a_taking_sent_while_it_was_down_stops_the_next_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.dies()
    await bo.says("on it")
    await scene.until("18:30")
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    assert any(text.startswith("You have it.") for text in bo.unread())
    assert not any("still no word" in text for text in bo.shows())


@story()
async def test_messages_that_keep_coming_hold_up_an_alert_for_fifteen_seconds_at_most(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.dies()
    await scene.until("18:30")
    await scene.night.start_bot()
    for _ in range(20):
        await dee.says("hello")
        await scene.passes(seconds=1)
    assert any("no word since 18:10" in text for text in bo.shows())
