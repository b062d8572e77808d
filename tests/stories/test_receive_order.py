"""Order is the server's receive order, never the sender's clock (SPEC: "Ways in")."""

import pytest

from bot.practice.stand_in_server import milliseconds
from tests.stories.dialog import WORD, Scene, Someone, story

DAY = 24 * 3600 * 1000


@pytest.mark.parametrize("wrong_by", [-400 * DAY, -DAY, DAY, 400 * DAY])
@story()
async def test_a_phone_with_a_wrong_clock_is_served_alike(
    ana: Someone, bo: Someone, scene: Scene, wrong_by: int
) -> None:
    now = milliseconds(scene.clock)
    await ana.phone.send("/start 10m", timestamp=now + wrong_by)
    await ana.reads("Saved. Your timer runs until 18:10. …")
    await ana.phone.send("/extend 10m", timestamp=now + wrong_by - 5000)
    await ana.reads("Saved. Your timer now runs until 18:20.")
    await scene.until("18:25:02")
    assert any("no word since 18:20" in text for text in bo.unread())
    bo.forgets()
    await ana.phone.send(WORD, timestamp=now + wrong_by + 1)
    await bo.reads("Ana has sent the word, 18:25: …")
    assert await scene.check_in(ana) is None


@story()
async def test_what_arrives_together_is_handled_in_order(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.phone.send("/start 30m")
    await ana.phone.send("/extend 30m")
    await ana.phone.send(WORD)
    await ana.phone.send("/start 20m")
    await ana.reads("Saved. Your timer runs until 18:30. …")
    await ana.reads("Saved. Your timer now runs until 19:00.")
    await ana.reads("Thanks, noted. …")
    await ana.reads("Saved. Your timer runs until 18:20. …")


@story()
async def test_what_waited_while_the_bot_was_down_is_handled_in_order(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.dies()
    now = milliseconds(scene.clock)
    await ana.phone.send("/start 30m", timestamp=now + 50_000)
    await scene.passes(seconds=10)
    await ana.phone.send("/extend 30m", timestamp=now - 50_000)
    await scene.passes(seconds=10)
    await ana.phone.send("/extend 20m", timestamp=now)
    await scene.night.start_bot()
    await ana.reads("Saved. Your timer runs until 18:30. …", within=10)
    await ana.reads("Saved. Your timer now runs until 19:00.", within=10)
    await ana.reads("Saved. Your timer now runs until 19:20.", within=10)


@story()
async def test_one_person_does_not_wait_for_another(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    for one in (ana, bo, cy) * 5:
        await one.phone.send("/status")
    for one in (ana, bo, cy) * 5:
        await one.reads("No timer runs. …")


@story()
async def test_after_the_word_there_is_nothing_left_to_extend(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.phone.send(WORD)
    await ana.phone.send("/extend 30m")
    await ana.reads("Thanks, noted. …")
    await ana.reads("Nothing changed. No timer runs. …")
    await scene.passes(minutes=40)
    assert not any("no word since" in text for text in bo.unread())


async def _delayed(scene: Scene, someone: Someone, text: str, seconds: float) -> None:
    """The server has it now, the bot only after so long: signal-cli asks for a message again, or held it back."""
    messages = scene.night.stand_in.faults.messages
    messages.delay, messages.delay_seconds = 1.0, (seconds, seconds)
    await someone.says(text)
    messages.delay = 0.0


@pytest.mark.parametrize("message", [WORD, f"/safe {WORD}", f"/cancel {WORD}", f"/extend 3h {WORD}"])
@story()
async def test_a_word_from_before_the_start_does_not_touch_the_timer(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    await _delayed(scene, ana, message, 300)
    await scene.passes(minutes=2)
    await ana.says("/start 10m")
    await ana.reads("Saved. Your timer runs until 18:12. …")
    await scene.until("18:05:01")
    await ana.reads("Nothing changed. …")
    await scene.until("18:17:02")
    assert any("no word since 18:12" in text for text in bo.unread())


@story()
async def test_a_wrong_word_from_before_the_start_is_no_try(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _delayed(scene, ana, "/safe yellow zebra", 900)
    await scene.passes(minutes=2)
    await ana.says("/start 10m")
    await scene.until("18:15:01")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0


@pytest.mark.parametrize("message", ["on it", "/ack", "/resolve Ana"])
@story()
async def test_a_taking_of_last_time_does_not_take_the_next_one(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    await scene.overdue()
    await _delayed(scene, bo, message, 1200)
    await ana.says(WORD)
    await scene.passes(minutes=5)
    await scene.overdue()
    await scene.until("18:30:05")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert (check_in.taken_by, check_in.resolved_by) == (None, None)


@story()
async def test_a_word_that_was_late_on_its_way_still_ends_the_timer_it_was_meant_for(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.passes(minutes=1)
    await _delayed(scene, ana, WORD, 120)
    await scene.passes(minutes=2, seconds=2)
    assert await scene.check_in(ana) is None
