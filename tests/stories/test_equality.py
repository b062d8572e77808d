"""An evening ended by the duress word is, on everything her phone can show, the one ended by the codeword."""

from datetime import timedelta

import pytest

from tests.stories.scene import WORD
from tests.stories.two_evenings import Night, Script, alarmed, assert_alike, count_comparisons, play


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


def _with_everything_afterwards(script: Script) -> Script:
    async def both(night: Night) -> None:
        await script(night)
        await everything_afterwards(night)

    return both


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_nothing_on_her_phone_tells_the_two_evenings_apart(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, _ = assert_alike(_with_everything_afterwards(script), monkeypatch)
    assert sum(plain.comparisons) >= 2 * len([count for count in plain.comparisons if count]) > 0


def test_a_codeword_alone_raises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    count_comparisons(monkeypatch)
    assert not alarmed(play(_with_everything_afterwards(ended_after_alerts), WORD, WORD))
