"""Signal's network is away without anybody noticing, until just before an alert is due.

Nothing is sent while it lasts, so nothing but the bot's own round trips can tell of it.
"""

from typing import Literal

import pytest

from tests.end_to_end.inside import end_of_grace, on_the_loop
from tests.end_to_end.story import PATIENT, WORD, Story, nothing_heard_until, until

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

AWAY_FOR, BACK_BEFORE_GRACE_ENDS = 15.0, 1.0
"""Seconds: after such an outage signal-cli, left alone, hears nothing for ten more."""


@pytest.fixture
def changed() -> dict[str, str]:
    """The question is sent before the outage."""
    return {"BUDDY_GRACE": "20s", **PATIENT}


@pytest.mark.parametrize("how", ["down", "stall"])
async def test_an_outage_that_ends_just_before_grace_does_brings_an_alert_only_without_her_word(
    story: Story, how: Literal["down", "stall"]
):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    silent_ana, told_bo = await story.somebody("ana"), await story.somebody("bo")
    other_group = await story.pair(silent_ana, told_bo)
    await story.is_settled()
    await story.starts(silent_ana, told_bo, other_group, "2s")
    await story.starts(ana, bo, group, "1s")
    overdue_at = on_the_loop(end_of_grace(story))
    for asked in (ana, silent_ana):
        await story.hears(asked, "Please send your word by")
    await until(overdue_at - BACK_BEFORE_GRACE_ENDS - AWAY_FOR)
    await story.lab.network(how)
    await ana.send(WORD)
    await until(overdue_at - BACK_BEFORE_GRACE_ENDS)
    await story.lab.network("up")
    thanks = await story.hears(ana, "Thanks, noted. Good night.", within=20.0)
    alert = await story.hears(told_bo, "Timer of Ana: no word since", "Call Ana now", within=20.0)
    story.measure("end_of_grace_to_answer", thanks.at - overdue_at)
    story.measure("end_of_grace_to_alert", alert.at - overdue_at)
    await nothing_heard_until(alert.at + 1.0, (ana, bo), "no word since", "Timer of Ana")
