"""What is not understood is answered, but not without end: a phone that answers by itself would go on for ever."""

import asyncio
from typing import Any

import pytest

from bot.practice.stand_in_content import Address, Content
from handlers.allowance import NOT_UNDERSTOOD_AN_HOUR
from tests.stories.dialog import WORD, Scene, Someone, story

UNKNOWN = "Nothing changed. I did not understand that. Send help to see what I can do."
DURESS = "yellow zebra"


@story()
async def test_with_a_phone_that_answers_by_itself_it_does_not_talk_for_ever(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer counts in Signal's limit, and so brings the bot nearer to losing an alert to somebody."""
    answers: list[asyncio.Future[Any]] = []
    receive = ana.phone.receive

    async def answer() -> None:
        await asyncio.sleep(0.2)
        await ana.phone.send("I am driving and will read this later")

    def answer_by_itself(sender: Address, content: Content) -> None:
        receive(sender, content)
        if content.body is not None:
            answers.append(asyncio.ensure_future(answer()))

    monkeypatch.setattr(ana.phone, "receive", answer_by_itself)
    await ana.says("hello")
    await scene.passes(minutes=10)
    assert len(answers) == NOT_UNDERSTOOD_AN_HOUR
    monkeypatch.undo()
    await scene.passes(minutes=51)
    ana.forgets()
    await ana.says("hello?")
    await ana.reads(UNKNOWN)


@story()
async def test_a_command_that_is_not_known_is_answered_however_often(ana: Someone, bo: Someone) -> None:
    """SPEC: "Every command is answered". No phone that answers by itself begins with a slash."""
    for _ in range(NOT_UNDERSTOOD_AN_HOUR + 1):
        await ana.says("/quux")
        await ana.reads("Nothing changed. I do not know this command. Send help to see what I can do.")


@story()
async def test_her_commands_and_her_words_are_heard_all_the_same(ana: Someone, bo: Someone, scene: Scene) -> None:
    """The duress word alarms, and on her phone it is as silent as any other message would be."""
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")
    for _ in range(NOT_UNDERSTOOD_AN_HOUR):
        await ana.says("hello")
        await ana.reads(UNKNOWN)
    await ana.says("hello")
    await ana.reads_nothing()
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    bo.forgets()
    await scene.passes(seconds=5)
    ana.forgets()
    await ana.says(DURESS)
    await bo.reads("…Nobody has it yet.…")
    await ana.reads_nothing()
