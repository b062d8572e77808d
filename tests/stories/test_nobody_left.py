"""Not all buddies can be marked, but those who are not can leave (SPEC: `/order`, "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("message", [DURESS, "/sos"])
@story()
async def test_if_only_those_she_marked_are_left_the_operator_learns_that_nobody_is_told(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, message: str
) -> None:
    await both_words(ana, bo, cy)
    await scene.spares(ana, cy)
    await bo.says("/unpair Ana")
    await scene.passes(seconds=2)
    await ana.says(message)
    await scene.passes(seconds=2)
    (told,) = scene.night.operator.told
    assert "nobody left whom I may tell" in told
    await cy.sees_nothing()
