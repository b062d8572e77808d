"""What a buddy means by a yes while an alert and an alarm are open is never guessed (SPEC: step 6, "Silent alarm")."""

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import Scene, Someone, story


@story()
async def test_a_thumb_on_another_message_takes_no_alarm(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: her alert had been refused once and then sent; a thumb on a line that said who has a friend's timer took
    her alarm, and nobody else was alerted of it."""
    await scene.pair(dee, bo, "blue anchor")
    await ana.says("/start 5m")
    await scene.until("18:08:00")
    await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5, times=1)
    await dee.says("/sos")
    await scene.until("18:12:40")
    bo.forgets()
    scene.night.stand_in.faults.delay("send", 6.0, times=4, after_effect=True)
    await cy.says("/ack")
    notice = await bo.reads("Timer of Ana: Cy has it. …", within=10)
    await bo.reacts("👍", notice)
    await scene.passes(seconds=15)
    bo.forgets()
    await scene.passes(minutes=15)
    assert any(text.startswith("About Dee: please read all of this first.") for text in bo.unread())


@story()
async def test_on_it_to_an_alarm_takes_no_timer_from_whoever_has_it(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: Cy, who was on the way to Dee, read that Bo has it; Bo had meant the alarm about Ana."""
    await both_words(ana, bo, cy)
    for buddy in (bo, cy):
        await scene.pair(dee, buddy, "blue anchor")
    await dee.says("/start 5m")
    await scene.passes(minutes=13)
    await cy.says("on it")
    await scene.passes(minutes=1)
    await ana.says(DURESS)
    await scene.passes(seconds=3)
    for someone in (bo, cy):
        someone.forgets()
    await bo.says("on it")
    await bo.reads("Nothing changed, and I go on with all of them. Which one? …")
    await scene.passes(seconds=3)
    assert cy.unread() == []
