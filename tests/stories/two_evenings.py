"""One evening played twice from the same seed, once ended by the codeword and once by the duress word.

Whatever Ana's phone has received is compared: texts, reactions, deletions, group changes, their order, and when; and
how much work each of her messages has made.
"""

import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.practice.evening import evening
from bot.practice.fast_words import FastWords
from bot.practice.stand_in_content import Event
from bot.practice.virtual_time import VirtualClock, run_virtual
from tests.stories.dialog import SIX
from tests.stories.scene import WORD, Scene
from tests.stories.someone import Someone

DURESS = "yellow submarine"
LONDON = "Europe/London"
SAME_BUCKET = 0.1
"""Seconds: much less than two comparisons of words take with argon2."""


@dataclass
class Night:
    """One of the two evenings. `word` ends it; `other` is the word that does not."""

    scene: Scene
    ana: Someone
    bo: Someone
    cy: Someone
    word: str
    other: str
    comparisons: list[int] = field(default_factory=list)

    async def writes(self, text: str, *, in_group: bool = False) -> int:
        """Ana writes; what it took to check it is counted."""
        before = self.compared()
        sent = await (self.ana.says_in_group(text) if in_group else self.ana.says(text))
        await self.scene.passes(seconds=5)
        self.comparisons.append(self.compared() - before)
        return sent

    def compared(self) -> int:
        """How many comparisons of words there have been so far, whoever wrote."""
        return Counting.compared


class Counting(FastWords):
    compared = 0

    def matches(self, encoded: str, folded: str) -> bool:
        Counting.compared += 1
        return super().matches(encoded, folded)


Script = Callable[[Night], Awaitable[Any]]


def assert_alike(script: Script, monkeypatch: pytest.MonkeyPatch) -> tuple[Night, Night]:
    """Play it with either word: her phone cannot tell, and the alarm was raised. Returns both evenings."""
    count_comparisons(monkeypatch)
    plain, forced = (play(script, *words) for words in ((WORD, DURESS), (DURESS, WORD)))
    assert [_shown(event, plain.ana) for event in plain.ana.phone.history] == [
        _shown(event, forced.ana) for event in forced.ana.phone.history
    ]
    for one, other in zip(plain.ana.phone.history, forced.ana.phone.history, strict=True):
        assert abs(one.at - other.at) <= SAME_BUCKET
    assert plain.comparisons == forced.comparisons
    assert alarmed(forced)
    return plain, forced


def count_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every comparison of words counted."""
    monkeypatch.setattr("bot.practice.evening.FastWords", Counting)


def alarmed(night: Night) -> bool:
    """Whether a buddy was told of an alarm."""
    shown = [*night.bo.shows(), *night.cy.shows()]
    return any(text.startswith("About Ana: please read all of this first.") for text in shown)


def play(script: Script, word: str, other: str) -> Night:
    """The evening that `word` ends."""

    async def whole(clock: VirtualClock) -> Night:
        logged = io.StringIO()
        async with evening(clock, log_to=logged, timezone=LONDON) as night_of_bot:
            scene = Scene(clock, night_of_bot, logged, ZoneInfo(LONDON))
            ana, bo, cy = [await scene.arrive(name) for name in ("Ana", "Bo", "Cy")]
            for buddy in (bo, cy):
                await scene.pair(ana, buddy)
                buddy.usual_group = await scene.group_of(ana, buddy)
            ana.usual_group = bo.usual_group
            await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
            await scene.until("18:00")
            night = Night(scene, ana, bo, cy, word, other)
            await script(night)
            return night

    return run_virtual(whole, start=SIX - timedelta(minutes=1))


_CODE = re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){2}\b")
_MOMENTS = {"timestamp", "target_timestamp", "timestamps"}


def _shown(event: Event, someone: Someone) -> dict[str, Any]:
    """All that is known about an event but its time stamps and what chance made; what it refers to, by its place."""
    known = {name: value for name, value in event.data.items() if name not in _MOMENTS}
    if isinstance(known.get("body"), str):
        known["body"] = _CODE.sub("CODE", known["body"])
    if event.kind == "reaction":
        known["reaction"] = {name: v for name, v in event.data["reaction"].items() if name != "timestamp"}
    targets = [event.data["target_timestamp"]] if "target_timestamp" in event.data else event.data.get("timestamps", [])
    places = [each.data.get("timestamp") for each in someone.phone.history]
    return known | {"about": [places.index(target) if target in places else "own" for target in targets]}
