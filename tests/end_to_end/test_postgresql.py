"""The main job once more, on PostgreSQL."""

import pytest

from tests.end_to_end.course import comes_back_late, overdue
from tests.end_to_end.story import Story

pytestmark = [pytest.mark.lab, pytest.mark.postgresql, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def changed(postgresql_url: str) -> dict[str, str]:
    return {"BUDDY_DATABASE_URL": postgresql_url}


async def test_the_alert_comes_in_time_from_postgresql_too(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    told = await overdue(story, ana, bo, group)
    await bo.react("👍", told[0])
    await story.hears(bo, "You have it. Thank you. Call Ana;")
    await comes_back_late(story, ana, bo, group, *told)
    assert await story.bot.stop() == 0
    assert not list(story.bot.folder.glob("*.db"))
