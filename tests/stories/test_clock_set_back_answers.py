"""Everybody can answer after the clock was set back: nothing is taken for older than what it is about."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


async def alerted_and_set_back(ana: Someone, scene: Scene, sign: str) -> None:
    """By her sign, or because she did not come back; then the clock was set back by an hour."""
    if sign:
        await ana.says(sign)
        await scene.passes(seconds=10)
    else:
        await scene.overdue()
    scene.clock.step(-3600)
    await scene.passes(minutes=7)


@pytest.mark.parametrize("seconds", [0, 420], ids=["at_once", "later"])
@pytest.mark.parametrize("word", [WORD, f"/safe {WORD}", DURESS, "/extend 30m"])
@story()
async def test_what_she_writes_counts(ana: Someone, bo: Someone, scene: Scene, word: str, seconds: int) -> None:
    """Found: her word was refused as older than her timer until the old time came again, and Bo was alerted. Before and
    after the bot has noticed that the clock was set back."""
    await both_words(ana, bo)
    await ana.says("/start 30m")
    await scene.passes(minutes=1)
    scene.clock.step(-3600)
    await scene.passes(seconds=seconds)
    await ana.says(word)
    await scene.passes(seconds=2)
    bo.forgets()
    await scene.until("18:36")
    assert not any("no word since" in text for text in bo.unread())


@pytest.mark.parametrize("sign", ["", "/sos"])
@pytest.mark.parametrize("answer", ["on it", "/resolve Ana", "/again"])
@story()
async def test_what_he_answers_counts(ana: Someone, bo: Someone, scene: Scene, sign: str, answer: str) -> None:
    await alerted_and_set_back(ana, scene, sign)
    bo.forgets()
    await bo.says(answer)
    await scene.passes(seconds=2)
    assert bo.unread()
    assert not any(text.startswith("Nothing changed") for text in bo.unread())


@pytest.mark.parametrize("word", [WORD, f"/safe {WORD}"])
@story()
async def test_her_word_that_waited_while_the_bot_was_down_counts_after_the_clock_was_set_back(
    ana: Someone, bo: Someone, scene: Scene, word: str
) -> None:
    await ana.says("/start 30m")
    await scene.passes(minutes=1)
    scene.clock.step(-3600)
    await scene.passes(minutes=7)
    await scene.night.stop_bot()
    await ana.says(word)
    await scene.passes(minutes=2)
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    print(ana.unread())
    bo.forgets()
    await scene.until("18:36")
    assert not any("no word since" in text for text in bo.unread())


@pytest.mark.parametrize("sign", ["", "/sos"])
@story()
async def test_his_answer_that_waited_while_the_bot_was_down_counts(
    ana: Someone, bo: Someone, scene: Scene, sign: str
) -> None:
    await alerted_and_set_back(ana, scene, sign)
    await scene.night.stop_bot()
    await bo.says("on it")
    await scene.passes(minutes=2)
    bo.forgets()
    await scene.night.start_bot()
    await scene.passes(seconds=20)
    assert any("ou have it. Thank you." in text for text in bo.unread())
