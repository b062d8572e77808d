"""Seen at the start: who is on call, has he seen it, can he be reached (SPEC: step 1)."""

import pytest

from tests.stories.dialog import Scene, Someone, story

START = "Ana's timer runs until 20:00. …, please answer this with a 👍.…"
REAL = "5m"


@story(seen_within=REAL)
async def test_after_five_minutes_without_an_answer_the_next_buddy_is_asked(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …Bo is on call. …")
    await cy.sees_nothing(during=290)
    await scene.until("18:05:01")
    await ana.reads("Nobody has answered yet. I ask Cy too. Your timer runs until 20:00.")
    await cy.reads_in_group("Ana's timer runs until 20:00. Cy, please answer this with a 👍.…")
    await scene.until("18:10:01")
    await ana.reads(
        "Nobody has answered yet. Your timer runs until 20:00, and I write to your buddies if no word comes."
    )
    await ana.reads_nothing(during=1800)


@story(seen_within=REAL)
async def test_an_answer_ends_the_asking(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    line = await bo.reads_in_group(START)
    await scene.passes(minutes=4)
    await bo.reacts("👍", line)
    await ana.reads("Bo has seen it. Your timer runs until 20:00.")
    await ana.reads_nothing(during=3600)
    await cy.sees_nothing()


@story(seen_within=REAL)
async def test_an_answer_taken_back_lets_the_asking_go_on(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    line = await bo.reads_in_group(START)
    await bo.reacts("👍", line)
    await ana.reads("Bo has seen it. …")
    await scene.passes(minutes=10)
    await bo.takes_back("👍", line)
    await ana.reads("Nobody has answered yet. I ask Cy too. …")


@story(seen_within=REAL)
async def test_who_is_away_is_not_asked_next(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.goes_away(cy, hours=8)
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.until("18:05:01")
    await ana.reads("Nobody has answered yet. Your timer runs until 20:00, …")
    await cy.sees_nothing()


@story()
async def test_a_phone_that_does_not_confirm_the_line_is_noticed(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.phone.go_offline()
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.reads_nothing(during=55)
    await scene.until("18:01:01")
    await ana.reads(
        "The phone of Bo has not confirmed your timer: it may be off, or without network. Your timer runs until 20:00."
    )
    await ana.reads_nothing(during=600)


@story()
async def test_a_phone_that_confirms_it_is_no_news(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.reads_nothing(during=1800)


@story()
async def test_a_buddy_who_has_left_the_group_is_noticed_before_the_next_timer(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    assert bo.usual_group
    await bo.phone.leave_group(bo.usual_group)
    await scene.passes(seconds=5)
    await ana.says("/start 5m")
    await ana.reads(
        "Saved. …\nBo is not in your group (any more), so Bo does not see your timer there. "
        "If no word comes from you, I still write to Bo directly. …"
    )
    await scene.until("18:10:07")
    await bo.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_a_buddy_who_leaves_the_group_while_her_timer_runs_is_noticed_at_once(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    assert bo.usual_group
    await bo.phone.leave_group(bo.usual_group)
    await ana.reads("Bo is not in your group (any more), …", within=5)
    await ana.says("/status")
    await ana.reads("Your timer runs until 20:00. …")


@story()
async def test_with_puts_somebody_else_on_call(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 5m with Cy")
    await ana.reads("Saved. Your timer runs until 18:05. Cy is on call. …")
    await cy.reads_in_group("Ana's timer runs until 18:05. Cy, please answer this with a 👍.…")
    await scene.until("18:10:01")
    await cy.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads_nothing(during=60)
    await scene.until("18:12:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")


@pytest.mark.parametrize(
    "written", ["/start 2h with Dee", "/start 2h with", "/start 2h with Cy and Bo", "start 2h with Dee"]
)
@story()
async def test_a_name_that_is_none_of_her_buddies_starts_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, written: str
) -> None:
    await ana.says(written)
    await ana.reads("NOT started. …")
    assert await scene.check_in(ana) is None
    await bo.sees_nothing()


@story(seen_within=REAL)
async def test_with_alerts_only_no_group_is_told_and_nobody_is_asked(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.chooses(ana, alerts_only=True)
    await ana.says("/start 5m")
    await ana.reads(
        "…As you chose, your groups see nothing of it, so nobody can tell beforehand whether Bo can be reached."
    )
    await ana.says("/status")
    await ana.reads("Your timer runs until 18:05. On call: Bo.\nAs you chose, nobody was asked to answer.")
    await scene.until("18:04:59")
    await bo.sees_nothing()
    await cy.sees_nothing()
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads_in_group("Timer of Ana: no word since 18:05. Bo, please read what I wrote to you directly.")


@story()
async def test_reminder_and_grace_are_as_she_has_set_them(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.chooses(ana, reminder_minutes=30, grace_minutes=0)
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.until("19:30:01")
    await ana.reads("20:00 is close. …")
    await scene.until("20:00:01")
    await bo.reads("Timer of Ana: no word since 20:00. …")


@story()
async def test_status_says_who_has_seen_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.says("/status")
    await ana.reads("Your timer runs until 20:00. On call: Bo.\nBo has not answered yet.")
    line = await bo.reads_in_group(START)
    await bo.reacts("👍", line)
    await ana.reads("Bo has seen it. …")
    await ana.says("/status")
    await ana.reads("Your timer runs until 20:00. On call: Bo.\nBo has seen it.")
