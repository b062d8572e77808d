"""The silent alarm: her phone and the groups show nothing of it, the buddies she chose get it (SPEC, same name)."""

import asyncio
import re

import pytest

from bot.domain.outgoing import Purpose
from tests.end_to_end.four import DETAILS, Four, four, heard_in
from tests.end_to_end.inside import are_recorded, end_of_grace, on_the_loop
from tests.end_to_end.story import DURESS, WORD, Story, nothing_heard_until, until
from tests.lab.phone import Event, Phone

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

FIRST = "About Ana: please read all of this first."
SIGN = (FIRST, "Ana gave the sign for not being free to speak", "Do not text or call Ana first")
_TIME = re.compile(r"\b\d\d:\d\d\b")
AT_ONCE = 3.0

Shown = list[tuple[str | None, str | None]]


@pytest.fixture
def changed() -> dict[str, str]:
    return {"BUDDY_DELIVERED_WITHIN": "3s", "BUDDY_REPEAT": "30s"}


async def spares_dee(story: Story, people: Four) -> None:
    """Dee is told about timers only."""
    await story.says(people.ana, f"/order Bo Cy not Dee {WORD}", "Saved.", "About timers only: Dee")


async def lifetimes_are_set(story: Story, *phones: Phone) -> None:
    """What follows from joining has come to these; it takes its time, may be tried twice, and has nothing to do with
    the evening."""
    await are_recorded(story, Purpose.LIFETIME)
    for phone in phones:
        await story.bot.watched(phone.expect(lambda e: e.kind == "expiration"))


async def an_evening(story: Story, people: Four, word: str) -> tuple[dict[str, Shown], float]:
    """A timer that Ana ends with this word, and what she looks at afterwards; what phones and groups show of it, and
    the loop's time at which she sent the word."""
    ana, (bo, cy, dee) = people.ana, people.buddies
    await spares_dee(story, people)
    phones = {"ana": ana, "bo": bo.phone, "cy": cy.phone, "dee": dee.phone}
    await lifetimes_are_set(story, ana, dee.phone)
    before = {name: len(phone.history) for name, phone in phones.items()}
    await story.starts(ana, bo.phone, bo.group, "6s", DETAILS)
    overdue_at = on_the_loop(end_of_grace(story))
    sent_at = asyncio.get_running_loop().time()
    answer = await story.says(ana, word, "Thanks, noted. Good night.")
    story.measure("word_to_answer", answer.at - sent_at)
    for phone in (ana, bo.phone):
        await story.hears(phone, "Ana's timer is closed. Thank you.", group=bo.group)
    await story.says(ana, "/status", "No timer runs.")
    await story.says(ana, "/buddies", "Bo, Cy, Dee")
    await story.says(ana, f"/safe {word}", "Nothing changed. No timer runs.")
    await until(overdue_at + 1.0)
    chats = {"ana": (ana, None), "dee": (dee.phone, None)}
    for buddy in people.buddies:
        chats |= {f"{name}, group of {buddy.name}": (phones[name], buddy.group) for name in ("ana", buddy.name.lower())}
    return {chat: shown(phone, group, before[chat.split(",")[0]]) for chat, (phone, group) in chats.items()}, sent_at


def shown(phone: Phone, group: str | None, since: int) -> Shown:
    """What a chat shows from that event on, but for the times of day."""
    events = [event for event in phone.history[since:] if event.event == "message" and event.group_id == group]
    return [(event.kind, _TIME.sub("HH:MM", event.body) if event.body else None) for event in events]


@pytest.mark.timeout(240)  # two evenings, and on a busy machine coming together takes longest
async def test_an_evening_ended_by_the_duress_word_shows_what_one_ended_by_the_codeword_does_and_alarms(story: Story):
    usual, _ = await an_evening(story, await four(story), WORD)
    people = await four(story)
    ana, (bo, cy, dee) = people.ana, people.buddies
    under_duress, sent_at = await an_evening(story, people, DURESS)
    assert under_duress == usual
    assert under_duress["ana"]
    assert under_duress["ana, group of Bo"]
    for buddy in (bo, cy):
        alarm = await story.hears(buddy.phone, *SIGN)
        story.measure("duress_word_to_alarm", alarm.at - sent_at)
        assert alarm.at - sent_at <= AT_ONCE
        await story.hears(buddy.phone, DETAILS)
        assert not any(FIRST in (event.body or "") for event in heard_in(buddy.phone, buddy.group))
    await story.says(bo.phone, "on it", "About Ana: you have it.")
    await story.hears(cy.phone, "About Ana: Bo has it.")
    await nothing_heard_until(asyncio.get_running_loop().time() + 1.0, [ana, dee.phone], "About Ana")


async def test_later_notes_and_a_later_codeword_of_hers_reach_the_buddies_and_end_nothing(story: Story):
    people = await four(story)
    ana, (bo, cy, dee) = people.ana, people.buddies
    await spares_dee(story, people)
    await story.starts(ana, bo.phone, bo.group, "1m", DETAILS)
    await story.says(ana, f"/extend 10m {DURESS}", "Saved. Your timer now runs until")
    for buddy in (bo, cy):
        await story.hears(buddy.phone, *SIGN)
    await story.says(ana, "/note back stairs", "It goes with your timer.")
    for buddy in (bo, cy):
        await story.hears(buddy.phone, "back stairs")
    await story.says(ana, WORD, "Thanks, noted. Good night.")
    for buddy in (bo, cy):
        await story.hears(buddy.phone, "About Ana: at", "It changes nothing here.")
    await story.says(bo.phone, "/resolve Ana", "About Ana: noted, you have spoken with Ana")
    await story.hears(cy.phone, "About Ana: Bo says that they have spoken", "/reopen Ana")
    await story.says(cy.phone, "/reopen Ana", "About Ana:")
    await story.hears(bo.phone, *SIGN)
    await nothing_heard_until(asyncio.get_running_loop().time() + 1.0, [ana, dee.phone], "About Ana")


def reactions(phone: Phone, to: int) -> list[Event]:
    found = [event for event in phone.history if event.kind == "reaction"]
    return [event for event in found if event.data["reaction"]["timestamp"] == to]


def is_reaction(emoji: str, to: int):
    return lambda e: (
        e.kind == "reaction" and e.data["reaction"]["emoji"] == emoji and e.data["reaction"]["timestamp"] == to
    )


async def test_sos_is_answered_by_two_reactions_the_second_when_a_buddys_phone_has_it(story: Story):
    people = await four(story)
    ana, (bo, cy, dee) = people.ana, people.buddies
    await spares_dee(story, people)
    for buddy in (bo, cy):
        await buddy.phone.go_offline()
    await lifetimes_are_set(story, ana, dee.phone)
    before = {phone.name: len(phone.history) for phone in (ana, dee.phone)}
    sent_at = asyncio.get_running_loop().time()
    sent = await ana.send("/sos back stairs")
    thumb = await story.bot.watched(ana.expect(is_reaction("👍", sent)))
    story.measure("sos_to_thumb", thumb.at - sent_at)
    await ana.expect_none(is_reaction("✅", sent), during=1.0)
    back_at = asyncio.get_running_loop().time()
    await cy.phone.go_online()
    await story.hears(cy.phone, FIRST, "Ana asked me to tell all buddies at once")
    await story.hears(cy.phone, "back stairs")
    check = await story.bot.watched(ana.expect(is_reaction("✅", sent)))
    story.measure("buddys_phone_back_to_check", check.at - back_at)
    await bo.phone.go_online()
    await story.hears(bo.phone, FIRST, "Ana asked me to tell all buddies at once")
    await until(asyncio.get_running_loop().time() + 1.0)
    assert [event.kind for event in ana.history[before[ana.name] :] if event.event == "message"] == ["reaction"] * 2
    assert [event for event in dee.phone.history[before[dee.phone.name] :] if event.event == "message"] == []
    assert len(reactions(ana, sent)) == 2
    for buddy in people.buddies:
        assert [e.kind for e in heard_in(ana, buddy.group)] == [e.kind for e in heard_in(ana, dee.group)]
