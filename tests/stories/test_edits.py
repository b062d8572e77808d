"""Edited messages (SPEC: "Ways in")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

REFUSED = "Edits do not count. Nothing changed."


@story()
async def test_editing_what_changed_nothing_makes_it_a_command(ana: Someone, bo: Someone) -> None:
    sent = await ana.says("/strat 2h")
    await ana.reads("Nothing changed. …Did you mean /start 2h?")
    await ana.edits(sent, "/start 2h")
    await ana.reads("Saved. Your timer runs until 20:00. …")


@story()
async def test_editing_what_changed_something_is_refused(ana: Someone, bo: Someone, scene: Scene) -> None:
    sent = await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.passes(seconds=1)
    bo.forgets()
    before = await scene.rows()
    for text in ("/start 3h", WORD, "/extend 30m", "hello", ""):
        await ana.edits(sent, text)
        await ana.reads(REFUSED)
    assert await scene.rows() == before
    await bo.sees_nothing()


@story()
async def test_a_wrong_word_changed_nothing_so_it_can_be_mended(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    sent = await ana.says("/safe purpel giraffe")
    await ana.reads("Not quite. Still 18:30.")
    await ana.edits(sent, f"/safe {WORD}")
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_the_mended_one_cannot_be_edited_again(ana: Someone, bo: Someone) -> None:
    sent = await ana.says("/strat 2h")
    await ana.reads("Nothing changed. …")
    edit = await ana.edits(sent, "/start 2h")
    await ana.reads("Saved. …")
    for target in (sent, edit):
        await ana.edits(target, "/start 3h")
        await ana.reads(REFUSED)


@story()
async def test_an_edit_of_a_refused_edit_is_refused(ana: Someone, bo: Someone) -> None:
    sent = await ana.says("/start 2h")
    await ana.reads("Saved. …")
    edit = await ana.edits(sent, "/start 3h")
    await ana.reads(REFUSED)
    await ana.edits(edit, WORD)
    await ana.reads(REFUSED)


@pytest.mark.parametrize("first", ["hello there everybody", "/status", "/help", "/buddies"])
@story()
async def test_what_only_asked_something_changed_nothing(ana: Someone, bo: Someone, first: str) -> None:
    sent = await ana.says(first)
    await ana.reads("…")
    await ana.edits(sent, "/start 2h")
    await ana.reads("Saved. Your timer runs until 20:00. …")


@story()
async def test_talk_in_the_group_edited_into_a_command_counts(ana: Someone, bo: Someone) -> None:
    sent = await ana.says_in_group("strat 2h")
    await ana.reads_nothing()
    await ana.edits(sent, "/start 2h", in_group=True)
    await bo.reads_in_group("Ana's timer runs until 20:00. …")


@story()
async def test_talk_in_the_group_edited_into_talk_is_not_answered(ana: Someone, bo: Someone) -> None:
    sent = await ana.says_in_group("helo")
    await ana.edits(sent, "hello", in_group=True)
    await ana.sees_nothing()


@story()
async def test_a_command_in_the_group_that_changed_something_is_refused_directly(ana: Someone, bo: Someone) -> None:
    sent = await ana.says_in_group("/start 2h")
    await bo.reads_in_group("Ana's timer runs …")
    await ana.edits(sent, "/start 3h", in_group=True)
    await ana.reads(REFUSED)
    await bo.sees_nothing()


@story()
async def test_the_start_counts_from_the_edit(ana: Someone, bo: Someone, scene: Scene) -> None:
    sent = await ana.says("/strat 2h")
    await ana.reads("Nothing changed. …")
    await scene.passes(minutes=10)
    await ana.edits(sent, "/start 2h")
    await ana.reads("Saved. Your timer runs until 20:10. …")


@story()
async def test_a_taking_that_is_edited_stays(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    sent = await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.edits(sent, "not on it")
    await bo.reads(REFUSED)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.taken_by is not None
