"""Ana comes back in time: nobody is alerted, and what she left is gone."""

import pytest

from tests.end_to_end.inside import end_of_grace, on_the_loop, with_the_key, without_the_key
from tests.end_to_end.story import WORD, Story, nothing_heard_until

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

DETAILS = "Green door, ring twice, canary 4711"


async def test_who_is_back_in_time_alerts_nobody_and_leaves_nothing_behind(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    await story.starts(ana, bo, group, "5s", DETAILS)
    overdue_at = on_the_loop(end_of_grace(story))
    assert DETAILS in with_the_key(story)
    await story.says(ana, WORD, "Thanks, noted. Good night.")
    for phone in (ana, bo):
        await story.hears(phone, "Ana's timer is closed. Thank you.", group=group)
    await nothing_heard_until(overdue_at + 1.5, (ana, bo), "no word since", "Timer of Ana", "Please send your word")
    assert await story.bot.stop() == 0
    assert DETAILS not in with_the_key(story)
    for secret in (DETAILS, "canary", WORD):
        assert secret.encode() not in without_the_key(story)
        assert secret.encode() not in story.bot.output
