"""Half a year passes with an alarm open, or with none: her phone cannot tell, nor can a buddy's whom she marked.

A warning that failed to come would show that there is an alarm. So warnings and the lapse come all the same, and the
alarm, which has a copy of its own of buddies and names, goes on without the pairing.
"""

import pytest

from tests.stories.half_year import ENDS, GONE, WARNED, WARNED_AGAIN, to_day
from tests.stories.two_evenings import Night, Script, assert_alike


async def _half_a_year(night: Night) -> None:
    for day in (WARNED, WARNED_AGAIN, ENDS):
        await to_day(night.scene, day)
        await night.scene.passes(minutes=6)


async def nobody_renews(night: Night) -> None:
    await night.writes("/start 30m")
    await night.writes(night.word)
    await _half_a_year(night)
    await night.writes("/buddies")
    await night.writes("/start 30m")
    await night.writes("/sos")


async def one_is_renewed(night: Night) -> None:
    await night.writes("/start 30m")
    await night.writes(night.word)
    await night.writes("/renew Bo")
    await night.bo.says("/renew Ana")
    await night.writes("/renew Cy")
    await night.scene.passes(seconds=5)
    await _half_a_year(night)
    await night.writes("/start 30m")
    await night.writes("/buddies")
    await night.writes(night.word)


async def renewed_with_a_word_behind(night: Night) -> None:
    """It needs none, and says so; which of the two it was makes no difference."""
    await night.writes(f"/renew Bo {night.word}")
    await night.writes("/renew Bo")
    await night.scene.passes(minutes=5)


@pytest.mark.parametrize(
    "script", [nobody_renews, one_is_renewed, renewed_with_a_word_behind], ids=lambda script: script.__name__
)
def test_her_phone_cannot_tell(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_alike(script, monkeypatch)


def test_a_buddy_in_the_alarm_loses_the_pairing_and_keeps_the_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(night: Night) -> None:
        await nobody_renews(night)
        night.bo.forgets()
        await night.bo.says("/status")
        await night.scene.passes(seconds=5)

    _, forced = assert_alike(script, monkeypatch)
    told = "You are no longer a buddy of Ana. It was not renewed by both of you.\nWhat is open about Ana goes on."
    assert told in forced.bo.shows()
    assert any(text.startswith("About Ana") for text in forced.bo.unread())


def test_a_buddy_whom_she_marked_cannot_tell_either(monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(night: Night) -> None:
        await night.scene.spares(night.ana, night.cy)
        await nobody_renews(night)

    plain, forced = assert_alike(script, monkeypatch)
    assert plain.cy.shows() == forced.cy.shows()
    assert any("You are no longer a buddy of Ana." in text for text in plain.cy.shows())
    assert any(text.startswith(GONE) for text in plain.ana.shows())
