"""An evening ended by the duress word is, on everything her phone can show, the one ended by the codeword.

Both evenings are played from the same seed. Whatever Ana's phone has received is compared: texts, reactions,
deletions, group changes, their order, and when; and how much work each of her messages has made.
"""

import io
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
        before = _Counting.compared
        sent = await (self.ana.says_in_group(text) if in_group else self.ana.says(text))
        await self.scene.passes(seconds=5)
        self.comparisons.append(_Counting.compared - before)
        return sent


class _Counting(FastWords):
    compared = 0

    def matches(self, encoded: str, folded: str) -> bool:
        _Counting.compared += 1
        return super().matches(encoded, folded)


Script = Callable[[Night], Awaitable[Any]]


async def ended_in_time(night: Night) -> None:
    await night.writes("/start 30m\nRoom 12")
    await night.scene.passes(minutes=21)
    await night.writes(night.word)


async def ended_in_the_group(night: Night) -> None:
    await night.writes("/start 30m", in_group=True)
    await night.writes(f"/extend 30m {night.word}", in_group=True)
    await night.writes(f"/safe {night.word}", in_group=True)


async def ended_after_alerts(night: Night) -> None:
    await night.writes("/start 5m\nRoom 12")
    await night.scene.passes(minutes=13)
    await night.bo.says("on it")
    await night.scene.passes(minutes=1)
    await night.writes(night.word)


async def ended_while_a_buddy_leaves(night: Night) -> None:
    await night.writes("/start 30m")
    await night.bo.says("/unpair Ana")
    await night.scene.passes(seconds=2)
    await night.writes(f"/cancel {night.word}")


async def not_running_at_all(night: Night) -> None:
    await night.writes(night.word)
    await night.writes(night.word, in_group=True)
    await night.writes(f"/safe {night.word}")


async def in_an_edit(night: Night) -> None:
    sent = await night.writes("/start 30m")
    await night.ana.edits(sent, night.word)
    await night.scene.passes(seconds=2)
    await night.ana.edits(sent, f"/safe {night.word}")
    await night.scene.passes(seconds=2)


async def after_too_many_wrong_ones(night: Night) -> None:
    for number in range(6):
        await night.writes(f"/unpair Bo wrong number {number}")
    await night.writes(f"/unpair Bo {night.word}")


async def everything_afterwards(night: Night) -> None:
    """What her phone may be made to do afterwards, with either word."""
    word, other = night.word, night.other
    await night.writes("/status")
    await night.writes(f"/safe {other}")
    await night.writes(f"/extend 30m {other}")
    await night.writes("/start 30m")
    await night.writes("/status")
    await night.bo.says_in_group("/ack")
    await night.bo.says_in_group("on it")
    await night.bo.says_in_group("/status")
    await night.scene.restarts(down=timedelta(minutes=2))
    await night.scene.passes(seconds=30)
    await night.writes(f"/safe {word}")
    await night.writes("help me please")
    await night.writes("/buddies")
    await night.writes(f"/words {word} > green lantern / red tractor")
    await night.writes("/name Anna")
    await night.writes("/start 5m")
    await night.scene.passes(minutes=12)
    await night.writes("green lantern")
    await night.scene.passes(minutes=10)
    await night.writes("/unpair Bo green lantern")
    await night.writes("/start 30m")
    await night.writes("/safe green lantern")
    await night.scene.passes(hours=2)


SCRIPTS: list[Script] = [
    ended_in_time,
    ended_in_the_group,
    ended_after_alerts,
    ended_while_a_buddy_leaves,
    not_running_at_all,
    in_an_edit,
    after_too_many_wrong_ones,
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_nothing_on_her_phone_tells_the_two_evenings_apart(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.practice.evening.FastWords", _Counting)
    plain, forced = (_play(script, *words) for words in ((WORD, DURESS), (DURESS, WORD)))
    assert [_shown(event, plain.ana) for event in plain.ana.phone.history] == [
        _shown(event, forced.ana) for event in forced.ana.phone.history
    ]
    for one, other in zip(plain.ana.phone.history, forced.ana.phone.history, strict=True):
        assert abs(one.at - other.at) <= SAME_BUCKET
    assert plain.comparisons == forced.comparisons
    assert sum(plain.comparisons) >= 2 * len([count for count in plain.comparisons if count]) > 0
    assert _alarmed(forced)


def test_a_codeword_alone_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.practice.evening.FastWords", _Counting)
    night = _play(ended_after_alerts, WORD, WORD)
    assert not _alarmed(night)


def _alarmed(night: Night) -> bool:
    shown = [*night.bo.shows(), *night.cy.shows()]
    return any(text.startswith("About Ana: please read all of this first.") for text in shown)


def _play(script: Script, word: str, other: str) -> Night:
    async def play(clock: VirtualClock) -> Night:
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
            await everything_afterwards(night)
            return night

    return run_virtual(play, start=SIX - timedelta(minutes=1))


_MOMENTS = {"timestamp", "target_timestamp", "timestamps"}


def _shown(event: Event, someone: Someone) -> dict[str, Any]:
    """All that is known about an event but its time stamps; what it refers to, by its place."""
    known = {name: value for name, value in event.data.items() if name not in _MOMENTS}
    if event.kind == "reaction":
        known["reaction"] = {name: v for name, v in event.data["reaction"].items() if name != "timestamp"}
    targets = [event.data["target_timestamp"]] if "target_timestamp" in event.data else event.data.get("timestamps", [])
    places = [each.data.get("timestamp") for each in someone.phone.history]
    return known | {"about": [places.index(target) if target in places else "own" for target in targets]}
