"""Every command is answered (SPEC: Commands), also where nobody in the group has an account at that moment."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize(
    ("text", "answer"), [(f"/safe {WORD}", "Ana's timer is closed. …"), ("/extend banana", "Nothing changed. …")]
)
@story()
async def test_who_was_gone_for_a_moment_is_answered_directly(
    ana: Someone, bo: Someone, scene: Scene, text: str, answer: str
) -> None:
    """Found: her buddy had deleted Signal, and of her word in the group she was told nothing."""
    await ana.says("/start 2h")
    await scene.passes(seconds=5)
    await bo.phone.unregister()
    scene.night.stand_in.faults.delay("send", 1.0, times=1)
    await ana.says_in_group(text)
    await ana.phone.unregister()
    await scene.passes(seconds=4)
    ana.forgets()
    await ana.phone.register()
    await ana.reads(answer, within=30)
