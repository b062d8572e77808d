"""`/sos [text]`: no word, no answer but reactions (SPEC: Commands)."""

import pytest

from bot.practice.stand_in_content import Event
from tests.stories.alarms import FIRST
from tests.stories.dialog import Scene, Someone, story

ALERT = FIRST + "At 18:00, Ana asked me to tell all buddies at once. …"


def reactions(someone: Someone, to: int) -> list[str]:
    found: list[Event] = [event for event in someone.phone.history if event.kind == "reaction"]
    return [e.data["reaction"]["emoji"] for e in found if e.data["reaction"]["timestamp"] == to]


@pytest.mark.parametrize("message", ["/sos", "sos", "SOS", "/sos behind the station", "sos behind the station"])
@story()
async def test_it_is_answered_by_reactions_alone(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    sent = await ana.says(message)
    await bo.reads(ALERT)
    await scene.passes(seconds=2)
    assert reactions(ana, sent) == ["👍", "✅"]
    await ana.sees_nothing()
    if "station" in message:
        await bo.reads("…behind the station…")
    await bo.sees_nothing()


@story()
async def test_the_second_reaction_waits_for_a_phone(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.go_offline()
    sent = await ana.says("/sos")
    await scene.passes(seconds=5)
    assert reactions(ana, sent) == ["👍"]
    await bo.phone.go_online()
    await scene.passes(seconds=2)
    assert reactions(ana, sent) == ["👍", "✅"]


@story()
async def test_in_a_group_it_counts_and_is_not_answered(ana: Someone, bo: Someone, scene: Scene) -> None:
    sent = await ana.says_in_group("/sos")
    await bo.reads(ALERT)
    await scene.passes(seconds=2)
    assert reactions(ana, sent) == []
    await ana.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_without_a_buddy_she_is_told_so(ana: Someone) -> None:
    await ana.says("/sos")
    await ana.reads("Nothing changed. You have no buddy I could tell. To ask somebody: /invite")


@story()
async def test_it_leaves_her_timer_alone(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    before = await scene.check_in(ana)
    await ana.says("/sos")
    await bo.reads(ALERT)
    assert await scene.check_in(ana) == before


@story()
async def test_help_with_other_words_during_a_timer_points_to_it(ana: Someone, bo: Someone) -> None:
    await ana.says("help me please")
    await ana.reads("Nothing changed. I did not understand that. …")
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    for message in ("help me please", "/help me", "help!!! he is here"):
        await ana.says(message)
        await ana.reads("Nothing changed. To have your buddies told at once, send: /sos")
    await ana.says("help start")
    await ana.reads("/start 2h: …")
