"""`/safe WORD` (SPEC: Commands, and step 7). What a close brings about: test_closing.py."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

CLOSED = "Thanks, noted. Good night."


@pytest.mark.parametrize(
    "message",
    [f"/safe {WORD}", f"safe {WORD}", f"/SAFE  {WORD.upper()}!", "/safe Purple  Giraffe.", WORD, "PURPLE GIRAFFE!!"],
)
@story()
async def test_the_word_ends_it_in_the_direct_chat(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await ana.says(message)
    await ana.reads(CLOSED)
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await scene.passes(minutes=45)
    await bo.sees_nothing()
    await ana.reads_nothing()


@pytest.mark.parametrize("message", [f"/safe {WORD}", f"safe {WORD}", WORD, f"/cancel {WORD}"])
@story()
async def test_the_word_ends_it_in_the_group_and_the_end_line_is_the_answer(
    ana: Someone, bo: Someone, message: str
) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await ana.says_in_group(message)
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await ana.reads_nothing()


@story()
async def test_without_a_word_it_asks_for_one_and_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    before = await scene.rows()
    await ana.says("/safe")
    await ana.reads("Nothing changed. Please send it with your word: /safe WORD")
    assert await scene.rows() == before


@story()
async def test_a_wrong_word_is_not_quite_and_the_timer_goes_on(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    bo.forgets()
    await ana.says("/safe yellow giraffe")
    await ana.reads("Not quite. Still 18:30.")
    await scene.until("18:35:01")
    assert any("no word since 18:30" in text for text in bo.unread())


@story()
async def test_a_wrong_word_is_never_echoed(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    for message in ("/safe yellow zebra", "/extend 30m yellow zebra", "/cancel yellow zebra", "/safeyellow zebra"):
        await ana.says(message)
    await ana.says_in_group("/safe yellow zebra")
    for one in (ana, bo):
        assert not any("zebra" in text.lower() for text in [*one.unread(), *one.shows()])


@story()
async def test_with_no_timer_the_word_is_any_unknown_message(ana: Someone, bo: Someone) -> None:
    await ana.says("what now")
    unknown = str((await ana.reads("Nothing changed. …")).body)
    await ana.says(WORD)
    await ana.reads(unknown)
    await ana.says(f"/safe {WORD}")
    said = str((await ana.reads("Nothing changed. …")).body)
    await ana.says("/safe yellow giraffe")
    await ana.reads(said)
    await bo.sees_nothing()


@story()
async def test_a_second_safe_is_told_that_no_timer_runs(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.says(f"/safe {WORD}")
    await ana.reads(CLOSED)
    await ana.says(f"/safe {WORD}")
    await ana.reads("Nothing changed. No timer runs. To start one: /start 2h")


@story()
async def test_a_buddys_word_does_not_end_her_timer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/words green lantern")
    await bo.reads("Saved. …")
    await ana.says("/start 2h")
    await bo.reads_in_group("Ana's timer runs …")
    for message in ("/safe green lantern", f"/safe {WORD}", WORD):
        await bo.says(message)
        await bo.says_in_group(message)
    assert (await scene.check_in(ana)) is not None
    await bo.reads_nothing_in_group()


@story()
async def test_in_a_buddys_group_her_own_timer_ends_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Ana is Bo's buddy there as well: the one group serves both."""
    await scene.pair(bo, ana, word="green lantern")
    await ana.says("/start 2h")
    await bo.reads_in_group("Ana's timer runs …")
    await ana.says_in_group(WORD)
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
