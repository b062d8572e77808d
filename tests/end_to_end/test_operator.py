"""No buddy's phone has an alert: whoever runs the bot is told through the second channel, without a name in it."""

import asyncio
import re

import pytest
import pytest_asyncio

from tests.end_to_end.four import ALERT, DETAILS, MARGIN, Four, four, is_safe_at_last, starts
from tests.end_to_end.pager import Page, Pager
from tests.end_to_end.story import DURESS, WORD, Story

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

OPERATOR_AFTER = 6.0


@pytest_asyncio.fixture(loop_scope="session")
async def changed(pager: Pager) -> dict[str, str]:
    return {
        "BUDDY_OPERATOR": pager.address,
        "BUDDY_OPERATOR_AFTER": f"{OPERATOR_AFTER:.0f}s",
        "BUDDY_DELIVERED_WITHIN": "2s",
    }


@pytest_asyncio.fixture(loop_scope="session")
async def people(story: Story) -> Four:
    """With every buddy's phone off."""
    met = await four(story)
    for buddy in met.buddies:
        await buddy.phone.go_offline()
    return met


async def told(story: Story, pager: Pager, due: float, name: str) -> Page:
    """What the operator hears, no earlier than `due` (the loop's time) and in time."""
    page = await story.bot.watched(pager.expect("reaches nobody", within=30.0))
    story.measure(name, page.at - due)
    assert -0.1 <= page.at - due <= MARGIN
    said = str(page.said)
    assert re.findall(r"\b(?:Ana|Bo|Cy|Dee)\b", said) == []
    accounts = [secret for phone in story.people for secret in (phone.aci, phone.number)]
    assert [secret for secret in (DETAILS, *WORD.split(), *DURESS.split(), *accounts) if secret in said] == []
    return page


async def test_an_alert_that_reaches_nobody_is_told_to_the_operator_once(story: Story, people: Four, pager: Pager):
    overdue_at = await starts(story, people.ana, "2s")
    page = await told(story, pager, overdue_at + OPERATOR_AFTER, "overdue_to_operator")
    for buddy in people.buddies:
        await buddy.phone.go_online()
        await story.hears(buddy.phone, *ALERT)
    await is_safe_at_last(story, people.ana, *people.buddies)
    assert pager.pages == [page]


async def test_an_alarm_that_reaches_nobody_is_told_to_the_operator(story: Story, people: Four, pager: Pager):
    sent_at = asyncio.get_running_loop().time()
    await people.ana.send("/sos back stairs")
    await told(story, pager, sent_at + OPERATOR_AFTER, "sos_to_operator")
    await people.bo.phone.go_online()
    await story.hears(people.bo.phone, "About Ana: please read all of this first.")
