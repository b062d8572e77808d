"""Ana leaves photos and notes; who is alerted gets all of it, byte for byte; after her word nothing of it is left."""

import asyncio
import base64
import random

import pytest

from tests.end_to_end.course import comes_back_late
from tests.end_to_end.four import ALERT, MARGIN, four, is_alerted, is_safe_at_last, starts, takes_it
from tests.end_to_end.inside import with_the_key, without_the_key
from tests.end_to_end.story import Story
from tests.lab.phone import Phone

pytestmark = [pytest.mark.lab, pytest.mark.asyncio(loop_scope="session")]

PHOTO = random.Random(11).randbytes(400_000)
NOTE = "Green door, ring twice"
VOICE = random.Random(12).randbytes(150_000)
GONE_WITHIN = 30.0
DELIVERED_WITHIN = 3.0


@pytest.fixture
def changed() -> dict[str, str]:
    return {"BUDDY_DELIVERED_WITHIN": f"{DELIVERED_WITHIN:.0f}s"}


async def _sends_photo(story: Story, ana: Phone, text: str, answer: str) -> None:
    await ana.send(text, attachments=[("door.jpg", "image/jpeg", PHOTO)])
    await story.hears(ana, answer)


async def test_a_photo_and_a_note_reach_the_buddy_in_the_alert_and_are_gone_after_her_word(story: Story):
    ana, bo = await story.somebody("ana"), await story.somebody("bo")
    group = await story.pair(ana, bo)
    await _sends_photo(story, ana, f"/note {NOTE}", "It goes with your next timer")
    assert await _in_signal_cli_within(story, 5.0) == []
    assert NOTE in with_the_key(story)
    assert PHOTO[1000:1100] not in without_the_key(story)
    answer = await story.says(ana, "/start 2s", "Saved. Your timer runs until")
    assert "Notes and files: 2." in (answer.body or "")
    alert = await story.hears(bo, "Timer of Ana: no word since", "Call Ana now", within=15.0)
    details = await story.hears(bo, "Timer of Ana, 2 of 2. Ana left this for you:", NOTE, "a photo; it follows.")
    photo = await story.hears(bo, "Timer of Ana: a photo that Ana left at")
    (file,) = photo.data["attachments"]
    assert base64.b64decode(file["data"]) == PHOTO
    assert (file["content_type"], file["filename"]) == ("image/jpeg", "door.jpg")
    assert not any(event.data.get("attachments") for event in bo.history if event.group_id is not None)
    await comes_back_late(story, ana, bo, group, alert, details, photo)
    async with asyncio.timeout(GONE_WITHIN):
        while NOTE in with_the_key(story) or PHOTO[1000:1100].decode("utf-8", "replace") in with_the_key(story):
            await asyncio.sleep(0.5)
    assert await _in_signal_cli_within(story, 5.0) == []
    assert PHOTO[1000:1100] not in without_the_key(story)
    assert NOTE.encode() not in without_the_key(story)


async def test_files_reach_every_alerted_buddy_once_also_him_whose_phone_was_off(story: Story):
    people = await four(story)
    ana, (bo, cy, dee) = people.ana, people.buddies
    await bo.phone.go_offline()
    files = [("door.jpg", "image/jpeg", PHOTO), ("said.aac", "audio/aac", VOICE)]
    overdue_at = await starts(story, ana, "6s")
    await ana.send("/note back stairs", attachments=files[:1])
    await story.hears(ana, "It goes with your timer.")
    await ana.send("/note", attachments=files[1:])
    await story.hears(ana, "It goes with your timer.")
    await is_alerted(story, cy, overdue_at + DELIVERED_WITHIN, MARGIN, "phone_silent_to_next")
    assert await _files(story, cy.phone) == files
    await bo.phone.go_online()
    await story.hears(bo.phone, *ALERT)
    assert await _files(story, bo.phone) == files
    await takes_it(story, bo, cy)
    await is_safe_at_last(story, ana, bo, cy)
    for phone in (ana, bo.phone, cy.phone, dee.phone):
        with_files = [event for event in phone.history if event.data.get("attachments")]
        assert [event.group_id for event in with_files] == ([None, None] if phone in (bo.phone, cy.phone) else [])


async def _files(story: Story, phone: Phone) -> list[tuple[str, str, bytes]]:
    """The next two that this phone is told of, as (name, content type, contents)."""
    found = []
    for what in ("a photo", "a voice note"):
        event = await story.hears(phone, f"Timer of Ana: {what} that Ana left at")
        (file,) = event.data["attachments"]
        found.append((file["filename"], file["content_type"], base64.b64decode(file["data"])))
    return found


async def _in_signal_cli_within(story: Story, seconds: float) -> list[str]:
    """What lies in signal-cli's folder as soon as nothing does, or in the end."""
    ends = asyncio.get_running_loop().time() + seconds
    while True:
        left = [path.name for path in story.lab.attachments_folder.glob("*")]
        if not left or asyncio.get_running_loop().time() > ends:
            return left
        await asyncio.sleep(0.1)
