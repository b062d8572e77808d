"""Every message leaves, but signal-cli says so only after the bot has given up waiting (DESIGN, invariant 8)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 18:30. It is …"
TAKES = 70.0
"""Seconds, as on a host that is out of memory; the bot waits for sixty."""
COPIES = 2
"""The second try begins before the first is answered."""


async def _slow_from_the_alert_on(
    ana: Someone, scene: Scene, *, after_effect: bool = False, times: int | None = None
) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await scene.until("18:34:50")
    scene.night.stand_in.faults.delay("send", TAKES, after_effect=after_effect, times=times)


def _times(someone: Someone, beginning: str) -> int:
    return sum(text.startswith(beginning) for text in someone.shows())


@pytest.mark.parametrize("after_effect", [False, True])
@story()
async def test_nothing_is_said_again_once_it_is_known_to_be_out(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, after_effect: bool
) -> None:
    await _slow_from_the_alert_on(ana, scene, after_effect=after_effect)
    await scene.until("18:38:00")
    await ana.says(WORD)
    await ana.says("/status")
    await bo.says("/status")
    await scene.passes(hours=1)
    told = [_times(bo, "Ana has sent the word"), _times(cy, "Ana has sent the word")]
    answered = [_times(ana, "Thanks, noted."), _times(ana, "No timer runs."), _times(bo, "No timer runs.")]
    assert all(1 <= times <= COPIES for times in told + answered), (told, answered)


@pytest.mark.parametrize("copy", [0, 1])
@story()
async def test_a_yes_to_either_copy_of_an_alert_takes_it(ana: Someone, bo: Someone, scene: Scene, copy: int) -> None:
    """The first is known as sent by then; whether the second leaves is open, or known too late."""
    await _slow_from_the_alert_on(ana, scene, after_effect=True)
    await scene.until("18:35:02")
    copies = [await bo.reads(ALERT)]
    await scene.until("18:36:02")
    copies.append(await bo.reads(ALERT))
    await scene.until("18:36:20")
    await bo.reacts("👍", copies[copy])
    await scene.passes(seconds=1)
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.taken_by is not None


@story()
async def test_an_all_clear_does_not_overtake_the_second_copy_of_an_alert(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Or the alert, read last, would look as if something had happened after all."""
    await _slow_from_the_alert_on(ana, scene)
    await scene.until("18:36:00")
    await scene.passes(seconds=0.5)
    scene.night.stand_in.faults.clear()
    scene.night.stand_in.faults.delay("send", 30.0)
    await scene.until("18:36:12")
    await bo.reads(ALERT)
    scene.night.stand_in.faults.clear()
    await ana.says(WORD)
    await scene.passes(seconds=10)
    assert not _times(bo, "Ana has sent the word")
    await scene.passes(seconds=30)
    told = ("Timer of Ana: no word since 18:30. It", "Ana has sent the word")
    in_chat = [text for text in bo.shows() if text.startswith(told)]
    assert [text[:8] for text in in_chat] == ["Timer of", "Timer of", "Ana has "]


@story()
async def test_a_connection_that_ends_leaves_open_what_became_of_it_and_it_is_said_again(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _slow_from_the_alert_on(ana, scene)
    await scene.until("18:36:00")
    await scene.passes(seconds=0.5)
    await scene.night.stand_in.kill_signal_cli()
    scene.night.stand_in.faults.clear()
    await scene.night.stand_in.start_signal_cli()
    await bo.reads(ALERT, within=20)


@pytest.mark.parametrize(
    ("at", "how_far"), [("18:36:05", "perhaps sent, I try again"), ("18:36:20", "sent, not yet arrived on your phone")]
)
@story()
async def test_a_buddy_is_told_that_his_alert_is_sent_although_the_end_of_its_copy_is_open(
    ana: Someone, bo: Someone, scene: Scene, at: str, how_far: str
) -> None:
    bo.phone.delivery_receipts = False
    await _slow_from_the_alert_on(ana, scene, after_effect=True)
    await scene.until(at)
    bo.forgets()
    scene.night.stand_in.faults.clear()
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    answer = await bo.reads("…")
    assert how_far in str(answer.body)
