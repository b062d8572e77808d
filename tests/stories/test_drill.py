"""`/drill` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

STARTED = "The drill runs, until 18:15 at the latest. I ask your buddies one after the other and tell you each answer."
DRILL = (
    "DRILL. Nothing is wrong. Ana wants to see how fast this works. To answer, reply: on it\n"
    "In earnest you would read:\nTimer of Ana: no word since 18:00. …1. Call Ana now. …(a sample)…(a sample)…\n"
    "DRILL. Nothing is wrong. No need to call. Reply: on it"
)
AGAIN = "DRILL. Nothing is wrong. Ana still waits for your answer: on it\n…\nDRILL. Nothing is wrong. …"
OVER = "Drill over. Nothing is wrong with Ana. Thank you."


@pytest.mark.parametrize("answer", ["on it", "/ack", "/ack Ana", "👍"])
@story()
async def test_a_buddy_answers_and_both_read_how_fast(ana: Someone, bo: Someone, scene: Scene, answer: str) -> None:
    await ana.says("/drill")
    await ana.reads(STARTED)
    message = await bo.reads(DRILL)
    await scene.until("18:00:41")
    if answer == "👍":
        await bo.reacts(answer, message)
    else:
        await bo.says(answer)
    await bo.reads("Drill over for you, 41 s. Thank you.")
    await ana.reads("Drill: Bo answered after 41 s.")
    await ana.reads("The drill is over.\nAnswered after: Bo 41 s")
    await scene.passes(minutes=20)
    await ana.sees_nothing()
    await bo.sees_nothing()
    rows = await scene.rows()
    assert (rows["drills"], rows["drill_parts"], await scene.due()) == ([], [], [])


@story()
async def test_the_next_comes_when_one_has_answered(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/drill")
    await bo.reads(DRILL)
    await cy.sees_nothing()
    await scene.until("18:00:30")
    await bo.says("on it")
    await cy.reads(DRILL)
    await scene.until("18:01:40")
    await cy.says("on it")
    await cy.reads("Drill over for you, 70 s. Thank you.")
    await scene.passes(seconds=1)
    assert "The drill is over.\nAnswered after: Bo 30 s, Cy 70 s" in ana.shows()


@story()
async def test_without_an_answer_the_next_after_two_minutes_and_the_earlier_again(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/drill")
    await ana.reads(STARTED)
    await bo.reads(DRILL)
    await scene.until("18:02:00")
    await bo.reads(AGAIN)
    await cy.reads(DRILL)
    await scene.until("18:02:10")
    await cy.says("on it")
    await cy.reads("Drill over for you, 10 s. Thank you.")
    await ana.reads("Drill: Cy answered after 10 s.")
    for minute in range(4, 15, 2):
        await scene.until(f"18:{minute:02}:00")
        await bo.reads(AGAIN)
    await scene.until("18:15:00")
    await bo.reads(OVER)
    await ana.reads("The drill is over.\nAnswered after: Cy 10 s\nNo answer: Bo")
    await scene.passes(minutes=5)
    await cy.sees_nothing()
    await bo.says("on it")
    await bo.reads("Nothing changed. Nothing is open for you right now.")


@story()
async def test_who_is_away_is_left_in_peace(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await bo.says("/away 8h")
    await bo.reads("Saved. …")
    await scene.passes(seconds=1)
    ana.forgets()
    await ana.says("/drill")
    await ana.reads(STARTED)
    await cy.reads(DRILL)
    await cy.says("on it")
    await cy.reads("Drill over for you, …")
    await ana.reads("Drill: Cy answered after …")
    await ana.reads("The drill is over.\nAnswered after: Cy … s\nNot asked: Bo")
    await bo.sees_nothing()
    await cy.says("/away 8h")
    await ana.reads("Cy is away …")
    await ana.says("/drill")
    await ana.reads("Nothing changed. Your buddies are away. To see until when: /buddies")


@story()
async def test_not_without_a_buddy_and_one_at_a_time(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.let_in(dee)
    await dee.says("/drill")
    await dee.reads("Nothing changed. You have no buddy yet. …")
    await ana.says("/drill")
    await ana.reads(STARTED)
    await ana.says("/drill")
    await ana.reads("Nothing changed. A drill runs already, until 18:15 at the latest.")


@story()
async def test_a_start_ends_it_first(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/drill")
    await bo.reads(DRILL)
    await ana.says("/start 5m")
    await bo.reads(OVER)
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …1. Call Ana now. …")
    assert not any("NO DRILL" in text for text in bo.shows())


@story()
async def test_a_real_alert_says_that_it_is_no_drill_and_is_answered_first(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, bo, word="green lantern")
    await dee.says("/start 5m")
    await scene.until("18:09:00")
    await ana.says("/drill")
    await bo.reads("DRILL. …")
    await scene.until("18:10:30")
    await bo.reads("Timer of Dee: no word since 18:05. It is 18:10 now. …\nTHIS IS NO DRILL. …")
    ana.forgets()
    await bo.says("on it")
    await bo.reads("You have it. Thank you. Call Dee; …")
    await ana.reads_nothing()
    await scene.passes(seconds=2)
    bo.forgets()
    await bo.says("on it")
    await bo.reads("Drill over for you, …")
    await ana.reads("Drill: Bo answered after …")


@story()
async def test_with_a_real_alert_open_the_drill_says_so_first(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, bo, word="green lantern")
    await dee.says("/start 5m")
    await scene.until("18:10:30")
    bo.forgets()
    await ana.says("/drill")
    await bo.reads(
        "Timer of Dee: still open, and that is NO drill. Go on with it: your answer counts there first. "
        "What follows is only a drill.\nDRILL. Nothing is wrong. Ana wants to see …"
    )
    await bo.says("/ack Ana")
    await bo.reads("Drill over for you, …")
    await bo.says("on it")
    await bo.reads("You have it. Thank you. Call Dee; …")


@story()
async def test_who_leaves_during_it_has_no_part_any_more(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/drill")
    await bo.reads(DRILL)
    await bo.says("/unpair Ana")
    await bo.reads("Done. …")
    await scene.until("18:02:01")
    await cy.reads(DRILL)
    await cy.says("on it")
    await scene.until("18:15:01")
    await bo.sees_nothing()
    assert any(text.startswith("The drill is over.\nAnswered after: Cy") for text in ana.shows())
    await bo.says("on it")
    await bo.reads("Nothing changed. Nothing is open for you right now.")


@story()
async def test_who_is_left_quietly_reads_the_end_of_it(ana: Someone, bo: Someone, cy: Someone) -> None:
    await ana.says("/drill")
    await bo.reads(DRILL)
    await ana.says(f"/unpair Bo {WORD} quietly")
    await bo.reads(OVER)
    await cy.sees_nothing()


@story()
async def test_who_leaves_for_good_leaves_no_drill(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/drill")
    await bo.reads(DRILL)
    await ana.says(f"/forget {WORD}")
    await bo.reads_each(OVER, "You and Ana are no longer paired.")
    await scene.passes(minutes=3)
    await bo.sees_nothing()
    rows = await scene.rows()
    assert (rows["drills"], await scene.due()) == ([], [])


@story()
async def test_a_restart_in_the_middle_loses_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/drill")
    await bo.reads(DRILL)
    await scene.restarts()
    await scene.until("18:02:01")
    await bo.reads(AGAIN)
    await bo.says("on it")
    await bo.reads("Drill over for you, 121 s. Thank you.")


@story()
async def test_with_an_alarm_open_the_drill_says_that_it_is_none_first(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, bo, word="green lantern")
    await dee.says("/sos")
    await scene.passes(seconds=30)
    bo.forgets()
    await ana.says("/drill")
    await bo.reads(
        "About Dee: what I wrote to you is still open, and that is NO drill. Go on with it: your answer counts "
        "there too. What follows is only a drill.\nDRILL. Nothing is wrong. Ana wants to see …"
    )
    ana.forgets()
    await bo.says("on it")
    await bo.reads_each("Drill over for you, …", "About Dee: you have it. …")
    await ana.reads("Drill: Bo answered after …")
