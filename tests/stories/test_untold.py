"""With *alerts only* nobody is told before an alert, also not by what the bot answers (SPEC: `/status`, Armed)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("message", ["/status", "/name Robert", "/settings", "/buddies", "/help"])
@story()
async def test_a_buddy_on_call_who_was_told_nothing_is_answered_as_always(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    async def answers() -> list[str]:
        await bo.says(message)
        await scene.passes(seconds=2)
        found = bo.unread()
        bo.forgets()
        return found

    before = await answers()
    await scene.chooses(ana, alerts_only=True)
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    assert before
    assert await answers() == before


@story()
async def test_nor_does_his_file_tell_him(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.chooses(ana, alerts_only=True)
    await bo.says("/export")
    before = await bo.gets_file("…")
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    await bo.says("/export")
    assert (await bo.gets_file("…")).splitlines()[1:] == before.splitlines()[1:]


GONE = "Done. You and Ana are no longer paired. Your group goes too."
TOLD = "You and Bo are no longer paired."


async def _starts(ana: Someone, scene: Scene) -> None:
    await scene.chooses(ana, alerts_only=True)
    await ana.says("/start 30m\nRoom 12")
    await ana.reads("Saved. …Bo is on call. …")


@story()
async def test_he_leaves_at_once_and_the_next_is_on_call(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Found: he was told that he leaves "as soon as Ana's timer is closed", and so that one runs."""
    group = await scene.group_of(ana, bo)
    await _starts(ana, scene)
    await bo.says("/unpair Ana")
    await bo.reads(GONE)
    await ana.reads(TOLD)
    await ana.reads("Cy is on call now. Your timer runs until 18:30.")
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:30. On call: Cy.\nAs you chose, …")
    await cy.sees_nothing()
    assert (await scene.night.stand_in.group(group))["members"] == []
    await scene.until("18:35:01")
    await cy.reads("Timer of Ana: no word since 18:30. …")
    await scene.passes(seconds=5)
    assert any("Room 12" in text for text in cy.shows())
    cy.forgets()
    await ana.says(WORD)
    await cy.reads("Ana has sent the word, 18:35: …")
    await bo.sees_nothing()


@story()
async def test_so_does_whoever_erases_everything(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await _starts(ana, scene)
    await bo.says("/forget everything")
    await bo.reads("Done. Everything about you is erased here, and your groups with me go.")
    await ana.reads(TOLD)
    await ana.reads("Cy is on call now. …")
    assert not await scene.knows(bo)
    await scene.until("18:35:01")
    await cy.reads("Timer of Ana: no word since 18:30. …")


@story()
async def test_the_first_who_is_available_is_on_call_then_and_alerted_first(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(ana, dee)
    await cy.says("/away 10m")
    await ana.reads("Cy is away until …")
    for someone in (ana, cy, dee):
        someone.forgets()
    await _starts(ana, scene)
    await bo.says("/unpair Ana")
    await ana.reads(TOLD)
    await ana.reads("Dee is on call now. …")
    await scene.until("18:36")
    assert any("no word since 18:30" in text for text in dee.shows())
    assert not any("no word since" in text for text in cy.shows())
    await scene.until("18:38")
    assert any("no word since 18:30" in text for text in cy.shows())


@story()
async def test_she_is_told_if_that_one_is_away(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await _starts(ana, scene)
    await cy.says("/away 8h")
    await ana.reads("Cy is away until …")
    await bo.says("/unpair Ana")
    await ana.reads(TOLD)
    await ana.reads("Cy is on call now. …Cy has said to be away just now, and is on call all the same.")
    await scene.until("18:35:01")
    assert any("no word since 18:30" in text for text in cy.shows())


@story()
async def test_after_her_deadline_her_phone_does_not_say_who_is_next(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _starts(ana, scene)
    await scene.until("18:31")
    ana.forgets()
    await bo.says("/unpair Ana")
    await bo.reads(GONE)
    await ana.reads(TOLD)
    await ana.reads_nothing()
    await ana.says(f"/extend 10m {WORD}")
    await ana.reads("Saved. Your timer now runs until …")
    await ana.says("/status")
    await ana.reads("Your timer runs until …On call: Cy.\n…")


@story()
async def test_the_last_one_stays_until_the_close_so_that_somebody_is_alerted(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _starts(ana, scene)
    await bo.says("/unpair Ana")
    await bo.reads(GONE)
    await ana.reads(TOLD)
    await ana.reads("Cy is on call now. …")
    await cy.says("/unpair Ana")
    await cy.reads("Noted. You leave as soon as Ana's timer is closed, at … at the latest. Ana is told.")
    await ana.reads("Cy leaves as your buddy when this timer is closed, at … at the latest.")
    await scene.until("18:35:01")
    await cy.reads("Timer of Ana: no word since 18:30. …")
    await scene.passes(seconds=5)
    cy.forgets()
    await ana.says(WORD)
    await cy.reads("Ana has sent the word, 18:35: …")
    assert (await scene.rows())["pairings"] == []


@story()
async def test_who_was_alerted_before_more_time_still_leaves_at_the_close(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _starts(ana, scene)
    await scene.until("18:36")
    bo.forgets()
    await ana.says(f"/extend 10m {WORD}")
    await bo.reads("…now runs until …")
    await bo.says("/unpair Ana")
    await bo.reads("Noted. You leave as soon as Ana's timer is closed, at … at the latest. Ana is told.")
