"""What is frozen while a check-in runs (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

FROZEN = "Nothing changed. That has to wait until your timer is closed."
HERS = [
    "/name Dee",
    "/tz Europe/Berlin",
    f"/words {WORD} > green lantern",
    "/words green lantern",
    f"/unpair Bo {WORD}",
    f"/order Bo {WORD}",
    "/settings grace 10m",
    f"/forget {WORD}",
    "/reset",
    "/drill",
]


async def _dee_waits(ana: Someone, dee: Someone, scene: Scene) -> None:
    code = await ana.invites()
    for message in (f"/join {code}", "/name Dee", "/accept"):
        await dee.says(message)
    await scene.passes(seconds=1)
    ana.forgets()
    dee.forgets()


@pytest.mark.parametrize("minutes", [2, 11, 16])  # at 1 and at 5 the bot looks who has confirmed, and has answered
@pytest.mark.parametrize("message", [*HERS, f"/confirm Dee {WORD}", "/reject Dee"])
@story()
async def test_hers_from_start_to_close(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, message: str, minutes: int
) -> None:
    await _dee_waits(ana, dee, scene)
    await ana.says("/start 10m")
    await scene.passes(minutes=minutes)
    for one in (ana, bo, dee):
        one.forgets()
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(FROZEN)
    assert await scene.rows() == before
    await dee.sees_nothing()


@pytest.mark.parametrize("message", [*HERS, f"/confirm Dee {WORD}", "/reject Dee"])
@story()
async def test_after_the_close_it_works(ana: Someone, bo: Someone, dee: Someone, scene: Scene, message: str) -> None:
    await _dee_waits(ana, dee, scene)
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await ana.says(message)
    answer = str((await ana.reads("…")).body)
    assert answer != FROZEN


@story()
async def test_the_name_of_a_buddy_who_was_told_is_frozen_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await bo.reads_in_group("Ana's timer runs …")
    before = await scene.rows()
    await bo.says("/name Robert")
    await bo.reads("Nothing changed. That has to wait until Ana's timer is closed.")
    assert await scene.rows() == before


@story()
async def test_a_buddy_who_was_not_told_does_not_learn_of_her_timer(ana: Someone, bo: Someone, cy: Someone) -> None:
    await ana.says("/start 10m")
    await bo.reads_in_group("Ana's timer runs …")
    await cy.says("/name Cyril")
    await cy.reads("Saved. …")
    await ana.reads("Saved. …")
    await ana.reads("Cy is called Cyril …")
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:10. On call: Bo.…")


@story()
async def test_a_buddy_who_was_not_told_leaves_at_once_and_does_not_learn_of_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await bo.reads_in_group("Ana's timer runs …")
    await cy.says("/unpair Ana")
    await cy.reads("Done. You and Ana are no longer paired. Your group goes too.")
    await scene.passes(minutes=20)
    assert not any("no word since" in text for text in cy.shows())
    assert any("no word since" in text for text in bo.shows())


@pytest.mark.parametrize("message", ["/buddies", "/help", "/status", "/invite"])
@story()
async def test_what_changes_nothing_of_it_still_works(ana: Someone, bo: Someone, message: str) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await ana.says(message)
    answer = str((await ana.reads("…")).body)
    assert not answer.startswith("Nothing changed")


@story()
async def test_a_buddy_who_joins_meanwhile_is_no_part_of_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await _dee_waits(ana, dee, scene)
    await scene.passes(minutes=20)
    await dee.sees_nothing()
    bo.forgets()
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")
    await dee.sees_nothing()


@story()
async def test_a_word_changed_at_the_last_moment_holds_for_the_timer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.phone.send(f"/words {WORD} > green lantern")
    await ana.phone.send("/start 10m")
    await ana.phone.send(WORD)
    await ana.phone.send("green lantern")
    await ana.reads("Saved. Your new word …")
    await ana.reads("Saved. Your timer …")
    await ana.reads("Nothing changed. …")
    await ana.reads("Thanks, noted. …")
