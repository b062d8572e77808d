"""Files that are slow, cannot be kept, or are in hand when the bot is killed: none is lost, none is left over."""

import asyncio
import random
from datetime import timedelta

import pytest

from bot.errors import StorageUnavailable
from bot.practice.stand_in_content import Attachment
from storage.details import Details
from tests.stories.dialog import WORD, Scene, Someone, story

PHOTO = ("door.jpg", "image/jpeg", random.Random(3).randbytes(200_000))
VOICE = ("", "audio/aac", b"\0voice" * 1000)


async def _armed(ana: Someone) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")


@pytest.mark.parametrize("down", [0, 3])
@story()
async def test_a_kill_loses_no_file_and_leaves_none(ana: Someone, bo: Someone, scene: Scene, down: int) -> None:
    await _armed(ana)
    await ana.sends(PHOTO)
    await scene.restarts(down=timedelta(minutes=down))
    await scene.passes(seconds=20)
    assert scene.night.stand_in.attachments.ids == []
    ana.forgets()
    bo.forgets()
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …a photo; it follows.…")
    assert await bo.gets_file("Timer of Ana: a photo …") == PHOTO[2]


@story()
async def test_what_nobody_took_is_swept(ana: Someone, bo: Someone, scene: Scene) -> None:
    stand_in = scene.night.stand_in
    left = stand_in.attachments.put(Attachment("image/jpeg", "old.jpg", b"old"))
    await scene.passes(minutes=12)
    assert stand_in.attachments.ids == [left]
    await scene.passes(minutes=10)
    assert stand_in.attachments.ids == []


@story()
async def test_a_file_that_does_not_leave_holds_up_no_alert_and_no_all_clear(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _armed(ana)
    await ana.sends(PHOTO)
    await scene.until("18:10:00")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    await scene.night.stand_in.rate_limit("Bo", 428, retry_after=600, times=1)
    await scene.until("18:12:02")
    bo.forgets()
    await cy.reads("Timer of Ana: no word since 18:05. …")
    await cy.reads("Timer of Ana, 2 of 2. …")
    assert await cy.gets_file("Timer of Ana: a photo …") == PHOTO[2]
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:12: …")
    await scene.passes(minutes=15)
    await bo.reads_nothing()


@story()
async def test_while_a_file_is_slow_to_leave_it_is_not_sent_twice(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    await ana.sends(PHOTO, VOICE)
    await scene.until("18:10:00")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    refused = await scene.night.stand_in.rate_limit("Bo", 429, times=None)
    await scene.passes(minutes=4)
    await scene.night.stand_in.clear_faults(refused)
    await scene.until("18:25:01")
    shown = bo.unread()
    assert sum("a photo that Ana left" in text for text in shown) == 1
    assert sum("a voice note that Ana left" in text for text in shown) == 1
    bo.forgets()
    await bo.says("/again")
    await bo.reads("Timer of Ana: …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    assert await bo.gets_file("Timer of Ana: a photo …") == PHOTO[2]
    assert await bo.gets_file("Timer of Ana: a voice note …") == VOICE[2]


@story()
async def test_a_kill_before_the_file_is_deleted_leaves_only_that_for_the_sweep(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    folder = scene.night.stand_in.attachments

    async def hang(_: str) -> None:
        await asyncio.sleep(3600)

    with monkeypatch.context() as patched:
        patched.setattr(folder, "delete", hang)
        await ana.sends(PHOTO)
        await ana.reads("Kept, 18:00. …")
        await scene.dies()
    assert len(folder.ids) == 1
    await scene.night.start_bot()
    await scene.passes(minutes=30)
    assert folder.ids == []
    rows = await scene.rows()
    assert (len(rows["details"]), len(rows["files"])) == (1, 1)


@story()
async def test_a_file_for_which_there_is_no_room_holds_up_nothing(
    ana: Someone, bo: Someone, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _armed(ana)

    def full(*_: object) -> str:
        raise StorageUnavailable("The disk is full.")

    monkeypatch.setattr(Details, "add_file", full)
    await ana.sends(PHOTO)
    await ana.reads("Nothing changed. I could not read what you attached. …")
    scene.night.log.counts.pop("attachment_not_kept")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
