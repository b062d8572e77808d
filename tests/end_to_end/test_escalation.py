"""The first buddy cannot be reached, or does not answer: the next one is alerted, in time (SPEC: step 5)."""

import asyncio

import pytest
import pytest_asyncio

from bot.domain.outgoing import TO_BUDDY_ALONE, Purpose
from tests.end_to_end.four import (
    ALERT,
    AT_ONCE,
    MARGIN,
    Four,
    four,
    heard_in,
    is_alerted,
    is_safe_at_last,
    of_alerts,
    starts,
    takes_it,
)
from tests.end_to_end.inside import are_recorded
from tests.end_to_end.pager import Pager
from tests.end_to_end.story import Story, nothing_heard_until, until

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

DELIVERED_WITHIN = 6.0
OPERATOR_AFTER = 10.0
RETRY_AFTER = 7


@pytest_asyncio.fixture(loop_scope="session")
async def changed(pager: Pager) -> dict[str, str]:
    return {
        "BUDDY_DELIVERED_WITHIN": f"{DELIVERED_WITHIN:.0f}s",
        "BUDDY_OPERATOR_AFTER": f"{OPERATOR_AFTER:.0f}s",
        "BUDDY_OPERATOR": pager.address,
    }


@pytest_asyncio.fixture(loop_scope="session")
async def people(story: Story) -> Four:
    return await four(story)


async def test_while_bos_phone_is_off_cy_is_alerted_in_time_and_bo_gets_his_alerts_when_it_is_back(
    story: Story, people: Four, pager: Pager
):
    ana, (bo, cy, dee) = people.ana, people.buddies
    await bo.phone.go_offline()
    overdue_at = await starts(story, ana, "2s")
    await is_alerted(story, cy, overdue_at + DELIVERED_WITHIN, MARGIN, "phone_silent_to_next")
    assert of_alerts(bo.phone) == []
    await until(overdue_at + OPERATOR_AFTER + 1.0)
    assert await bo.phone.go_online() > 0
    await story.hears(bo.phone, "Ana's timer runs until", "please answer this with a 👍", group=bo.group)
    await story.hears(bo.phone, *ALERT)
    await story.hears(bo.phone, "Timer of Ana:", "no word since", "Call Ana now")  # the one that left with Cy's
    await takes_it(story, bo, cy)
    await is_safe_at_last(story, ana, bo, cy)
    assert [event for event in heard_in(dee.phone, dee.group) if event.kind == "text"][1:] == []
    a_second_from_now = asyncio.get_running_loop().time() + 1.0
    await nothing_heard_until(a_second_from_now, [dee.phone], "Timer of Ana", "Ana has sent the word")
    assert pager.pages == []


async def test_ana_is_told_that_bos_phone_has_not_confirmed_her_timer(story: Story, people: Four):
    ana, bo = people.ana, people.bo
    await bo.phone.go_offline()
    answer = await story.says(ana, "/start 30s", "Saved. Your timer runs until", "Bo is on call")
    told = await story.hears(ana, "The phone of Bo has not confirmed your timer", within=DELIVERED_WITHIN + MARGIN)
    story.measure("start_to_phone_silent", told.at - answer.at)
    assert told.at - answer.at >= DELIVERED_WITHIN - 0.5
    await is_safe_at_last(story, ana)


async def test_when_bo_is_not_registered_any_more_cy_is_alerted_at_once(story: Story, people: Four):
    ana, (bo, cy, dee) = people.ana, people.buddies
    await bo.phone.unregister()
    overdue_at = await starts(story, ana, "2s")
    await is_alerted(story, cy, overdue_at, AT_ONCE, "unregistered_to_next")
    await takes_it(story, cy)
    await are_recorded(story, *TO_BUDDY_ALONE)  # what is on its way just now would reach him once he is back
    await bo.phone.register()
    await is_safe_at_last(story, ana, cy)
    await story.hears(bo.phone, "Ana's timer is closed. Thank you.", group=bo.group)  # no alert has reached him
    assert of_alerts(bo.phone) == of_alerts(dee.phone) == []


@pytest.mark.parametrize("status", [429, 428])
async def test_when_bos_alert_is_held_up_by_a_limit_cy_is_alerted_at_once_and_bo_as_soon_as_it_is_lifted(
    story: Story, people: Four, pager: Pager, status: int
):
    ana, (bo, cy, dee) = people.ana, people.buddies
    limit = await story.lab.rate_limit(bo.phone.name, status, retry_after=RETRY_AFTER)
    overdue_at = await starts(story, ana, "2s")
    await is_alerted(story, cy, overdue_at, AT_ONCE, f"limit_{status}_to_next")
    assert [event for event in of_alerts(bo.phone) if event.group_id is None] == []
    if status == 428:
        page = await pager.expect("Signal asks for a captcha", within=5.0)
        assert page.at >= overdue_at
    await story.lab.clear_faults(limit)
    lifted_at = asyncio.get_running_loop().time()
    alert = await story.hears(bo.phone, *ALERT, within=2 * RETRY_AFTER + MARGIN)
    story.measure(f"limit_{status}_lifted_to_alert", alert.at - lifted_at)
    await takes_it(story, cy, bo)
    await is_safe_at_last(story, ana, bo, cy)
    assert of_alerts(dee.phone) == []


@pytest.mark.parametrize("confirmed", [True, False])
async def test_a_receipt_that_came_while_the_bot_was_down_counts_before_anybody_else_is_alerted(
    story: Story, people: Four, confirmed: bool
):
    ana, (bo, cy, dee) = people.ana, people.buddies
    await bo.phone.set_receipts(delivery=False)
    overdue_at = await starts(story, ana, "2s")
    alert = await is_alerted(story, bo, overdue_at, MARGIN, "grace_to_first")
    await are_recorded(story, *TO_BUDDY_ALONE, Purpose.ALERT_LINE)
    await story.bot.kill()
    await story.signal_cli_has_left()
    if confirmed:
        await bo.phone.receipt("delivery", alert.timestamp)
    await until(overdue_at + DELIVERED_WITHIN + 1.0)
    await story.bot.start()
    started_at = asyncio.get_running_loop().time()
    if confirmed:
        await story.says(bo.phone, "/status", "Timer of Ana: no word since", "arrived on your phone")
        await nothing_heard_until(started_at + 5.0, [cy.phone], "Timer of Ana")
    else:
        await is_alerted(story, cy, started_at, MARGIN, "start_to_next")
    await is_safe_at_last(story, ana, *([bo] if confirmed else [bo, cy]))
    assert of_alerts(dee.phone) == []
