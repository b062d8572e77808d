"""Photos, voice notes and files (issue: "taken from signal-cli's folder at once, encrypted in our store, deleted there;
forwarded to buddies only in an alert; erased at close")."""

import random

from tests.stories.dialog import WORD, Scene, Someone, story

PHOTO = ("door.jpg", "image/jpeg", random.Random(3).randbytes(200_000))
VOICE = ("", "audio/aac", b"\0voice" * 1000)
MEGABYTE = 1024 * 1024
LARGEST = ("clip.mp4", "video/mp4", bytes(10 * MEGABYTE))


async def _armed(ana: Someone) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")


@story()
async def test_a_photo_reaches_the_buddy_in_the_alert_byte_for_byte(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    await ana.sends(PHOTO)
    await ana.reads("Kept, 18:00. It goes with your timer.")
    await scene.passes(seconds=1)
    await ana.sends(VOICE, text="listen to this")
    await ana.reads("Kept, 18:00. It goes with your timer.")
    assert scene.night.stand_in.attachments.ids == []
    await bo.reads_in_group("Ana's timer runs …")
    await bo.sees_nothing(during=0.5)
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads(
        "Timer of Ana, 2 of 2. Ana left this for you:\n18:00: a photo; it follows.\n18:00: listen to this\n"
        "18:00: a voice note; it follows.\nPolice: …"
    )
    assert await bo.gets_file("Timer of Ana: a photo that Ana left at 18:00.") == PHOTO[2]
    assert await bo.gets_file("Timer of Ana: a voice note that Ana left at 18:00.") == VOICE[2]
    await scene.until("18:15:01")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing(during=1)


@story()
async def test_after_her_word_nothing_of_it_is_left(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    await ana.sends(PHOTO, text="/note the door")
    await scene.until("18:10:03")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    assert await bo.gets_file("Timer of Ana: a photo …") == PHOTO[2]
    rows = await scene.rows()
    (sealed,) = (row[1] for row in rows["files"])
    assert _on_disk(scene, sealed)
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:10: …")
    await scene.passes(seconds=30)
    rows = await scene.rows()
    assert (rows["details"], rows["files"]) == ([], [])
    assert not _on_disk(scene, sealed)
    photos = {event.timestamp for event in bo.phone.history if event.data.get("attachments")}
    assert photos
    assert photos <= bo.deleted()


def _on_disk(scene: Scene, cell: bytes) -> bool:
    files = [path.read_bytes() for path in scene.night.folder.iterdir() if path.is_file()]
    return any(cell[-500:] in contents for contents in files)


@story()
async def test_with_start_it_belongs_to_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.sends(PHOTO, VOICE, text="/start 5m\nRoom 12")
    await ana.reads("Saved. Your timer runs until 18:05. …I keep what you attached, too: 2.")
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …Room 12\n18:00: a photo; it follows.\n18:00: a voice note; it follows.\n…")
    assert await bo.gets_file("Timer of Ana: a photo …") == PHOTO[2]
    assert await bo.gets_file("Timer of Ana: a voice note …") == VOICE[2]


@story()
async def test_it_waits_for_the_next_start_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.sends(PHOTO)
    await ana.reads("Kept, 18:00. It goes with your next timer, if you start one by 20:00. Waiting for it: 1.")
    await ana.says("/start 5m")
    await ana.reads("Saved. …With it I keep what you sent before. Notes and files: 1.")
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …")
    assert await bo.gets_file("Timer of Ana: a photo …") == PHOTO[2]


@story()
async def test_after_the_alert_it_goes_on_at_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await ana.sends(PHOTO)
    await ana.reads("Kept, 18:10. …")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:10: a photo; it follows.")
    assert await bo.gets_file("Timer of Ana: a photo that Ana left at 18:10.") == PHOTO[2]


@story()
async def test_ten_megabytes_are_kept_and_more_is_answered(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    too_large = ("clip.mp4", "video/mp4", bytes(10 * MEGABYTE + 1))
    await ana.sends(too_large, text="/note see this")
    await ana.reads("Nothing changed. A file has 10 MB at most. Please send a smaller one.")
    assert "see this" not in await scene.opened()
    await ana.sends(LARGEST)
    await ana.reads("Kept, 18:00. …")
    assert scene.night.stand_in.attachments.ids == []
    await scene.until("18:10:02")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads("Timer of Ana, 2 of 2. …a video; it follows.…")
    assert await bo.gets_file("Timer of Ana: a video …") == LARGEST[2]


@story()
async def test_twenty_are_kept_and_more_is_answered(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    small = [(f"{number}.jpg", "image/jpeg", bytes([number])) for number in range(22)]
    await ana.sends(*small[:21])
    await ana.reads("Nothing changed. One timer takes 20 files at most. Please send fewer.")
    await ana.sends(*small[:19])
    await ana.reads("Kept, 18:00. …")
    await ana.sends(*small[19:21])
    await ana.reads("Nothing changed. One timer takes 20 files at most; room is left for 1.")
    await ana.sends(small[21])
    await ana.reads("Kept, 18:00. …")
    rows = await scene.rows()
    assert len(rows["details"]) == 20
    assert scene.night.stand_in.attachments.ids == []


@story()
async def test_a_file_that_cannot_be_read_changes_nothing_and_is_answered(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await _armed(ana)
    before = await scene.rows()
    scene.night.stand_in.attachments.loses = True
    await ana.sends(PHOTO, text="/note see this")
    await ana.reads("Nothing changed. I could not read what you attached. Please send it again, or write it.")
    assert await scene.rows() == before
    scene.night.log.counts.pop("attachment_not_read")


@story()
async def test_a_start_goes_on_without_the_file_that_cannot_be_read(ana: Someone, bo: Someone, scene: Scene) -> None:
    scene.night.stand_in.attachments.loses = True
    await ana.sends(PHOTO, text="/start 5m\nRoom 12")
    await ana.reads("Saved. Your timer runs until 18:05. …I did not keep what you attached: I could not read it. …")
    scene.night.log.counts.pop("attachment_not_read")


@story()
async def test_in_a_group_nothing_is_kept_nor_said(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.sends(PHOTO, group=ana.usual_group)
    await ana.sees_nothing()
    await ana.sends(PHOTO, text="/start 5m", group=ana.usual_group)
    await ana.reads_in_group("Ana's timer runs until 18:05. …")
    await ana.reads("Your timer runs, but I did not keep the lines below it: …")
    rows = await scene.rows()
    assert (rows["details"], rows["files"]) == ([], [])
    assert scene.night.stand_in.attachments.ids == []


@story()
async def test_what_strangers_send_is_not_kept_anywhere(dee: Someone, scene: Scene) -> None:
    await dee.sends(PHOTO)
    await dee.reads("This is a private timer bot. …")
    rows = await scene.rows(machinery=True)
    assert (rows["details"], rows["files"]) == ([], [])
    assert scene.night.stand_in.attachments.ids == []


@story()
async def test_with_another_command_it_is_taken_away(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    await ana.sends(PHOTO, text=WORD)
    await ana.reads("Thanks, noted. Good night.")
    rows = await scene.rows()
    assert rows["details"] == []
    assert scene.night.stand_in.attachments.ids == []
    await scene.passes(seconds=30)
    assert (await scene.rows())["files"] == []


@story()
async def test_a_caption_like_a_wrong_word_is_none(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _armed(ana)
    await scene.until("18:06:00")
    ana.forgets()
    await ana.sends(PHOTO, text="red door")
    await ana.reads("Kept, 18:06. …")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0


@story()
async def test_a_text_longer_than_a_message_is_read_whole(ana: Someone, bo: Someone, scene: Scene) -> None:
    whole = "/note " + "ü" * 1400
    cut = whole.encode()[:2000].decode(errors="ignore")
    await _armed(ana)
    await ana.sends(("", "text/x-signal-plain", whole.encode()), text=cut)
    await ana.reads("Kept, 18:00. …")
    assert "\\u00fc" * 1400 in await scene.opened()
    assert (await scene.rows())["files"] == []
    assert scene.night.stand_in.attachments.ids == []
