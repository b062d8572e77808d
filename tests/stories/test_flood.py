"""However much is written to the bot, and however slowly answers leave: an alert waits for none of it."""

from tests.stories.dialog import Scene, Someone, story

MANY = 300
SEND_TAKES = 2.0
"""Seconds for each call: the answers alone need more than a minute."""


async def flooded_by(someone: Someone) -> None:
    """All at once, just before an alert is due."""
    for _ in range(MANY):
        await someone.phone.send("/tz Europe/London")


async def ana_is_overdue_while(someone: Someone, ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12")
    await scene.until("18:09:58")
    bo.forgets()
    scene.night.stand_in.faults.delay("send", SEND_TAKES)
    await flooded_by(someone)
    await scene.until("18:10:00")


async def answers_still_missing(someone: Someone) -> bool:
    answers = [event for event in someone.phone.history if (event.body or "").startswith("Saved. Your time zone")]
    return len(answers) < MANY


@story()
async def test_a_flood_from_a_stranger_to_her_delays_no_alert(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.let_in(dee)
    await ana_is_overdue_while(dee, ana, bo, scene)
    await bo.reads("Timer of Ana: no word since 18:05. …", within=1 + SEND_TAKES)
    assert await answers_still_missing(dee)


@story()
async def test_a_flood_from_her_own_buddy_delays_it_by_what_his_messages_are_waited_for_at_most(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana_is_overdue_while(bo, ana, bo, scene)
    assert not any("no word since" in text for text in bo.shows())
    await scene.passes(seconds=5 + 1 + SEND_TAKES)
    assert any(text.startswith("Timer of Ana: no word since 18:05.") for text in bo.shows())
    assert await answers_still_missing(bo)
