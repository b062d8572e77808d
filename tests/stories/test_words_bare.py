"""The word alone, and what only looks like it (SPEC: "Ways in", "Wrong words")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize(
    "message",
    [
        WORD,
        "Purple Giraffe",
        " purple   giraffe ",
        "purple giraffe.",
        "“purple giraffe”",
        "ｐｕｒｐｌｅ ｇｉｒａｆｆｅ",
        "purple\u200b giraffe",
    ],
)
@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_the_bare_word_ends_it_in_either_chat(
    ana: Someone, bo: Someone, scene: Scene, message: str, in_group: bool
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await (ana.says_in_group(message) if in_group else ana.says(message))
    await scene.passes(seconds=1)
    assert await scene.check_in(ana) is None


@story()
async def test_before_the_deadline_other_words_are_no_try(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says("yellow giraffe")
    await ana.reads("Nothing changed. I did not understand that. Send help to see what I can do.")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0


@pytest.mark.parametrize("message", ["yellow giraffe", "what?", "one two three", "12345", "👍"])
@story()
async def test_after_the_deadline_question_up_to_three_words_are_a_try(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    await ana.says("/start 10m")
    await scene.until("18:10:01")
    ana.forgets()
    await ana.says(message)
    await ana.reads("Not quite. Still 18:10.")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 1


@story()
async def test_after_the_deadline_question_four_words_are_no_try(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await scene.until("18:10:01")
    ana.forgets()
    await ana.says("I am nearly there")
    await ana.reads("Nothing changed. I did not understand that. …")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0


@story()
async def test_after_the_deadline_talk_in_the_group_is_no_try_and_not_answered(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await scene.until("18:10:01")
    ana.forgets()
    await ana.says_in_group("yellow giraffe")
    await ana.sees_nothing()
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0


@story()
async def test_a_command_after_the_deadline_is_no_try(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 10m")
    await scene.until("18:10:01")
    ana.forgets()
    for message in ("/status", "status", "/help", "/buddies", "/tz Mars"):
        await ana.says(message)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0


@story()
async def test_the_word_inside_a_longer_message_does_not_end_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(f"I will send {WORD} later")
    await ana.reads("Nothing changed. …")
    assert await scene.check_in(ana) is not None


@story()
async def test_a_word_of_four_words_ends_it_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/words {WORD} > seven purple giraffes dancing")
    await ana.reads("Saved. …")
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await scene.until("18:10:01")
    ana.forgets()
    await ana.says("Seven purple giraffes dancing")
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_the_bare_word_from_the_buddys_phone_is_any_unknown_message(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 30m")
    await bo.reads_in_group("Ana's timer runs …")
    await bo.says(WORD)
    await bo.reads("Nothing changed. I did not understand that. …")
    await bo.says_in_group(WORD)
    await bo.sees_nothing()
    assert await scene.check_in(ana) is not None


@story()
async def test_a_word_that_an_emoji_or_a_sticker_hides_is_not_guessed(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says("purple 🦒")
    await ana.reads("Nothing changed. …")
    assert await scene.check_in(ana) is not None
