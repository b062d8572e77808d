"""Other messages that waited while the bot was down: what they set going begins when it is told."""

from tests.stories.dialog import Scene, Someone, story


@story()
async def test_a_voucher_that_waited_leaves_her_the_whole_day(ana: Someone, bo: Someone, scene: Scene) -> None:
    """She learns of it only now: somebody else may have asked, and she needs the day to stop it."""
    await ana.says("/reset")
    await scene.passes(seconds=5)
    assert any("vouch" in text for text in bo.unread())
    await scene.night.stop_bot()
    await bo.says("/vouch Ana")
    await scene.passes(hours=23, minutes=50)
    await scene.night.start_bot()
    await scene.passes(minutes=15)
    told = ana.unread()
    assert await scene.has_word(ana), told


@story()
async def test_a_status_that_waited_tells_after_the_deadline_no_more_than_time_and_state(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.until("18:05")
    ana.forgets()
    await scene.night.stop_bot()
    await ana.says("/status")
    await scene.until("18:30")
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    answers = [text for text in ana.unread() if text.startswith("Your timer")]
    assert not any("runs until" in text for text in answers), answers
    assert not any("Bo" in text for text in answers), answers
