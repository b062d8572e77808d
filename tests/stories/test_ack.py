"""`/ack`, "on it" and 👍 (SPEC: Commands). What follows: test_taken.py. Reactions: test_reactions.py."""

import pytest

from tests.stories.dialog import Scene, Someone, story

TAKEN = "You have it. Thank you. Call Ana; when you have spoken: /resolve Ana\nI ask you how it stands at 18:40."


@pytest.mark.parametrize(
    "message", ["/ack", "ack", "on it", "On it!", "I'm on it", "im on it.", "/ack Ana", "/ack ana"]
)
@story()
async def test_he_takes_it(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await scene.overdue()
    await bo.says(message)
    await bo.reads(TAKEN)
    await scene.until("18:39")
    await bo.sees_nothing()
    await ana.sees_nothing()


@pytest.mark.parametrize("message", ["/ack", "on it"])
@story()
async def test_with_nothing_open_nothing_changes(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await ana.says("/start 30m")
    await bo.reads_in_group("Ana's timer runs …")
    before = await scene.rows()
    await bo.says(message)
    await bo.reads("Nothing changed. Nothing is open for you right now.")
    assert await scene.rows() == before


@story()
async def test_she_cannot_take_her_own(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    before = await scene.rows()
    await ana.says("/ack")
    await ana.reads("Nothing changed. Nothing is open for you right now.")
    assert await scene.rows() == before


@story()
async def test_who_was_not_alerted_cannot_take_it(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await cy.says("/ack")
    await cy.reads("Nothing changed. Nothing is open for you right now.")
    await scene.until("18:12:01")
    await cy.reads("Timer of Ana: …")


@story()
async def test_twice_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/ack")
    await bo.reads(TAKEN)
    before = await scene.rows()
    await bo.says("/ack")
    await bo.reads("Nothing changed: you have it already. When you have spoken with Ana: /resolve Ana")
    assert await scene.rows() == before


@story()
async def test_an_unknown_name_changes_nothing_and_shows_the_right_one(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    before = await scene.rows()
    await bo.says("/ack Dee")
    await bo.reads("Nothing changed. Nothing is open for that name. Like this: /ack Ana")
    assert await scene.rows() == before


@story()
async def test_with_two_open_the_bot_asks_which_and_both_go_on(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.pair(cy, bo, word="green lantern")
    await cy.says("/start 5m")
    await scene.overdue()
    before = await scene.rows()
    await bo.says("on it")
    asked = str((await bo.reads("Nothing changed, and I go on with all of them. Which one? /ack …")).body)
    assert asked.endswith(("/ack Ana, /ack Cy", "/ack Cy, /ack Ana"))
    assert await scene.rows() == before
    await bo.says("/ack Cy")
    await bo.reads("You have it. Thank you. Call Cy; …")
    await scene.passes(minutes=6)
    assert any(text.startswith("Timer of Ana: still no word") for text in bo.unread())
    assert not any(text.startswith("Timer of Cy: still no word") for text in bo.unread())


@story()
async def test_in_the_group_the_slash_counts_and_is_answered_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says_in_group("/ack")
    await bo.reads(TAKEN)
    await ana.sees_nothing()
    await bo.reads_nothing_in_group()


@story()
async def test_in_the_group_on_it_without_slash_does_not_count_but_he_is_told_where_it_does(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    before = await scene.rows()
    await bo.says_in_group("on it")
    await bo.reads("Nothing changed. To take it, please reply here: on it")
    await ana.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_in_the_group_on_it_is_just_talk_while_nothing_is_open(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await bo.reads_in_group("Ana's timer runs …")
    for one in (ana, bo):
        await one.says_in_group("on it")
    await bo.sees_nothing()
    assert not any("on it" in text for text in ana.unread())


@story()
async def test_whoever_has_called_it_off_is_not_told_so_of_himself_by_name(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found: he read that Bo says that they have spoken."""
    await scene.overdue()
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("on it")
    await bo.reads("Nothing changed. You have said that you two have spoken. If it is not over: /reopen Ana")
