"""`/extend 30m [WORD]` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

NEW_TIME = "Ana's timer now runs until {}. If I go quiet: no word from Ana by {} means Bo calls Ana."


@story()
async def test_without_the_word_she_gets_more_time_and_the_group_the_new_time(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs until 20:00. …")
    await ana.says("/extend 30m")
    await ana.reads("Saved. Your timer now runs until 20:30.")
    await bo.reads_in_group(NEW_TIME.format("20:30", "20:40"))
    await bo.reads_nothing()


@pytest.mark.parametrize("message", ["extend 30m", "Extend 30 min.", "/extend 0.5h", "/extend 1m", "/extend for 30m"])
@story()
async def test_a_length_is_understood(ana: Someone, bo: Someone, message: str) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.says(message)
    await ana.reads("Saved. Your timer now runs until 20:…")


@story()
async def test_without_the_word_at_most_an_hour_in_all(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.says("/extend 40m")
    await ana.reads("Saved. Your timer now runs until 20:40.")
    await ana.says("/extend 21m")
    await ana.reads("Nothing changed. For that I need your word too: /extend 21m WORD")
    await ana.says("/extend 20m")
    await ana.reads("Saved. Your timer now runs until 21:00.")
    await ana.says("/extend 1m")
    await ana.reads("Nothing changed. For that I need your word too: /extend 1m WORD")
    await ana.says(f"/extend 2h 30m {WORD}")
    await ana.reads("Saved. Your timer now runs until 23:30.")


@story()
async def test_with_the_word_the_free_hour_stays_free(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.says(f"/extend 1h {WORD}")
    await ana.reads("Saved. Your timer now runs until 21:00.")
    await ana.says("/extend 1h")
    await ana.reads("Saved. Your timer now runs until 22:00.")


@story()
async def test_from_the_deadline_on_it_needs_the_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await scene.until("18:10:01")
    ana.forgets()
    await ana.says("/extend 5m")
    await ana.reads("Nothing changed. For that I need your word too: /extend 5m WORD")
    await ana.says(f"/extend 30m {WORD}")
    await ana.reads("Saved. Your timer now runs until 18:40.")
    await scene.until("18:20")
    assert bo.unread()[-1].startswith("Ana's timer now runs until 18:40.")
    bo.forgets()
    await scene.until("18:39")
    await bo.sees_nothing()
    await scene.until("18:45:03")
    assert any("no word since 18:40" in text for text in bo.unread())


@story()
async def test_after_the_alert_the_alerted_buddy_hears_the_new_time(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.says(f"/extend 30m {WORD}")
    await ana.reads("Saved. Your timer now runs until 18:40.")
    await bo.reads("Ana sent the word and needs more time: the timer now runs until 18:40. Nothing to do. Thank you.")
    await bo.reads_in_group(NEW_TIME.format("18:40", "18:50"))
    await scene.until("18:44")
    await bo.sees_nothing()


@story()
async def test_an_alert_after_an_extension_is_whole_again(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.says(f"/extend 30m {WORD}")
    await scene.until("18:44")
    bo.forgets()
    await scene.until("18:45:03")
    await bo.reads("Timer of Ana: no word since 18:40. It is 18:45 now. Most often this is just a delay.\n…")
    await bo.reads("Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12, Hotel Ritz\n…")


@story()
async def test_a_wrong_word_changes_nothing_and_is_answered_like_any_wrong_word(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs until 20:00. …")
    await ana.says("/extend 30m yellow giraffe")
    await ana.reads("Not quite. Still 20:00.")
    await bo.sees_nothing()


@pytest.mark.parametrize(
    "message", ["/extend", "/extend 30", "/extend until 21:00", "/extend 0m", "/extend lots", "/extend 30s"]
)
@story()
async def test_what_is_no_length_changes_nothing(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    before = await scene.rows()
    await ana.says(message)
    await ana.reads("Nothing changed. By how much? Like this: /extend 30m")
    assert await scene.rows() == before


@story()
async def test_never_beyond_the_longest_timer(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 23h")
    await ana.reads("Saved. …")
    await ana.says(f"/extend 2h {WORD}")
    await ana.reads("Nothing changed. A timer can run for 24 hours at most from now. Like this: /extend 30m")


@story()
async def test_without_a_timer_there_is_nothing_to_extend(ana: Someone, bo: Someone) -> None:
    await ana.says("/extend 30m")
    await ana.reads("Nothing changed. No timer runs. To start one: /start 2h")


@story()
async def test_in_the_group_the_line_about_the_new_time_is_the_answer(ana: Someone, bo: Someone) -> None:
    await ana.says_in_group("/start 2h")
    await ana.reads_in_group("Ana's timer runs …")
    await ana.says_in_group("extend 30m")
    await ana.reads_in_group(NEW_TIME.format("20:30", "20:40"))
    await ana.sees_nothing()


@story()
async def test_every_group_with_a_start_line_gets_the_new_time(ana: Someone, bo: Someone, cy: Someone) -> None:
    await ana.says_in_group("/start 2h", cy.usual_group)
    for one in (bo, cy):
        await one.reads_in_group("Ana's timer runs until 20:00.…")
    await ana.says("/extend 30m")
    await bo.reads_in_group(NEW_TIME.format("20:30", "20:40"))
    await cy.reads_in_group("Ana's timer now runs until 20:30.")


@story()
async def test_the_reminder_comes_again_before_the_new_deadline(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.until("18:20:01")
    await ana.reads("18:30 is close. …")
    await ana.says("/extend 30m")
    await ana.reads("Saved. …19:00.")
    await scene.until("18:49:59")
    assert ana.unread() == [text for text in ana.unread() if text.startswith("Ana's timer")]
    await scene.until("18:50:01")
    await ana.reads("19:00 is close. …")


@pytest.mark.parametrize("message", [f"/extend 30m {WORD}", "/extend 30m"])
@story()
async def test_sent_before_the_deadline_it_counts_as_such_although_it_came_after_the_question(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    """The network held it up; more time is never less than she asked for."""
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.until("18:09:20")
    await scene.night.stand_in.network("stall")
    await scene.until("18:09:40")
    await ana.says(message)
    await scene.until("18:11:00")
    await scene.night.stand_in.network("up")
    await ana.reads("Saved. Your timer now runs until 18:40.", within=30)
    await scene.until("18:40:01")
    assert any(text.startswith("Your timer ended at 18:40.") for text in ana.unread())
