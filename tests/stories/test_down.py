"""The bot away, Signal away, clocks that jump (SPEC: "When the bot was down", "When Signal is down")."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

AWAY = "I was away from {} to {}. "


async def _dies_until(scene: Scene, wall: str) -> None:
    await scene.dies()
    await scene.until(wall)
    await scene.night.start_bot()


# --- the bot was down


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


# --- Signal is down


@pytest.mark.parametrize("how", ["down", "stall"])
@story()
async def test_without_signal_nothing_is_dropped_and_one_alert_goes_out_when_it_is_back(
    ana: Someone, bo: Someone, scene: Scene, how: str
) -> None:
    await ana.says("/start 10m\nRoom 12")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:05")
    await scene.night.stand_in.network(how)  # type: ignore[arg-type]
    await scene.until("18:40")
    await bo.sees_nothing(during=0.5)
    await scene.night.stand_in.network("up")
    await scene.passes(seconds=80)
    texts = bo.unread()
    assert sum("no word since 18:10. It is" in text for text in texts) <= (1 if how == "down" else 2)
    assert any("no word since 18:10. It is" in text for text in texts)
    assert sum("Room 12" in text for text in texts) == 1
    assert any("Your timer ended at 18:10" in text for text in ana.unread())


@story()
async def test_a_word_sent_while_signal_was_down_prevents_the_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.until("18:05")
    await scene.night.stand_in.network("down")
    await scene.until("18:09")
    await ana.says(WORD)
    await scene.until("18:40")
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=3)
    assert not any("no word since 18:10" in text for text in bo.shows())
    assert "Thanks, noted. Good night." in ana.unread()


@story()
async def test_after_a_stall_an_alert_that_was_on_its_way_is_followed_by_the_all_clear(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """A try that hung in a stalled network may arrive before her word is heard."""
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.until("18:05")
    await scene.night.stand_in.network("stall")
    await scene.until("18:09")
    await ana.says(WORD)
    await scene.until("18:40")
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=3)
    direct = [str(e.body) for e in bo.phone.history if e.kind == "text" and e.group_id is None and e.sender == "bot"]
    told = [text for text in direct if text.startswith(("Timer of Ana", "Ana is back"))]
    assert told == [] or told[-1].startswith("Ana is back")
    assert sum("no word since" in text for text in told) <= 1
    assert "Thanks, noted. Good night." in ana.unread()


@story()
async def test_a_reminder_is_not_sent_late(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.until("18:15")
    await scene.night.stand_in.network("down")
    await scene.until("18:31")
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=2)
    assert not any("is close" in text for text in ana.unread())


# --- signal-cli dies


@pytest.mark.parametrize("lose", [False, True])
@story()
async def test_signal_cli_killed_and_started_again(ana: Someone, bo: Someone, scene: Scene, lose: bool) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.night.stand_in.kill_signal_cli(lose_message_in_hand=lose)
    await scene.passes(seconds=10)
    await scene.night.stand_in.start_signal_cli()
    await scene.passes(seconds=10)
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:10. …")
    await scene.until("18:15:01")
    await bo.reads("Timer of Ana: no word since 18:10. …")


@story()
async def test_signal_cli_dead_over_the_deadline(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:08")
    await scene.night.stand_in.kill_signal_cli()
    await scene.until("18:20")
    await scene.night.stand_in.start_signal_cli()
    await bo.reads("Timer of Ana: …no word since 18:05. It is 18:20 now. …", within=25)


@story()
async def test_signal_cli_that_dies_while_an_alert_is_sent(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:09:59")
    scene.night.stand_in.faults.die_at_call("send")
    await scene.passes(seconds=5)
    await scene.night.stand_in.start_signal_cli()
    await bo.reads("Timer of Ana: no word since 18:05. …", within=25)


@story()
async def test_a_daemon_that_hangs_on_a_send_does_not_hold_up_the_alert_to_another(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    scene.night.stand_in.faults.hang("send", times=1)
    await ana.says("/status")
    await scene.until("18:12:01")
    await cy.reads("Timer of Ana: no word since 18:05. …", within=5)


# --- clocks


@pytest.mark.parametrize("minutes", [5, 60, 600])
@story()
async def test_a_suspended_host_acts_as_soon_as_it_wakes(ana: Someone, bo: Someone, scene: Scene, minutes: int) -> None:
    """The wall goes on while nothing runs: seen from inside, the clock steps forward."""
    await ana.says("/start 5m\nRoom 12")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.passes(minutes=1)
    scene.clock.step(minutes * 60 + 300)
    await bo.reads("Timer of Ana: no word since …18:05. …", within=40)


@story()
async def test_a_clock_set_forward_past_the_deadline_asks_and_alerts(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.passes(minutes=1)
    scene.clock.step(31 * 60)
    await ana.reads_each(
        "I was away from 18:00 to 18:32. Your timer ended at 18:30 and is open.",
        "Your timer ended at 18:30. Please send your word by 18:35. …",
        within=40,
    )


@story()
async def test_a_clock_set_back_keeps_the_deadline_of_the_wall(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:05")
    scene.clock.step(-3600)
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:10. …")
    await scene.until("18:09:59")
    await ana.reads_nothing(during=0.5)
    await scene.until("18:10:02")
    await ana.reads("Your timer ended at 18:10. …", within=5)
    await scene.until("18:15:05")
    await bo.reads("Timer of Ana: no word since 18:10. …", within=5)


@story()
async def test_answers_still_come_at_once_after_the_clock_was_set_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    scene.clock.step(-7200)
    for _ in range(3):
        await ana.says("/status")
        await ana.reads("No timer runs. …")
    await ana.says("/start 10m")
    await ana.reads("Saved. Your timer runs until 16:10. …")


SPRING = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, 0, 10, tzinfo=UTC)


@story(at=SPRING)
async def test_over_the_night_of_the_lost_hour_a_length_is_a_length(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await ana.reads("Saved. Your timer runs until 02:30. …")
    await scene.passes(minutes=64, seconds=58)
    assert not any("no word since" in text for text in bo.shows())
    await scene.passes(seconds=4)
    assert any("no word since 02:30. It is 02:35" in text for text in bo.shows())


@story(at=SPRING)
async def test_a_time_that_the_clock_skips_is_asked_back(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 01:30")
    await ana.reads("NOT started: the clocks change, and that time does not exist. Nearest: /start …")


@story(at=AUTUMN)
async def test_over_the_night_of_the_hour_twice_a_length_is_a_length(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await ana.reads("Saved. Your timer runs until 01:10 GMT. …")
    await scene.passes(minutes=65, seconds=2)
    assert any("no word since 01:10 GMT" in text for text in bo.shows())


@story(at=AUTUMN)
async def test_of_a_time_that_comes_twice_the_first_is_taken(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 01:45")
    await ana.reads("Saved. Your timer runs until 01:45 BST. …")


@story(at=datetime(2027, 10, 2, 14, 0, tzinfo=UTC), zone="Australia/Lord_Howe")
async def test_the_half_hour_of_lord_howe(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. Your timer runs until 03:00. …")
    await scene.passes(minutes=125, seconds=2)
    assert any("no word since 03:00" in text for text in bo.shows())


@story(at=datetime(2027, 3, 14, 6, 30, tzinfo=UTC), zone="America/New_York")
async def test_the_night_of_new_york(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 03:30")
    await ana.reads("Saved. Your timer runs until 03:30. …")
    await ana.says("/extend 30m")
    await ana.reads("Saved. Your timer now runs until 04:00.")
