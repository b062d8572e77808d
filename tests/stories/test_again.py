"""`/again` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("message", ["/again", "again", "/again Ana"])
@story()
async def test_the_open_alert_comes_once_more_whole(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await scene.overdue()
    await bo.says(message)
    await bo.reads("Timer of Ana: …no word since 18:05. …1. Call Ana now. …To take it, reply: on it\n…/resolve Ana")
    await bo.reads("Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12, Hotel Ritz\nPolice: …")
    await bo.sees_nothing()
    await ana.sees_nothing()


@story()
async def test_after_he_took_it_it_does_not_say_that_nobody_has_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.says("/again")
    again = str((await bo.reads("Timer of Ana: …")).body)
    assert "Nobody has it" not in again
    assert "If nobody takes it" not in again
    await bo.reads("Timer of Ana, 2 of 2. …")


@story()
async def test_it_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    before = await scene.rows()
    await bo.says("/again")
    await bo.reads("Timer of Ana: …")
    assert await scene.rows() == before


@story()
async def test_with_nothing_open_it_says_so(ana: Someone, bo: Someone) -> None:
    for one in (ana, bo):
        await one.says("/again")
        await one.reads("Nothing changed. No message of that kind is open for you.")


@story()
async def test_an_unknown_name_shows_the_right_one(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/again Dee")
    await bo.reads("Nothing changed. Nothing is open for that name. Like this: /again Ana")


@story()
async def test_in_the_group_it_comes_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says_in_group("/again")
    await bo.reads("Timer of Ana: …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    await ana.sees_nothing()
