"""She writes in a group, and Signal carries the line there to all but her: she is answered directly (SPEC: every
command is answered)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


async def _writes_unreached(ana: Someone, scene: Scene, text: str) -> None:
    """Signal takes nothing for her phone for some seconds."""
    ana.forgets()
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=2, groups=True)
    await ana.says_in_group(text)
    await scene.passes(seconds=1)
    await scene.night.stand_in.clear_faults(limit)


@story()
async def test_a_timer_from_start_to_end(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found by a simulated night: her word was never answered."""
    await _writes_unreached(ana, scene, "/start 2h")
    await bo.reads_in_group("Ana's timer runs until 20:00. …")
    await ana.reads("Ana's timer runs until 20:00. …", within=10)
    await _writes_unreached(ana, scene, "/extend 30m")
    await bo.reads_in_group("Ana's timer now runs until 20:30. …")
    await ana.reads("Ana's timer now runs until 20:30. …", within=10)
    await _writes_unreached(ana, scene, f"/safe {WORD}")
    await bo.reads_in_group("Ana's timer is closed. Thank you.")
    await ana.reads("Ana's timer is closed. Thank you.", within=10)
    await ana.sees_nothing(during=60)


@pytest.mark.parametrize("text", ["/extend 30m", "/safe yellow lantern"])
@story()
async def test_a_command_that_changes_nothing(ana: Someone, bo: Someone, scene: Scene, text: str) -> None:
    await _writes_unreached(ana, scene, text)
    await ana.reads("Nothing changed. No timer runs. …", within=10)
    await ana.sees_nothing(during=60)


@story()
async def test_who_was_answered_directly_is_not_told_twice(ana: Someone, bo: Someone, scene: Scene) -> None:
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=2, groups=True)
    await ana.says("/start 2h")
    await scene.passes(seconds=1)
    await scene.night.stand_in.clear_faults(limit)
    await ana.reads("Saved. Your timer runs until 20:00. …", within=10)
    await ana.sees_nothing(during=60)


@story()
async def test_whom_it_does_not_answer_is_not_told_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await ana.says_in_group("/start 2h")
    await ana.reads_in_group("Ana's timer runs until 20:00. …")
    await scene.night.stand_in.clear_faults(limit)
    await bo.sees_nothing(during=60)


@story()
async def test_once_it_is_over_nothing_says_that_it_runs(ana: Someone, bo: Someone, scene: Scene) -> None:
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=20, groups=True)
    await ana.says_in_group("/start 2h")
    await scene.passes(seconds=1)
    await ana.says(f"/safe {WORD}")
    await scene.passes(seconds=5)
    await scene.night.stand_in.clear_faults(limit)
    await ana.reads("Thanks, noted. Good night.", within=30)
    await ana.sees_nothing(during=60)


async def _goes_on_before_the_line_leaves(ana: Someone, scene: Scene, in_group: str, then: str) -> str:
    """Returns what she reads last. The line waits while she goes on in the direct chat, and then leaves without her."""
    limits = [await scene.night.stand_in.rate_limit(name, 428, retry_after=5, groups=True) for name in ("Ana", "Bo")]
    await ana.says_in_group(in_group)
    await scene.passes(seconds=3)
    await ana.says(then)
    await scene.night.stand_in.clear_faults(limits[1])
    await scene.passes(seconds=30)
    await scene.night.stand_in.clear_faults(limits[0])
    await scene.passes(minutes=2)
    return ana.unread()[-1]


@story()
async def test_no_old_answer_comes_after_saved(ana: Someone, bo: Someone, scene: Scene) -> None:
    """She must not read at last that no timer runs."""
    assert "Nothing changed" not in await _goes_on_before_the_line_leaves(ana, scene, "/extend 30m", "/start 2h")


@story()
async def test_no_old_answer_comes_after_good_night(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await scene.passes(seconds=5)
    last = await _goes_on_before_the_line_leaves(ana, scene, "/safe yellow lantern", f"/safe {WORD}")
    assert "Still" not in last


@pytest.mark.parametrize("then", ["/extend 30m", f"/safe {WORD}"])
@story()
async def test_no_old_time_comes_after_the_next_line(ana: Someone, bo: Someone, scene: Scene, then: str) -> None:
    """The direct answer waits out a pause; the next line reaches her in the group at once."""
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=30, groups=True)
    await ana.says_in_group("/start 2h")
    await scene.passes(seconds=40)
    await scene.night.stand_in.clear_faults(limit)
    await ana.says_in_group(then)
    await scene.passes(minutes=5)
    assert not any("until 20:00" in text for text in ana.unread())


@story()
async def test_that_it_is_closed_does_not_come_after_the_next_start(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 2h")
    await scene.passes(seconds=5)
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=30, groups=True)
    await ana.says_in_group(f"/safe {WORD}")
    await scene.passes(seconds=5)
    await scene.night.stand_in.clear_faults(limit)
    await ana.says_in_group("/start 1h")
    await scene.passes(minutes=5)
    assert "is closed" not in ana.unread()[-1]


@story()
async def test_what_leaves_twice_is_answered_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    """The clock jumps while it is on its way."""
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=2, groups=True)
    scene.night.stand_in.faults.delay("send", 20, times=1, after_effect=True)
    await ana.says_in_group("/extend 30m")
    await scene.passes(seconds=2)
    scene.clock.step(600)
    await scene.passes(seconds=60)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(seconds=60)
    assert len(ana.unread()) == 1


@story()
async def test_her_answer_survives_his_line_where_they_are_each_others_buddies(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.pair(bo, ana, word="silver window")
    await scene.passes(seconds=5)
    ana.forgets()
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=20, groups=True)
    await ana.says_in_group("/start 2h")
    await scene.passes(seconds=3)
    await bo.says_in_group("/start 3h")
    await scene.passes(seconds=2)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=5)
    assert any("until 20:00" in text for text in ana.unread())


@story()
async def test_her_answer_survives_the_line_of_an_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:09:50")
    ana.forgets()
    limit = await scene.night.stand_in.rate_limit("Ana", 428, retry_after=20, groups=True)
    await ana.says_in_group("/safe yellow lantern")
    await scene.passes(seconds=15)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=3)
    assert any("Not quite" in text for text in ana.unread())
