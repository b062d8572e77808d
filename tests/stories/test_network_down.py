"""Signal's network away, and signal-cli dead (SPEC: "When Signal is down")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


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
    told = [text for text in direct if text.startswith(("Timer of Ana", "Ana has sent the word"))]
    assert told == [] or told[-1].startswith("Ana has sent the word")
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
