"""A new phone of which she is not told yet, on both evenings: what either word does about it shows nowhere."""

from collections.abc import Awaitable, Callable

import pytest

from tests.stories.two_evenings import Night, assert_alike


async def ordered(night: Night) -> None:
    await _noticed_by_what_he_says_in_the_group(night)
    await night.writes(f"/order Bo Cy {night.word}")


async def confirmed(night: Night) -> None:
    await _noticed_by_what_he_says_in_the_group(night)
    await night.writes(f"/confirm Cy {night.word}")


async def _noticed_by_what_he_says_in_the_group(night: Night) -> None:
    """The bot answers nothing there."""
    await night.cy.phone.reinstall()
    await night.cy.says_in_group("Hi, I have a new phone")
    await night.scene.passes(minutes=6)
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.scene.passes(minutes=5)


async def won_again(night: Night) -> None:
    await night.cy.phone.reinstall()
    await night.scene.passes(minutes=4)
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes(f"/unpair Cy {night.word}")
    await night.scene.passes(minutes=10)
    night.ana.forgets()
    night.cy.forgets()
    code = await night.ana.invites()
    for message in (f"/join {code}", "/accept"):
        await night.cy.says(message)
        await night.scene.passes(seconds=2)
    await night.writes(f"/confirm Cy {night.word}")
    await night.scene.passes(minutes=10)


@pytest.mark.parametrize("what_comes_first", [ordered, confirmed, won_again], ids=lambda one: one.__name__)
def test_her_phone_shows_the_same(
    what_comes_first: Callable[[Night], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(night: Night) -> None:
        await night.scene.passes(minutes=4)
        await what_comes_first(night)
        await night.writes("/start 30m with Cy")
        await night.scene.passes(minutes=10)
        await night.writes("/status")
        await night.writes(night.word)

    assert_alike(script, monkeypatch)
