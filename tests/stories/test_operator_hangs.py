"""The operator's second channel may hang; nothing else may wait for it (SPEC: "Every command is answered")."""

import asyncio

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_a_second_channel_that_never_answers_keeps_back_no_reply(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_: str) -> bool:
        await asyncio.sleep(10**9)
        return True

    monkeypatch.setattr(scene.night.operator, "tell", hang)
    await bo.phone.set_receipts(delivery=False)
    await scene.overdue()
    await scene.passes(minutes=50)
    ana.forgets()
    await ana.says("/status")
    await ana.reads("Your timer ended at 18:05 and is open. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
