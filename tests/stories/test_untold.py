"""With *alerts only* nobody is told before an alert, also not by what the bot answers (SPEC: `/status`, Armed)."""

import pytest

from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("message", ["/status", "/name Robert", "/settings", "/buddies", "/help"])
@story()
async def test_a_buddy_on_call_who_was_told_nothing_is_answered_as_always(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    async def answers() -> list[str]:
        await bo.says(message)
        await scene.passes(seconds=2)
        found = bo.unread()
        bo.forgets()
        return found

    before = await answers()
    await scene.chooses(ana, alerts_only=True)
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    assert before
    assert await answers() == before


@story()
async def test_nor_does_his_file_tell_him(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.chooses(ana, alerts_only=True)
    await bo.says("/export")
    before = await bo.gets_file("…")
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    await bo.says("/export")
    assert (await bo.gets_file("…")).splitlines()[1:] == before.splitlines()[1:]
