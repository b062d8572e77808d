"""A message delivered twice is handled once (SPEC: "Ways in")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("message", ["/start 30m", "/status", "/invite", "hello", "/words green lantern", "/start"])
@story()
async def test_it_is_answered_once(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await ana.says(message)
    await scene.passes(seconds=1)
    answered = ana.unread()
    ana.forgets()
    bo.forgets()
    rows = await scene.rows()
    await ana.phone.send(message, timestamp=ana.last_sent)
    await ana.sees_nothing()
    await bo.sees_nothing()
    assert answered
    assert await scene.rows() == rows


@story()
async def test_a_word_of_yesterday_does_not_end_todays_timer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    sent = await ana.says(WORD)
    await scene.passes(seconds=1)
    ana.forgets()
    await ana.says("/start 20m")
    await ana.reads("Saved. …")
    await ana.phone.send(WORD, timestamp=sent)
    await scene.passes(seconds=1)
    assert await scene.check_in(ana) is not None


@story()
async def test_it_holds_over_a_restart(ana: Someone, bo: Someone, scene: Scene) -> None:
    sent = await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await scene.passes(seconds=1)  # a kill between sending and recording may send once more
    await scene.restarts()
    await scene.passes(seconds=1)
    await ana.phone.send("/start 30m", timestamp=sent)
    await ana.reads_nothing()
    assert await scene.check_in(ana) is None


@story(paired=False)
async def test_a_code_that_let_somebody_in_is_not_answered_again(ana: Someone, scene: Scene) -> None:
    code = await scene.night.operator_code()
    sent = await ana.says(f"/join {code}")
    await ana.reads("Welcome. …")
    await ana.phone.send(f"/join {code}", timestamp=sent)
    await ana.reads_nothing()


@story()
async def test_a_whole_evening_in_which_everything_arrives_twice(ana: Someone, bo: Someone, scene: Scene) -> None:
    scene.night.stand_in.faults.messages.duplicate = 1.0
    scene.night.stand_in.faults.receipts.duplicate = 1.0
    await ana.says("/start 10m\nRoom 12")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await scene.until("18:10:01")
    await ana.reads("Your timer ended …")
    await scene.until("18:15:01")
    await bo.reads("Timer of Ana: …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.reads_nothing(during=10)
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await bo.reads("Ana has sent the word, …")
    await ana.reads_nothing(during=10)
    await bo.reads_nothing(during=10)


@story()
async def test_a_reaction_delivered_twice_counts_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    scene.night.stand_in.faults.messages.duplicate = 1.0
    await ana.says("/start 10m")
    await ana.reads("Saved. …")
    await bo.reacts("👍", await bo.reads_in_group("Ana's timer runs …"))
    await ana.reads("Bo has seen it. …")
    await ana.reads_nothing(during=10)
