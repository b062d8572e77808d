"""A new phone of which she is not told yet, on both evenings: what either word does about it shows nowhere."""

import pytest

from tests.stories.two_evenings import Night, Script, assert_alike


async def ordered(night: Night) -> None:
    scene = night.scene
    await scene.passes(minutes=4)
    await night.cy.phone.reinstall()
    await night.cy.says_in_group("Hi, I have a new phone")  # noticed by that; the bot answers nothing there
    await scene.passes(minutes=6)
    await night.writes("/start 30m")
    await night.writes(night.word)
    await scene.passes(minutes=5)
    await night.writes(f"/order Bo Cy {night.word}")
    await night.writes("/start 30m with Cy")
    await scene.passes(minutes=10)
    await night.writes("/status")
    await night.writes(night.word)


async def confirmed(night: Night) -> None:
    scene = night.scene
    await scene.passes(minutes=4)
    await night.cy.phone.reinstall()
    await night.cy.says_in_group("Hi, I have a new phone")  # noticed by that; the bot answers nothing there
    await scene.passes(minutes=6)
    await night.writes("/start 30m")
    await night.writes(night.word)
    await scene.passes(minutes=5)
    await night.writes(f"/confirm Cy {night.word}")
    await night.writes("/start 30m with Cy")
    await scene.passes(minutes=10)
    await night.writes("/status")
    await night.writes(night.word)


async def won_again(night: Night) -> None:
    scene = night.scene
    await scene.passes(minutes=4)
    await night.cy.phone.reinstall()
    await scene.passes(minutes=4)
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes(f"/unpair Cy {night.word}")
    await scene.passes(minutes=10)
    night.ana.forgets()
    night.cy.forgets()
    code = await night.ana.invites()
    for message in (f"/join {code}", "/accept"):
        await night.cy.says(message)
        await scene.passes(seconds=2)
    await night.writes(f"/confirm Cy {night.word}")
    await scene.passes(minutes=10)
    await night.writes("/start 30m with Cy")
    await scene.passes(minutes=10)
    await night.writes("/status")
    await night.writes(night.word)


@pytest.mark.parametrize("script", [ordered, confirmed, won_again], ids=lambda one: one.__name__)
def test_her_phone_shows_the_same(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_alike(script, monkeypatch)
