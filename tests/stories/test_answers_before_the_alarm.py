"""What a buddy wrote before he can have heard of an alarm does not touch it (SPEC: "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("answer", ["/resolve Ana", "on it"])
@story()
async def test_it_is_told_although_he_answered_before_it_could_leave(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, answer: str
) -> None:
    """After a start alerts wait until Signal has settled. Found by a simulated night: the alarm paused by an answer to
    something else, ended, and nobody had ever got the alert."""
    await both_words(ana, bo, cy)
    await scene.dies()
    await scene.passes(minutes=2)
    await scene.night.start_bot()
    await scene.passes(seconds=0.5)
    await ana.says(DURESS)
    await scene.passes(seconds=1)
    await bo.says(answer)
    await scene.passes(minutes=1)
    for one in (bo, cy):
        assert any(text.startswith(FIRST) for text in one.unread())
