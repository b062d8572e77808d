"""The course of an evening on which Ana does not come back in time; several stories take it."""

from collections.abc import Callable

from tests.end_to_end.inside import end_of_grace, on_the_loop
from tests.end_to_end.story import WORD, Story
from tests.lab.phone import Event, Phone

DETAILS = "Green door, ring twice"
PUNCTUAL = 2.0
"""Seconds from the end of grace to the alert on the phone, at most."""
_TIMER_AND_GRACE = 15.0


async def overdue(story: Story, ana: Phone, bo: Phone, group: str) -> tuple[Event, Event, Event]:
    """Ana starts a timer and is not heard of again. What Bo gets in time: the alert, the details, the group's line."""
    await story.starts(ana, bo, group, "2s", DETAILS)
    overdue_at = on_the_loop(end_of_grace(story))
    await story.hears(ana, "Your timer ended at", "Please send your word by")
    alert = await story.hears(bo, "Timer of Ana: no word since", "Call Ana now", within=_TIMER_AND_GRACE)
    details = await story.hears(bo, "Timer of Ana, 2 of 2.", f"Ana left this for you:\n{DETAILS}")
    line = await story.hears(bo, "Timer of Ana: no word since", group=group)
    for name, event in (("alert", alert), ("details", details), ("group_line", line)):
        story.measure(f"end_of_grace_to_{name}", event.at - overdue_at)
        assert 0.0 <= event.at - overdue_at <= PUNCTUAL
    return alert, details, line


async def comes_back_late(story: Story, ana: Phone, bo: Phone, group: str, *told: Event) -> None:
    """Ana sends her word at last: Bo is told, both see the end, and what Bo was told goes from his phone."""
    await story.says(ana, WORD, "Thanks, noted. Good night.")
    await story.hears(bo, "Ana has sent the word,", "Nothing more to do. Thank you.")
    for phone in (ana, bo):
        await story.hears(phone, "Ana's timer is closed. Thank you.", group=group)
    for message in told:
        deleted = await story.bot.watched(bo.expect(deletion_of(message)))
        assert deleted.group_id == message.group_id


def deletion_of(message: Event) -> Callable[[Event], bool]:
    """Matches the taking back of this message."""
    return lambda e: e.kind == "delete" and e.data["target_timestamp"] == message.timestamp
