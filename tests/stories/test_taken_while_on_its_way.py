"""Another has taken it while an alert was on its way, and whether that arrived is not known (SPEC: steps 5 and 6)."""

import random

import pytest

from tests.stories.dialog import Scene, Someone, story

PHOTO = ("door.jpg", "image/jpeg", random.Random(3).randbytes(200_000))


def _sees_a_photo(someone: Someone) -> bool:
    return any("a photo" in text for text in someone.unread())


@pytest.mark.parametrize("after_effect", [False, True])
@story()
async def test_no_photo_comes_out_of_the_blue(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, after_effect: bool
) -> None:
    """Found: the send hung, Bo took it meanwhile, and Cy was sent her photo with no word of what it was about."""
    await ana.says("/start 5m")
    await ana.sends(PHOTO)
    await scene.until("18:10:05")
    cy.forgets()
    scene.night.stand_in.faults.hang("send", times=4, after_effect=after_effect)
    await scene.until("18:12:20")
    await bo.says("on it")
    await scene.passes(minutes=10)
    shown = cy.unread()
    assert any("Bo has it" in text for text in shown)
    assert not any("a photo" in text for text in shown)
    await scene.passes(minutes=31)  # Bo does not answer how it stands
    assert any("a photo that Ana left" in text for text in cy.unread())


@story()
async def test_nor_does_it_after_the_bot_was_killed_meanwhile(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await ana.sends(PHOTO)
    await scene.until("18:10:05")
    cy.forgets()
    scene.night.stand_in.faults.hang("send", times=4, after_effect=False)
    await scene.until("18:12:20")
    await bo.says("on it")
    await scene.restarts()
    await scene.passes(minutes=10)
    assert not _sees_a_photo(cy)
    await scene.passes(minutes=31)
    assert _sees_a_photo(cy)


@story()
async def test_what_she_adds_comes_with_the_alert_that_may_not_have_come(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: he was told that she had left more, and never of what."""
    await ana.says("/start 5m")
    await scene.until("18:10:05")
    cy.forgets()
    scene.night.stand_in.faults.hang("send", times=4, after_effect=False)
    await scene.until("18:12:20")
    await bo.says("on it")
    await scene.passes(minutes=2)
    await ana.sends(PHOTO)
    await ana.says("/note the blue door")
    await scene.passes(minutes=8)
    shown = cy.unread()
    alert = next(at for at, text in enumerate(shown) if "no word since" in text)
    assert not any("a photo" in text or "blue door" in text for text in shown[:alert])
    assert any("a photo" in text for text in shown[alert:])
    assert any("blue door" in text for text in shown[alert:])
