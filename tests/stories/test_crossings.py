"""Things that happen at the same moment, or while something else is under way."""

import pytest

from tests.stories.alarms import both_words
from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("before", [0.5, 0.05, 0.001])
@story()
async def test_a_word_at_the_last_moment_prevents_the_alert(
    ana: Someone, bo: Someone, scene: Scene, before: float
) -> None:
    await ana.says("/start 5m")
    await bo.reads_in_group("Ana's timer runs …")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    due = check_in.deadline + check_in.grace
    await scene.passes(seconds=(due - scene.clock.now()).total_seconds() - before)
    await ana.says(WORD)
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await scene.passes(minutes=6)
    await bo.sees_nothing()


@story()
async def test_an_extension_at_the_last_moment_prevents_the_question(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.passes(seconds=599.9)
    await ana.says("/extend 10m")
    await ana.reads("Saved. Your timer now runs until 18:20.")
    await scene.until("18:19")
    await ana.reads_nothing()


@story()
async def test_taking_what_was_put_off_meanwhile_says_that_nothing_is_open(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads("Timer of Ana: no word …")
    await ana.says(f"/extend 30m {WORD}")
    await bo.reads("Ana sent the word and needs more time: …")
    before = await scene.rows()
    for message in ("on it", "/resolve Ana", "/reopen Ana", "/again"):
        await bo.says(message)
        await bo.reads("Nothing changed. …")
    await bo.reacts("👍", alert)
    await bo.reads_nothing()
    assert await scene.rows() == before


@story()
async def test_put_off_and_then_ended_in_time_the_alerted_one_gets_the_all_clear_too(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await ana.says(f"/extend 30m {WORD}")
    await bo.reads("Ana sent the word and needs more time: …")
    await scene.passes(minutes=5)
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:15: the timer is closed. Nothing more to do. Thank you.")
    await scene.passes(seconds=10)
    assert len(bo.deleted()) == 3


@story()
async def test_two_buddies_take_it_at_the_same_moment_and_one_has_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await scene.until("18:12:02")
    for one in (bo, cy):
        one.forgets()
        await one.phone.send("on it")
    await scene.passes(seconds=1)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.taken_by is not None
    told = {one.name: [text for text in one.unread() if "has it" in text or "have it" in text] for one in (bo, cy)}
    assert sorted(texts[-1].partition(".")[0] for texts in told.values()) in (
        ["Timer of Ana: Bo has it", "You have it"],
        ["Timer of Ana: Cy has it", "You have it"],
    )


@story()
async def test_somebody_can_be_person_and_buddy_at_once(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.pair(bo, cy, word="green lantern")
    await bo.says("/start 10m")
    await bo.reads("Saved. …Cy is on call. …")
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.says("/status")
    await bo.reads("Your timer ended at 18:10 and is open. Send your word to close it.")
    await bo.reads("Timer of Ana: …You have it.")
    await bo.says("green lantern")
    await bo.reads("Thanks, noted. …")
    assert await scene.check_in(ana) is not None
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")


@story()
async def test_two_timers_side_by_side_do_not_touch_each_other(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.pair(cy, bo, word="green lantern")
    await cy.says("/start 30m")
    await cy.reads("Saved. …")
    await scene.overdue()
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await bo.reads("Ana has sent the word, …")
    assert await scene.check_in(cy) is not None
    await scene.until("18:35:02")
    await bo.reads("Timer of Cy: no word since 18:30. …")


@story()
async def test_two_people_of_one_name_are_told_apart_in_everything_a_buddy_reads_directly(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.pair(cy, bo, word="green lantern")
    await cy.says("/name Ana")
    await cy.reads("Saved. …")
    await bo.reads("Cy is called Ana 2 …")
    await ana.reads("Cy is called Ana …")
    group = await scene.group_of(cy, bo)
    await cy.says("/start 5m")
    await cy.reads("Saved. …")
    start = await bo.reads_in_group("Ana's timer runs …", group)  # the number would tell her of another Ana
    await bo.reacts("👍", start)
    await scene.until("18:10:02")
    await bo.reads("Timer of Ana 2: no word since 18:05. …")
    bo.forgets()
    await bo.says("/resolve Ana")
    await bo.reads("Nothing changed. Nothing is open for that name. Like this: /resolve Ana 2")
    await bo.says("/resolve Ana 2")
    await bo.reads("Noted: you have spoken with Ana 2, …")
    await cy.says("green lantern")
    await bo.reads_in_group("Ana's timer is closed. Thank you.", group)
    await bo.reads("Ana 2 has sent the word, …")


@story()
async def test_a_thumb_on_the_line_about_the_new_time_is_an_answer_too(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await ana.says("/extend 10m")
    await ana.reads("Saved. …")
    await bo.reacts("👍", await bo.reads_in_group("Ana's timer now runs until 18:40. …"))
    await ana.reads("Bo has seen it. Your timer runs until 18:40.")


@story()
async def test_a_thumb_on_the_start_line_after_the_deadline_tells_her_nothing_old(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    start = await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:06")
    ana.forgets()
    await bo.reacts("👍", start)
    await ana.reads_nothing()


@story()
async def test_the_word_in_an_edit_of_talk_ends_it(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    sent = await ana.says("I am nearly there now")
    await ana.reads("Nothing changed. …")
    await ana.edits(sent, WORD)
    await ana.reads("Thanks, noted. Good night.")


@pytest.mark.parametrize("message", [f"/safe {WORD}\nthank you!", f"/cancel {WORD}\n\nbye"])
@story()
async def test_the_command_is_the_first_line(ana: Someone, bo: Someone, message: str) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(message)
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_a_new_installation_of_her_phone_can_still_end_it(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.phone.reinstall()
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_who_takes_it_while_her_word_is_on_its_way_hears_that_she_is_back(
    ana: Someone, cy: Someone, scene: Scene
) -> None:
    """He was not told of it: what he would have been told of it is taken back with everything else."""
    await ana.says("/start 5m")
    await scene.until("18:09:30")
    cy.forgets()
    await scene.night.stand_in.network("down")
    await scene.until("18:10:10")
    await cy.phone.send("on it")
    await ana.phone.send(WORD)
    await scene.night.stand_in.network("up")
    await cy.reads("Ana has sent the word, 18:10: the timer is closed. Nothing more to do. Thank you.", within=60)


@story()
async def test_who_says_that_he_has_spoken_with_her_as_her_word_comes_is_told_of_the_end(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found in a night (41886): his alert had not left, his answer was taken back, and so he heard nothing at all."""
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.until("18:34:40")
    bo.forgets()
    await scene.night.stand_in.network("down")
    await scene.until("18:36:00")
    await bo.says("/resolve Ana")
    await ana.says("/status")  # so that her word is heard after his, and before his answer leaves
    await ana.says(WORD)
    await scene.night.stand_in.network("up")
    await bo.reads("Ana has sent the word, …", within=30)


@story()
async def test_that_her_word_was_sent_is_told_also_where_an_alarm_is_called_off_in_the_same_moment(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found in a night (44130): it was taken back with the alarm's alerts, and of her timer he heard nothing more."""
    await both_words(ana, bo)
    await ana.says("/start 10m")
    await ana.says("/sos")
    await scene.until("18:15:10")
    assert any(text.startswith("Timer of Ana: no word since") for text in bo.shows())
    bo.forgets()
    await scene.night.stand_in.network("down")
    await scene.passes(seconds=30)
    await ana.says(WORD)
    await bo.says("/resolve Ana")
    await scene.night.stand_in.network("up")
    await scene.passes(seconds=40)
    told = bo.shows()
    assert any(text.startswith("About Ana: noted, you have spoken with Ana") for text in told)
    assert sum(text.startswith("About Ana: at 18:15 the word for a normal end was sent.") for text in told) == 1
