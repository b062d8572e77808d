"""Bo reads the alert and does not answer, Cy neither until Dee has it too: then Cy takes it (SPEC: steps 5 to 7)."""

import pytest

from tests.end_to_end.four import MARGIN, four, heard_in, is_alerted, is_safe_at_last, of_alerts, starts, takes_it
from tests.end_to_end.story import Story
from tests.lab.phone import Phone

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

SEEN_WITHIN = 2.0
TAKEN_WITHIN = 5.0


@pytest.fixture
def changed() -> dict[str, str]:
    return {"BUDDY_SEEN_WITHIN": f"{SEEN_WITHIN:.0f}s", "BUDDY_TAKEN_WITHIN": f"{TAKEN_WITHIN:.0f}s"}


def lines(phone: Phone, group: str) -> list[str]:
    """What was said in a group after the greeting, without what came of an alert."""
    said = [event for event in heard_in(phone, group) if event.kind == "text" and event not in of_alerts(phone)]
    return [(event.body or "") for event in said][1:]


async def test_who_reads_and_does_not_answer_is_followed_by_the_next_until_one_takes_it(story: Story):
    people = await four(story)
    ana, (bo, cy, dee) = people.ana, people.buddies
    await bo.phone.set_receipts(read=True)
    overdue_at = await starts(story, ana, "3s")
    await story.hears(ana, "Nobody has answered yet. I ask Cy too.")
    await is_alerted(story, bo, overdue_at, MARGIN, "grace_to_first")
    await is_alerted(story, cy, overdue_at + TAKEN_WITHIN, MARGIN, "not_taken_to_second")
    await is_alerted(story, dee, overdue_at + 2 * TAKEN_WITHIN, MARGIN, "not_taken_to_third")
    for earlier in (bo, bo, cy):
        await story.hears(earlier.phone, "Timer of Ana: still no word since", "Nobody has it yet.")
    await takes_it(story, cy, bo, dee)
    await is_safe_at_last(story, ana, bo, cy, dee)
    for buddy in people.buddies:
        assert lines(buddy.phone, buddy.group) == lines(ana, buddy.group)
        assert [line.split(" ")[0] for line in lines(ana, buddy.group)] == ["Ana's"] * len(lines(ana, buddy.group))
    assert [len(lines(ana, buddy.group)) for buddy in people.buddies] == [2, 2, 1]  # Dee was not on call


async def test_buddies_of_ana_do_not_see_each_other_in_what_nobody_has_taken(story: Story):
    people = await four(story)
    ana, (bo, cy, _) = people.ana, people.buddies
    overdue_at = await starts(story, ana, "1s")
    await is_alerted(story, cy, overdue_at + TAKEN_WITHIN, MARGIN, "not_taken_to_second")
    heard = [event.body or "" for event in of_alerts(bo.phone)]
    assert [body for body in heard if "Cy" in body or "Dee" in body] == []
    heard = [event.body or "" for event in of_alerts(cy.phone)]
    assert [body for body in heard if "Bo" in body or "Dee" in body] == []
    await is_safe_at_last(story, ana, bo, cy)
