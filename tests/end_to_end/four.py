"""Ana and her three buddies, each with a group of the two of them: what the stories about alerts have in common."""

import re
from dataclasses import dataclass

from tests.end_to_end.course import deletion_of
from tests.end_to_end.inside import end_of_grace, on_the_loop
from tests.end_to_end.story import DURESS, WORD, Story
from tests.lab.phone import Event, Phone

DETAILS = "Green door, ring twice"
ALERT = ("Timer of Ana: no word since", "Call Ana now")
MARGIN = 10.0
"""Seconds from the moment at which a buddy is to be alerted to the alert on his phone, at most."""
AT_ONCE = 3.0
"""The same where nothing has to be waited for, as it is when a send is refused."""
_PHONE_CLOCK = 0.1  # seconds by which an event may seem early, because it is told by another clock
_OF_AN_ALERT = re.compile(
    r"Timer of Ana(?:: (?:still )?no word since [^.]*\. (?!You were told)|, \d of \d|: an? .* that Ana left)"
)
"""Not the answer to /status, which stays."""


@dataclass(frozen=True)
class Buddy:
    """A buddy of Ana's: his phone, what he is called, and Signal's id of the group of the two."""

    phone: Phone
    name: str
    group: str


@dataclass(frozen=True)
class Four:
    """Ana and her buddies, in the order of alerting."""

    ana: Phone
    bo: Buddy
    cy: Buddy
    dee: Buddy

    @property
    def buddies(self) -> tuple[Buddy, Buddy, Buddy]:
        return self.bo, self.cy, self.dee


async def four(story: Story) -> Four:
    """All of them, from nothing. Ana has a codeword and a duress word."""
    ana = await story.somebody("ana")
    await story.joins(ana, "Ana", f"{WORD} / {DURESS}")
    buddies = []
    for name in ("Bo", "Cy", "Dee"):
        phone = await story.somebody(name.lower())
        buddies.append(Buddy(phone, name, await story.takes_on(ana, phone, name)))
    return Four(ana, *buddies)


async def starts(story: Story, ana: Phone, length: str) -> float:
    """Ana arms a timer in the direct chat, with details; the loop's time at which grace ends. Bo may be off."""
    await story.says(ana, f"/start {length}\n{DETAILS}", "Saved. Your timer runs until", "Bo is on call")
    return on_the_loop(end_of_grace(story))


async def is_alerted(story: Story, buddy: Buddy, due: float, within: float, name: str) -> Event:
    """The first alert, no earlier than `due` (the loop's time) and at most `within` seconds later; with the details,
    and with the neutral line in his group."""
    alert = await story.hears(buddy.phone, *ALERT, within=60.0)
    story.measure(name, alert.at - due)
    assert -_PHONE_CLOCK <= alert.at - due <= within
    await story.hears(buddy.phone, f"Ana left this for you:\n{DETAILS}")
    await story.hears(buddy.phone, "Timer of Ana: no word since", f"{buddy.name}, please read", group=buddy.group)
    return alert


async def takes_it(story: Story, buddy: Buddy, *others: Buddy) -> None:
    """He does; the others hear who has it."""
    await story.says(buddy.phone, "on it", "You have it. Thank you. Call Ana;")
    for other in others:
        await story.hears(other.phone, f"Timer of Ana: {buddy.name} has it. You need do nothing for now.")


async def is_safe_at_last(story: Story, ana: Phone, *told: Buddy) -> None:
    """Ana sends her word: end lines and all-clears to those who were told, and everything of an alert goes from every
    phone."""
    await story.says(ana, f"/safe {WORD}", "Thanks, noted. Good night.")
    for buddy in told:
        await story.hears(buddy.phone, "Ana has sent the word,", "Nothing more to do. Thank you.")
        for phone in (ana, buddy.phone):
            await story.hears(phone, "Ana's timer is closed. Thank you.", group=buddy.group)
    for phone in (ana, *(buddy.phone for buddy in told)):
        for message in of_alerts(phone):
            deleted = await story.bot.watched(phone.expect(deletion_of(message)))
            assert deleted.group_id == message.group_id


def of_alerts(phone: Phone) -> list[Event]:
    """All that has come to this phone of an alert: direct messages, files, and lines in groups."""
    return [event for event in phone.history if event.kind == "text" and _OF_AN_ALERT.match(event.body or "")]


def heard_in(phone: Phone, group: str | None) -> list[Event]:
    """The messages that came to this phone in a chat."""
    return [event for event in phone.history if event.event == "message" and event.group_id == group]
