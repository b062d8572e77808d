"""The main job with signal-cli as the bot's own child: `BUDDY_SIGNAL=spawn:…`, the simplest way to install it."""

import shlex
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.end_to_end.course import comes_back_late, overdue
from tests.end_to_end.story import Measure, Story, a_story
from tests.lab.signal_lab import SignalLab

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def story(shared_lab: SignalLab, tmp_path: Path, measure: Measure) -> AsyncIterator[Story]:
    """A bot that starts and ends its signal-cli itself."""
    await shared_lab.stop_signal_cli()
    command = shlex.join(shared_lab.child_command())
    async with a_story(shared_lab, tmp_path, measure, BUDDY_SIGNAL=f"spawn:{command}") as told:
        yield told


async def test_a_bot_that_spawns_signal_cli_alerts_in_time_and_takes_its_child_along_when_killed(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    told = await overdue(story, ana, bo, group)
    await story.says(bo, "on it", "You have it. Thank you. Call Ana;")
    await comes_back_late(story, ana, bo, group, *told)
    await story.bot.kill()
    await story.signal_cli_has_left()
    await ana.send("/status")
    await story.bot.start()
    await story.hears(ana, "No timer runs.", within=20.0)
    assert await story.bot.stop(within=10.0) == 0
    assert await story.signal_cli_has_left() < 1.0
