"""Whatever was away over the deadline and the end of grace: she is asked once (SPEC: "When Signal is down")."""

import pytest

from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("how", ["down", "stall", "dead", "leap"])
@story()
async def test_she_is_asked_once_for_her_word(ana: Someone, bo: Someone, scene: Scene, how: str) -> None:
    await ana.says("/start 10m\nRoom 12")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:05")
    if how == "dead":
        await scene.dies()
        await scene.until("18:40")
        await scene.night.start_bot()
    elif how == "leap":
        scene.clock.step(35 * 60)
    else:
        await scene.night.stand_in.network(how)  # type: ignore[arg-type]
        await scene.until("18:40")
        await scene.night.stand_in.network("up")
    await scene.passes(seconds=80)
    asked = [text for text in ana.unread() if "Please send your word" in text]
    assert asked == ["Your timer ended at 18:10. Please send your word now."]
