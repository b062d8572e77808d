"""Two accounts come together by invite, and the bot makes their group."""

import pytest

from tests.end_to_end.story import Story

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

FOUR_HOURS = 4 * 60 * 60


async def test_two_people_pair_by_invite_and_the_bot_makes_their_group(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.lab.group(await story.pair(ana, bo))
    assert {member["aci"]: member["role"] for member in group["members"]} == {
        ana.aci: "default",
        bo.aci: "default",
        story.lab.account_aci: "administrator",
    }
    assert group["pending"] == []
    assert group["title"] == "Ana + Bo"
    assert group["expiration"] == FOUR_HOURS
    assert (group["access"]["attributes"], group["access"]["members"]) == ("administrator", "administrator")
