"""`/reopen NAME` (SPEC: Commands, and step 7)."""

import pytest

from tests.stories.dialog import Scene, Someone, story


@pytest.mark.parametrize("message", ["/reopen Ana", "reopen ana", "/reopen ANA."])
@story()
async def test_it_resumes_at_once(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: …")
    await bo.says(message)
    await bo.reads_each(
        "Timer of Ana is open again. I go on now.",
        "Timer of Ana: still no word since 18:05. …Nobody has it yet.…",
    )
    await scene.until("18:15:03")
    await bo.reads("Timer of Ana: still no word since 18:05. It is 18:15 now. …")


@story()
async def test_any_alerted_buddy_may(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.until("18:12:01")
    await bo.says("/resolve Ana")
    await scene.passes(seconds=1)
    for one in (bo, cy):
        one.forgets()
    await cy.says("/reopen Ana")
    for one in (bo, cy):
        await one.reads("Timer of Ana: still no word …")


@story()
async def test_who_was_not_alerted_may_not(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: …")
    before = await scene.rows()
    for one in (cy, ana):
        one.forgets()
        await one.says("/reopen Ana")
        await one.reads("Nothing changed. …")
    assert await scene.rows() == before


@story()
async def test_what_is_not_paused_goes_on(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    before = await scene.rows()
    await bo.says("/reopen Ana")
    await bo.reads("Nothing changed. Timer of Ana is not paused: I go on anyway.")
    assert await scene.rows() == before


@pytest.mark.parametrize("message", ["/reopen", "/reopen Dee", "/reopen Ana please"])
@story()
async def test_a_wrong_name_changes_nothing(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: …")
    before = await scene.rows()
    await bo.says(message)
    await bo.reads("Nothing changed. Nothing is open for that name. Like this: /reopen Ana")
    assert await scene.rows() == before


@story()
async def test_after_the_close_nothing_can_be_reopened(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: …")
    await ana.says("purple giraffe")
    await bo.reads("Ana has sent the word, …")
    await bo.says("/reopen Ana")
    await bo.reads("Nothing changed. Nothing is open for you right now.")
