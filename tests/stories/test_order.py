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
    await bo.reads("Ana is back, 18:25. …")
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
