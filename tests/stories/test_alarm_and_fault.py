"""A fault in the command that carries the duress word never costs the alarm (SPEC: Silent alarm)."""

import pytest

from bot.use_cases import unpair
from tests.stories.dialog import WORD, Scene, Someone, story

DURESS = "yellow submarine"


@story()
async def test_the_alarm_goes_out_although_the_command_fails(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(unpair, "_tell_the_other", broken)
    await ana.says(f"/unpair Bo {DURESS}")
    await ana.reads("…", within=5)
    for someone in (bo, cy):
        assert any(text.startswith("About Ana: please read all of this first.") for text in someone.unread())
    scene.forgiven["message_failed"] += 3


@story()
async def test_a_drill_says_first_that_an_alarm_is_none(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Somebody with a real alarm open must not take the one for the other."""
    await ana.says("/sos")
    await scene.passes(seconds=3)
    bo.forgets()
    await ana.says("/drill")
    await scene.passes(seconds=3)
    drill = next(text for text in bo.unread() if "DRILL" in text)
    assert drill.startswith("About Ana: what I wrote to you is still open, and that is NO drill.")
