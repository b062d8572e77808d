"""Wrong words (SPEC: "Wrong words"): only what stands where a word is expected counts."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

EXPECTED = ["/safe yellow zebra", "/cancel yellow zebra", "/extend 30m yellow zebra", "safe yellow zebra"]
NOT_EXPECTED = [
    "yellow zebra",
    "/unpair Bo yellow zebra",
    "/words yellow zebra > green lantern",
    "/help",
    "/safe",
    "/xyz",
]


async def _count(scene: Scene, ana: Someone) -> int:
    check_in = await scene.check_in(ana)
    assert check_in is not None
    return check_in.wrong_words


@pytest.mark.parametrize("message", EXPECTED)
@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_what_stands_where_a_word_is_expected_counts(
    ana: Someone, bo: Someone, scene: Scene, message: str, in_group: bool
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.reads_in_group("Ana's timer runs …")
    if in_group:
        await ana.says_in_group(message)
        await ana.reads_in_group("Not quite. Still 18:30.")
    else:
        await ana.says(message)
        await ana.reads("Not quite. Still 18:30.")
    assert await _count(scene, ana) == 1


@pytest.mark.parametrize("message", NOT_EXPECTED)
@story()
async def test_what_stands_elsewhere_does_not(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(message)
    await ana.reads("…")
    assert await _count(scene, ana) == 0


@story()
async def test_a_message_delivered_twice_is_one_try(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    sent = await ana.says("/safe yellow zebra")
    await scene.passes(seconds=1)
    await ana.phone.send("/safe yellow zebra", timestamp=sent)
    await scene.passes(seconds=1)
    assert await _count(scene, ana) == 1


@story()
async def test_the_answer_names_the_new_time_after_an_extension(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says("/extend 30m")
    await ana.reads("Saved. …")
    await ana.says("/safe yellow zebra")
    await ana.reads("Not quite. Still 19:00.")


@story()
async def test_the_right_word_still_ends_it_after_many_wrong_ones(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    for number in range(12):
        await ana.says(f"/safe yellow zebra {number}")
        await ana.reads("Not quite. Still 18:30.")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_tries_of_the_buddy_do_not_count_for_her(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    for message in ("/safe yellow zebra", "/cancel yellow zebra", "yellow zebra"):
        await bo.says(message)
        await bo.says_in_group(message)
    await scene.passes(seconds=1)
    assert await _count(scene, ana) == 0
