"""`/cancel WORD` (SPEC: Commands): it ends the check-in as `/safe` does."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("message", [f"/cancel {WORD}", f"cancel {WORD}", f"/cancel {WORD.title()}!"])
@story()
async def test_it_ends_the_timer(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await ana.says(message)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await scene.passes(minutes=16)
    await bo.sees_nothing()


@story()
async def test_without_a_word_it_shows_how_and_changes_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    before = await scene.rows()
    for message in ("/cancel", "cancel"):
        await ana.says(message)
        await ana.reads("Nothing changed. Like this: /cancel WORD")
    assert await scene.rows() == before


@story()
async def test_a_wrong_word_is_not_quite(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says("/cancel yellow giraffe")
    await ana.reads("Not quite. Still 18:30.")


@story()
async def test_without_a_timer_it_says_so(ana: Someone, bo: Someone) -> None:
    await ana.says(f"/cancel {WORD}")
    await ana.reads("Nothing changed. No timer runs. To start one: /start 2h")
