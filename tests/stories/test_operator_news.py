"""What the operator is told, and told first (SPEC: step 5)."""

import asyncio
from collections import Counter

import pytest

from bot.domain.term import TermStep
from scheduler import due
from storage.records import Records
from tests.stories.dialog import Scene, Someone, story

TELLING = 10.0
"""Seconds that the second channel takes for each message."""
REACHES_NOBODY = "Buddy bot: a message that must reach somebody reaches nobody."
FAILS = "Buddy bot: a step of a timer fails"


def _fails(*_: object, **__: object) -> None:
    raise RuntimeError


async def _many_steps_fail(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a disk or an upgrade has spoilt a table."""
    now = scene.clock.now()

    def add(records: Records) -> None:
        for number in range(60):
            records.deadlines.add("pairing", f"pairing {number}", next(iter(TermStep)).value, now)

    monkeypatch.setitem(due.KINDS, "pairing", due.Kind(_fails, TermStep))  # type: ignore[arg-type]
    await scene.work(add)


def _slow_channel(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    tell = scene.night.operator.tell

    async def take_time(text: str) -> bool:
        await asyncio.sleep(TELLING)
        return await tell(text)

    monkeypatch.setattr(scene.night.operator, "tell", take_time)


@story()
async def test_that_an_alert_reaches_nobody_does_not_wait_behind_the_same_news_said_sixty_times(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:09:00")
    await bo.phone.go_offline()
    _slow_channel(scene, monkeypatch)
    await scene.until("18:14:30")
    await _many_steps_fail(scene, monkeypatch)
    await scene.until("18:15:40")
    assert any(text.startswith(REACHES_NOBODY) for text in scene.night.operator.told)
    await scene.passes(minutes=20)
    assert Counter(text.startswith(FAILS) for text in scene.night.operator.told)[True] <= 2
    assert scene.night.log.counts.pop("deadline_failed") > 0
