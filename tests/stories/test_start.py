"""`/start` (SPEC: Commands, and step 1)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

SAVED = "Saved. Your timer runs until {}. Bo is on call. When you are back, send your word. For more time: /extend 30m"
START_LINE = (
    "Ana's timer runs until {}. Bo, please answer this with a 👍.\n"
    "If I go quiet: no word from Ana by {} means Bo calls Ana."
)


@story()
async def test_she_is_told_until_when_and_who_is_on_call(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads(SAVED.format("20:00"))
    await ana.reads_nothing()


@story()
async def test_the_group_gets_one_line_with_what_to_do_if_the_bot_goes_quiet(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    for one in (ana, bo):
        await one.reads_in_group(START_LINE.format("20:00", "20:10"))
        await one.reads_nothing_in_group()
    await bo.reads_nothing()


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("2h", "20:00"),
        ("2h30", "20:30"),
        ("2h 30m", "20:30"),
        ("1.5h", "19:30"),
        ("90m", "19:30"),
        ("90 min", "19:30"),
        ("5m", "18:05"),
        ("24h", "Sat 18:00"),
    ],
)
@story()
async def test_a_length_is_understood(ana: Someone, bo: Someone, written: str, until: str) -> None:
    await ana.says(f"/start {written}")
    await ana.reads(SAVED.format(until))


@pytest.mark.parametrize(
    ("written", "until", "length"),
    [
        ("until 23:30", "23:30", "5 hours 30 minutes"),
        ("23:30", "23:30", "5 hours 30 minutes"),
        ("11pm", "23:00", "5 hours"),
        ("until 02:00", "Sat 02:00", "8 hours"),
        ("until 8am", "Sat 08:00", "14 hours"),
    ],
)
@story()
async def test_a_time_of_day_is_understood(ana: Someone, bo: Someone, written: str, until: str, length: str) -> None:
    await ana.says(f"/start {written}")
    await ana.reads(f"{SAVED.format(until)}\n{until} is {length} from now.")


@pytest.mark.parametrize(
    "message",
    ["start 2h", "Start 2h.", "START  2H", "/START 2h", "/start  2h ", "/ｓｔａｒｔ ２ｈ", "/ start 2h"],
)
@story()
async def test_case_spaces_width_and_punctuation_do_not_matter(ana: Someone, bo: Someone, message: str) -> None:
    await ana.says(message)
    await ana.reads(SAVED.format("20:00"))


@pytest.mark.parametrize(
    "message", ["/start 2", "/start 2h 30 and more", "/start until 11", "/start until 17:30", "/start 2.30"]
)
@story()
async def test_what_has_two_readings_is_asked_back_with_suggestions_that_are_understood(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    before = await scene.rows()
    await ana.says(message)
    asked = str((await ana.reads("NOT started…")).body)
    assert await scene.rows() == before
    await bo.sees_nothing()
    for suggestion in (part.strip() for part in asked.rpartition(": ")[2].split(",")):
        await ana.says(suggestion)
        answer = str((await ana.reads("…")).body)
        assert "For how long?" not in answer
        assert "not sure what you mean" not in answer
        if answer.startswith("Saved."):
            break
    else:
        raise scene.fails("no suggestion works")


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/start 4m", "NOT started. The shortest timer is 5 minutes. Like this: /start 30m"),
        ("/start 25h", "NOT started. The longest timer is 24 hours. Like this: /start 8h"),
        ("/start 1441m", "NOT started. The longest timer is 24 hours. Like this: /start 8h"),
        ("/start", "NOT started. For how long? Like this: /start 2h or /start until 23:30"),
        ("/start soon", "NOT started. For how long? Like this: /start 2h or /start until 23:30"),
        ("/start 0h", "NOT started. For how long? Like this: /start 2h or /start until 23:30"),
        ("/start 2h hotel", "NOT started. For how long? Like this: /start 2h or /start until 23:30"),
        ("/start until 17:00", "NOT started: it is already 18:00. For tomorrow, send how long: /start 23h"),
    ],
)
@story()
async def test_what_cannot_be_is_refused_with_the_next_step(
    ana: Someone, bo: Someone, scene: Scene, message: str, answer: str
) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(answer)
    assert await scene.rows() == before
    await bo.sees_nothing()


@story()
async def test_a_second_timer_is_refused_while_one_runs(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads(SAVED.format("20:00"))
    await ana.says("/start 1h")
    await ana.reads("NOT started: your timer until 20:00 still runs. For more time: /extend 30m")
    bo.forgets()
    await bo.sees_nothing()


@story()
async def test_a_second_timer_is_refused_while_one_is_overdue(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.says("/start 1h")
    await ana.reads("NOT started: an earlier timer is still open. Send your word to end it.")


@story(paired=False)
async def test_without_a_codeword_it_is_refused(ana: Someone, scene: Scene) -> None:
    await scene.let_in(ana)
    await ana.says("/start 2h")
    await ana.reads("NOT started. First choose the word that ends your timers: /words WORD")


@story(paired=False)
async def test_without_a_buddy_it_is_refused_with_the_next_step_at_each_stage(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.let_in(ana)
    await ana.says(f"/words {WORD}")
    await ana.reads("Saved.…")
    await ana.says("/start 2h")
    await ana.reads("NOT started. You have no buddy yet. First: /invite")
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await ana.says("/start 2h")
    await ana.reads("NOT started. Your buddy has not answered the invitation yet. …")
    await bo.says("/name Bo")
    await bo.says("/accept")
    await ana.reads("Somebody who uses the name Bo …")
    await ana.says("/start 2h")
    await ana.reads("NOT started. First answer who waits: /confirm Bo WORD")


@story()
async def test_lines_below_the_command_are_kept_for_the_buddy_and_shown_to_nobody_yet(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 2h\nRoom 12, Hotel Ritz\nring at the back")
    await ana.reads(
        f"{SAVED.format('20:00')}\nI keep what you wrote below it for your buddies, in case you are not back in time."
    )
    assert 'details.body=["Room 12, Hotel Ritz\\nring at the back", ""]' in await scene.opened()
    assert not any("Ritz" in text for one in (ana, bo) for text in one.shows())


@story()
async def test_lines_that_are_too_long_are_never_cut_silently(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await ana.says("/start 2h\n" + "x" * 1501)
    await ana.reads("NOT started. The lines below are too long: 1,500 characters at most. …")
    assert await scene.rows() == before
    await ana.says("/start 2h\n" + "x" * 1500)
    await ana.reads("Saved. …")


@story()
async def test_in_the_group_the_line_there_is_the_answer(ana: Someone, bo: Someone) -> None:
    await ana.says_in_group("/start 2h")
    for one in (ana, bo):
        await one.reads_in_group(START_LINE.format("20:00", "20:10"))
        await one.sees_nothing()


@story()
async def test_in_the_group_details_are_not_stored_and_she_is_asked_to_delete_them(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says_in_group("/start 2h\nRoom 12, Hotel Ritz")
    await ana.reads_in_group(START_LINE.format("20:00", "20:10"))
    await ana.reads("Your timer runs, but I did not keep the lines below it: …Please delete that message. …")
    assert "Ritz" not in await scene.opened()


@story()
async def test_the_first_buddy_is_on_call_and_the_second_group_hears_nothing(
    ana: Someone, bo: Someone, cy: Someone
) -> None:
    await ana.says("/start 2h")
    await ana.reads(SAVED.format("20:00"))
    await bo.reads_in_group(START_LINE.format("20:00", "20:10"))
    await cy.sees_nothing()


@story()
async def test_started_in_the_second_group_it_does_not_name_the_first_buddy_there(
    ana: Someone, bo: Someone, cy: Someone
) -> None:
    await ana.says_in_group("/start 2h", cy.usual_group)
    await cy.reads_in_group("Ana's timer runs until 20:00.")
    await bo.reads_in_group(START_LINE.format("20:00", "20:10"))
    await cy.sees_nothing()
    assert not any("Bo" in text for text in cy.shows())


@story()
async def test_details_in_the_second_group_are_said_to_be_read_there_by_whoever_is_there(
    ana: Someone, bo: Someone, cy: Someone
) -> None:
    await ana.says_in_group("/start 2h\nRoom 12", cy.usual_group)
    told = await ana.reads("Your timer runs, but I did not keep the lines below it: …")
    assert "Bo can read" not in str(told.body)


@story(zone="America/New_York")
async def test_times_are_in_her_zone_and_the_group_line_too(ana: Someone, bo: Someone) -> None:
    await ana.says("/start until 3pm")
    await ana.reads(f"{SAVED.format('15:00')}\n15:00 is 2 hours from now.")
    await bo.reads_in_group(START_LINE.format("15:00", "15:10"))


@story()
async def test_a_buddy_who_has_answered_is_told_to_her_once(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads(SAVED.format("20:00"))
    line = await bo.reads_in_group(START_LINE.format("20:00", "20:10"))
    await bo.reacts("👍", line)
    await ana.reads("Bo has seen it. Your timer runs until 20:00.")
    await bo.sees_nothing()
