"""`/resolve NAME` (SPEC: Commands, and step 7)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

NOTED = (
    "Noted: you have spoken with Ana, 18:10. I ask Ana for the word until 18:25; if it does not come, I go on. "
    "If it is not over: /reopen Ana"
)


@pytest.mark.parametrize("message", ["/resolve Ana", "resolve ana", "/RESOLVE ANA!", "/resolve Ana she is on the bus"])
@pytest.mark.parametrize("taken", [False, True])
@story()
async def test_it_pauses_the_escalation_and_she_is_asked_for_the_word(
    ana: Someone, bo: Someone, scene: Scene, message: str, taken: bool
) -> None:
    await scene.overdue()
    if taken:
        await bo.says("on it")
        await bo.reads("You have it. …")
    await bo.says(message)
    await bo.reads(NOTED)
    await ana.reads("Bo says that you two have spoken. Please send your word by 18:25 to close your timer.")
    await scene.until("18:24:58")
    await bo.sees_nothing(during=0.5)
    await ana.sees_nothing(during=0.5)


@story()
async def test_without_the_word_it_resumes_after_fifteen_minutes(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads(NOTED)
    await scene.until("18:25:02")
    await bo.reads("Timer of Ana: still no word since 18:05. It is 18:25 now. …")
    await scene.until("18:30:03")
    await bo.reads("Timer of Ana: still no word since 18:05. It is 18:30 now. …")


@story()
async def test_nothing_is_erased_while_it_pauses(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await scene.passes(minutes=10)
    assert "Hotel Ritz" in await scene.opened()
    assert bo.deleted() == set()


@story()
async def test_the_word_closes_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads(NOTED)
    await ana.reads("Bo says …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads("Ana has sent the word, 18:10: the timer is closed. Nothing more to do. Thank you.")
    await scene.passes(minutes=16)
    await bo.reads_nothing()


@story()
async def test_everyone_alerted_is_told_who_says_so(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.overdue()
    await scene.until("18:12:01")
    bo.forgets()
    cy.forgets()
    await cy.says("/resolve Ana")
    await cy.reads("Noted: you have spoken with Ana, 18:12. …")
    await bo.reads(
        "Timer of Ana: Cy says that they have spoken, 18:12. I ask Ana for the word until 18:27; "
        "if it does not come, I go on. If it is not over: /reopen Ana"
    )


@story()
async def test_who_was_not_alerted_is_not_told_and_cannot_resolve(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    before = await scene.rows()
    await cy.says("/resolve Ana")
    await cy.reads("Nothing changed. Nothing is open for you right now.")
    assert await scene.rows() == before
    await bo.says("/resolve Ana")
    await bo.reads(NOTED)
    await cy.sees_nothing()


@pytest.mark.parametrize("message", ["/resolve", "/resolve Dee", "/resolve Bo"])
@story()
async def test_a_name_that_is_not_meant_changes_nothing(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await scene.overdue()
    before = await scene.rows()
    await bo.says(message)
    await bo.reads("Nothing changed. Nothing is open for that name. Like this: /resolve Ana")
    assert await scene.rows() == before


@story()
async def test_before_an_alert_nothing_can_be_resolved(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:09:58")
    bo.forgets()
    before = await scene.rows()
    await bo.says("/resolve Ana")
    await bo.reads("Nothing changed. Nothing is open for you right now.")
    assert await scene.rows() == before
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_twice_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads(NOTED)
    before = await scene.rows()
    await bo.says("/resolve Ana")
    await bo.reads("Nothing changed. That was said already. If it is not over: /reopen Ana")
    assert await scene.rows() == before


@story()
async def test_she_cannot_resolve_herself(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    before = await scene.rows()
    await ana.says("/resolve Ana")
    await ana.reads("Nothing changed. …")
    assert await scene.rows() == before


@story()
async def test_in_the_group_it_counts_and_is_answered_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says_in_group("/resolve Ana")
    await bo.reads(NOTED)
    await ana.reads("Bo says …")
    await bo.reads_nothing_in_group()
