"""Signal's network is away for a while: what was said meanwhile counts, before anything that waited leaves.

Sending works as soon as the network is back; signal-cli's receiving, left alone, would follow seconds later.
"""

import asyncio

import pytest

from tests.end_to_end.inside import end_of_grace, on_the_loop
from tests.end_to_end.story import PATIENT, WORD, Story, nothing_heard_until, until

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

AWAY_AFTER_GRACE = 9.0


@pytest.fixture
def changed() -> dict[str, str]:
    return PATIENT


async def test_after_an_outage_who_sent_her_word_meanwhile_alerts_nobody_and_who_did_not_does(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    silent_ana, told_bo = await story.somebody("ana"), await story.somebody("bo")
    other_group = await story.pair(silent_ana, told_bo)
    await story.is_settled()
    await story.starts(ana, bo, group, "4s")
    await story.starts(silent_ana, told_bo, other_group, "3s")
    overdue_at = on_the_loop(end_of_grace(story))
    await story.lab.network("down")
    await ana.send(WORD)
    await until(overdue_at + AWAY_AFTER_GRACE)
    await story.lab.network("up")
    back_at = asyncio.get_running_loop().time()
    thanks = await story.hears(ana, "Thanks, noted. Good night.", within=60.0)
    alert = await story.hears(told_bo, "Timer of Ana: no word since", "Call Ana now", within=60.0)
    await story.hears(told_bo, "Timer of Ana: no word since", group=other_group)
    story.measure("signal_back_to_answer", thanks.at - back_at)
    story.measure("signal_back_to_alert", alert.at - back_at)
    await nothing_heard_until(alert.at + 1.0, (ana, bo), "no word since", "Timer of Ana")
