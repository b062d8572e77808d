"""What she was to read in a group missed her, and waits in her direct chat while she goes on: whatever else is said to
anybody meanwhile, every command is answered, and nothing comes that is over."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@asynccontextmanager
async def _nothing_reaches(scene: Scene, name: str, retry_after: float = 30) -> AsyncIterator[None]:
    limit = await scene.night.stand_in.rate_limit(name, 428, retry_after=retry_after, groups=True)
    yield
    await scene.night.stand_in.clear_faults(limit)


@pytest.mark.parametrize("wrong", ["/extend banana", "/start 2", "/start 3h", "/safe yellow lantern"])
@story()
async def test_a_refusal_takes_the_place_of_no_answer(ana: Someone, bo: Someone, scene: Scene, wrong: str) -> None:
    """Found by review: she read only the refusal, and could not know that her timer runs."""
    async with _nothing_reaches(scene, "Ana"):
        await ana.says_in_group("/start 2h")
        await scene.passes(seconds=40)
    await ana.says_in_group(wrong)
    await scene.passes(minutes=10)
    got = ana.unread()
    assert sum("runs until 20:00" in text for text in got) == 1
    assert len(got) == 2


@story()
async def test_two_refusals_in_a_row_are_two_answers(ana: Someone, bo: Someone, scene: Scene) -> None:
    async with _nothing_reaches(scene, "Ana"):
        await ana.says_in_group("/start 2")
        await scene.passes(seconds=40)
    await ana.says_in_group("/extend 30m")
    await scene.passes(minutes=10)
    first, second = sorted(ana.unread())
    assert first.startswith("NOT started. I am not sure what you mean.")
    assert second.startswith("Nothing changed. No timer runs.")


@story()
async def test_two_refusals_that_miss_her_come_in_order(ana: Someone, bo: Someone, scene: Scene) -> None:
    async with _nothing_reaches(scene, "Ana"):
        await ana.says_in_group("/start 2")
        await scene.passes(seconds=2)
        await ana.says_in_group("/extend 30m")
        await scene.passes(seconds=40)
    await ana.reads("NOT started. I am not sure what you mean. …", within=300)
    await ana.reads("Nothing changed. No timer runs. …", within=5)
    await ana.sees_nothing(during=300)


@story()
async def test_of_two_new_times_with_alerts_only_the_last_counts(ana: Someone, bo: Someone, scene: Scene) -> None:
    """No group has a line about them, so the answers are all there is."""
    await ana.says("/settings alerts only")
    await ana.says("/start 2h")
    await scene.passes(seconds=5)
    ana.forgets()
    async with _nothing_reaches(scene, "Ana"):
        await ana.says_in_group("/extend 10m")
        await scene.passes(seconds=40)
    await ana.says_in_group("/extend 20m")
    await scene.passes(minutes=5)
    (only,) = ana.unread()
    assert "20:30" in only


@story(seen_within="5m")
async def test_that_one_more_is_asked_takes_no_answer_back(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Cy's group gets its first line while what she was refused there still waits."""
    await ana.says("/start 2h")
    await scene.until("18:04:00")
    ana.forgets()
    async with _nothing_reaches(scene, "Ana", retry_after=120):
        await ana.says_in_group("/extend banana", await scene.group_of(ana, cy))
        await scene.until("18:06:00")
    await scene.passes(minutes=5)
    assert any("By how much?" in text for text in ana.unread())


@asynccontextmanager
async def _leaves_late(scene: Scene, seconds: float) -> AsyncIterator[None]:
    """The line is on its way for so long, and then reaches all but Ana."""
    async with _nothing_reaches(scene, "Ana", retry_after=2):
        scene.night.stand_in.faults.delay("send", seconds, times=1)
        yield
        await scene.passes(seconds=seconds + 1)


@story()
async def test_what_somebody_else_is_answered_there_is_no_answer_to_her(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Found by review: they are each other's buddies, and share the group."""
    await scene.pair(bo, ana, word="silver window")
    await scene.passes(seconds=5)
    ana.forgets()
    async with _leaves_late(scene, seconds=2):
        await ana.says_in_group("/extend 30m")
        await scene.passes(seconds=1)
        await bo.says_in_group("/start 2")
    await scene.passes(minutes=10)
    assert any("No timer runs" in text for text in ana.unread())


async def _writes_a_wrong_word_and_then(ana: Someone, scene: Scene, other: str) -> None:
    """The word in the group, where no answer reaches her; the other message directly."""
    await ana.says("/start 2h")
    await scene.passes(seconds=5)
    ana.forgets()
    async with _leaves_late(scene, seconds=3):
        await ana.says_in_group("/safe tungsten bagpipe")
        await scene.passes(seconds=1)
        await ana.says(other)
    await scene.passes(minutes=10)


@pytest.mark.parametrize("other", ["/status", "/help", "/extend banana", "good evening"])
@story()
async def test_what_she_is_answered_to_something_else_is_no_answer_to_it(
    ana: Someone, bo: Someone, scene: Scene, other: str
) -> None:
    """Found by review: that her word was wrong she never read."""
    await _writes_a_wrong_word_and_then(ana, scene, other)
    assert len(ana.unread()) == 2
    assert ana.shows().count("Not quite. Still 20:00.") == 1


@pytest.mark.parametrize("then", ["/extend 30m", f"/safe {WORD}"])
@story()
async def test_a_wrong_word_is_not_answered_once_her_timer_has_changed(
    ana: Someone, bo: Someone, scene: Scene, then: str
) -> None:
    """ "Still 20:00" would mislead her now."""
    await _writes_a_wrong_word_and_then(ana, scene, then)
    assert not any("Still" in text for text in ana.unread())


@story()
async def test_a_wrong_word_is_not_answered_once_another_timer_runs(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start until 20:00")
    await scene.passes(seconds=5)
    async with _leaves_late(scene, seconds=4):
        await ana.says_in_group("/safe tungsten bagpipe")
        await scene.passes(seconds=1)
        await ana.says(f"/safe {WORD}")
        await scene.passes(seconds=1)
        await ana.says("/start until 20:00")
    await scene.passes(minutes=10)
    assert not any("Still" in text for text in ana.unread())


async def _closes_while_sends_take_two_seconds(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await scene.passes(seconds=3)
    ana.forgets()
    scene.night.stand_in.faults.delay("send", 2, times=1)
    await ana.says_in_group(f"/safe {WORD}")
    await scene.passes(seconds=0.5)


@story()
async def test_who_leaves_the_group_is_answered_all_the_same(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found by review: Bo read that it is closed, and she nothing, ever."""
    await _closes_while_sends_take_two_seconds(ana, scene)
    await ana.phone.leave_group(str(ana.usual_group))
    await ana.reads("Ana's timer is closed. Thank you.", within=5)
    await ana.sees_nothing(during=60)


@story()
async def test_who_has_no_account_for_a_moment_is_answered_after_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _closes_while_sends_take_two_seconds(ana, scene)
    await ana.phone.unregister()
    await scene.passes(seconds=2)
    await ana.phone.register()
    await ana.reads("Ana's timer is closed. Thank you.", within=10)
    await ana.sees_nothing(during=60)
