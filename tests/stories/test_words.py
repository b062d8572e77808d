"""`/words CODE / DURESS` and `/words OLD > CODE / DURESS` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

SAVED = "Saved. Your new word ends your timers; I never show it. Now delete your message with the word."


@story(paired=False)
async def test_the_first_word_needs_no_other(ana: Someone, scene: Scene) -> None:
    await scene.let_in(ana)
    await ana.says("/words Purple Giraffe")
    await ana.reads(f"{SAVED}\nNext, ask somebody you trust to be your buddy: /invite")


@story()
async def test_changing_needs_the_old_one(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await ana.says("/words green lantern")
    await ana.reads("Nothing changed. To change your word, send the old one too: /words OLD > NEW")
    await ana.says("/words yellow giraffe > green lantern")
    await ana.reads("Nothing changed. The old word is not quite right: /words OLD > NEW")
    assert await scene.rows() == before
    await ana.says(f"/words {WORD.upper()} > Green Lantern")
    await ana.reads(SAVED)
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(f"/safe {WORD}")
    await ana.reads("Not quite. Still 18:30.")
    await ana.says("green lantern")
    await ana.reads("Thanks, noted. Good night.")


@pytest.mark.parametrize(
    "word",
    [
        "ab12",
        "a b c d",
        "hello",
        "good night",
        "thank you",
        "start",
        "start again",
        "safe now",
        "/ready",
        "on it",
        "i'm on it",
        "ana",
        "Ana Lee",
        "bo",
        "Bo is here",
        "30 minutes",
        "11pm",
        "until ten",
        "okay",
        "hahaha",
        "!!!!!!",
        "red lion / blue fox / old bear",
        "red lion / ",
        "red lion / red fox",
        "/ red lion",
        "red > blue > green",
        "police",
        "I'm fine",
        "aaaaa",
        "x" * 65,
    ],
)
@story()
async def test_a_word_that_could_be_meant_otherwise_is_refused_and_not_echoed(
    ana: Someone, bo: Someone, scene: Scene, word: str
) -> None:
    before = await scene.rows()
    await ana.says(f"/words {WORD} > {word}")
    answer = str((await ana.reads("Nothing changed. …")).body)
    assert word.casefold() not in answer.casefold().replace("nothing changed", "")
    assert await scene.rows() == before


@story()
async def test_in_the_group_it_is_refused_and_she_is_asked_to_choose_another(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    before = await scene.rows()
    await ana.says_in_group(f"/words {WORD} > green lantern")
    await ana.reads("Nothing changed. Others can read your message there. Delete it, then choose another word here.")
    await ana.reads_nothing_in_group()
    await bo.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_without_anything_it_shows_how(ana: Someone, bo: Someone) -> None:
    await ana.says("/words")
    await ana.reads("Nothing changed. Like this: /words WORD")


@story()
async def test_after_five_wrong_words_in_an_hour_even_the_right_one_is_not_quite(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    for number in range(5):
        await ana.says(f"/words wrong number {number} > green lantern")
        await ana.reads("Nothing changed. The old word is not quite right: /words OLD > NEW")
    await ana.says(f"/words {WORD} > green lantern")
    await ana.reads("Nothing changed. The old word is not quite right: /words OLD > NEW")
    await scene.passes(minutes=61)
    await ana.says(f"/words {WORD} > green lantern")
    await ana.reads(SAVED)


@story()
async def test_the_limit_holds_over_all_commands_and_never_during_a_timer(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    for number in range(5):
        await ana.says(f"/unpair Bo wrong number {number}")
        await ana.reads("Nothing changed. Not quite. …")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Nothing changed. Not quite. …")
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_neither_word_is_stored_in_the_clear(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/words {WORD} > green lantern")
    await ana.reads(SAVED)
    opened = (await scene.opened()).casefold()
    for word in (WORD, "giraffe", "green lantern", "lantern"):
        assert word not in opened
