"""A new phone of which she is not told yet, on both evenings: what either word does about it shows nowhere."""

import pytest

from tests.stories.dialog import WORD
from tests.stories.two_evenings import DURESS, Night, Script, assert_alike


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
def test_her_phone_shows_the_same(what_comes_first: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(night: Night) -> None:
        await night.scene.passes(minutes=4)
        await what_comes_first(night)
        await night.writes("/start 30m with Cy")
        await night.scene.passes(minutes=10)
        await night.writes("/status")
        await night.writes(night.word)

    assert_alike(script, monkeypatch)


# --- it is noticed because of an alarm


async def noticed_because_of_an_alarm(night: Night) -> None:
    """A buddy who is not on call has a new phone that has heard nothing yet; with the duress word it is written to."""
    scene = night.scene
    await scene.passes(minutes=4)
    await night.cy.phone.reinstall()
    await night.writes("/start 30m")
    await night.writes(night.word)
    await scene.passes(minutes=20)
    await night.writes("/status")
    await night.writes("/confirm Cy whatever it is")
    await _is_counted_on(night)


async def noticed_because_of_an_alarm_that_has_ended(night: Night) -> None:
    """The regular look comes when it is over."""
    scene = night.scene
    await scene.passes(minutes=4)
    await night.cy.phone.reinstall()
    await night.writes("/start 30m")
    await night.writes(night.word)
    for _ in range(2):
        await night.bo.says("/resolve Ana")
        await scene.passes(seconds=2)
    await scene.passes(minutes=20)
    await night.writes("/status")
    await _is_counted_on(night)


async def one_who_was_alarmed_says_it_is_not_over(night: Night) -> None:
    """Only in the evening of the duress word there is anything to say."""
    scene = night.scene
    await scene.passes(minutes=4)
    await night.cy.phone.reinstall()
    await night.writes("/start 30m")
    await night.writes(night.word)
    await scene.passes(minutes=2)
    if night.word == DURESS:
        await night.bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    if night.word == DURESS:
        for message in ("/reopen Ana", "on it", "on it", "/status", "/safe Ana"):
            await night.cy.says(message)
    await scene.passes(minutes=20)
    await night.writes("/status")


async def _is_counted_on(night: Night) -> None:
    """The start line goes to him in either evening, and then it comes out."""
    await night.writes("/start 30m with Cy")
    await night.scene.passes(minutes=10)
    await night.writes("/status")
    await night.writes(night.word)


async def hers_whom_she_has_left_quietly(night: Night) -> None:
    """She stays his buddy, and is told as such of his new phone once he starts a timer."""
    scene = night.scene
    night.ana.forgets()
    await scene.pair(night.bo, night.ana)
    await scene.passes(minutes=4)
    await night.bo.phone.reinstall()
    await night.writes(f"/unpair Bo {night.word} quietly")
    await scene.passes(minutes=20)
    for message in ("/status", f"/confirm me {WORD}", "/start 30m"):  # all between two looks
        await night.bo.says(message)
        await scene.passes(seconds=10)
    await scene.passes(minutes=10)
    await night.writes("/status")


@pytest.mark.parametrize(
    "script",
    [
        noticed_because_of_an_alarm,
        noticed_because_of_an_alarm_that_has_ended,
        one_who_was_alarmed_says_it_is_not_over,
        hers_whom_she_has_left_quietly,
    ],
    ids=lambda one: one.__name__,
)
def test_nothing_of_it_shows_because_of_an_alarm(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_alike(script, monkeypatch)
