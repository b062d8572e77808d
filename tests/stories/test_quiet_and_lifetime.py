"""Whoever was left quietly cannot tell it by how long the messages of the group stay (SPEC: `/unpair … quietly`)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.groups import seen

HIS = "velvet hacksaw"


def _lifetimes(*, quietly: bool, each_others: bool, hers_later: str | None) -> list[int]:
    """In minutes, as he sees them: at first, after what she sets, and after what he sets."""
    found: list[int] = []

    @story()
    async def told(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
        if each_others:
            await scene.pair(bo, ana, HIS)
        group = await scene.group_of(ana, bo)

        async def look() -> None:
            await scene.passes(minutes=12)
            found.append((await seen(scene, group))["expiration"] // 60)

        await ana.says("/settings messages 2h")
        await look()
        if quietly:
            await ana.says(f"/unpair Bo {WORD} quietly")
        if hers_later is not None:
            await scene.passes(minutes=1)
            await ana.says(f"/settings messages {hers_later}")
        await look()
        await bo.says("/settings messages 8h")
        await look()

    told()
    return found


@pytest.mark.parametrize("hers_later", [None, "1h", "3h"])
@pytest.mark.parametrize("each_others", [False, True])
def test_he_sees_what_he_would_see_had_she_stayed(each_others: bool, hers_later: str | None) -> None:
    stayed = _lifetimes(quietly=False, each_others=each_others, hers_later=hers_later)
    left = _lifetimes(quietly=True, each_others=each_others, hers_later=hers_later)
    assert left == stayed
    assert stayed[0] == 120
