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
