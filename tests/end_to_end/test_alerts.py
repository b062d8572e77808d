"""Ana does not come back: the alert on Bo's phone, Bo who takes it, and the word that comes late."""

import pytest

from tests.end_to_end.course import DETAILS, comes_back_late, overdue
from tests.end_to_end.story import Story

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]


async def test_the_alert_is_on_the_buddys_phone_within_two_seconds_and_the_group_stays_neutral(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    alert, details, line = await overdue(story, ana, bo, group)
    assert line.body.endswith("Bo, please read what I wrote to you directly.")
    assert DETAILS not in alert.body
    seen_by_ana = [event for event in ana.history if event.kind == "text"]
    assert not any(DETAILS in event.body for event in seen_by_ana)
    assert not any("Timer of Ana" in event.body for event in seen_by_ana if event.group_id is None)
    await story.says(bo, "on it", "You have it. Thank you. Call Ana;")
    await comes_back_late(story, ana, bo, group, alert, details, line)


async def test_a_thumb_on_the_alert_takes_it_and_a_late_word_takes_the_alert_back(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    told = await overdue(story, ana, bo, group)
    await bo.react("👍", told[0])
    await story.hears(bo, "You have it. Thank you. Call Ana;")
    await comes_back_late(story, ana, bo, group, *told)
