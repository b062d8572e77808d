"""Notes and places left after a silent alarm reach its buddies (SPEC: Silent alarm; `/note`)."""

from tests.stories.alarms import both_words
from tests.stories.dialog import WORD, Scene, Someone, story

DURESS = "yellow submarine"


@story()
async def test_a_later_note_reaches_the_buddies_and_is_answered_as_ever(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")
    await ana.says("/start 1h\nRoom 12")
    await ana.reads("Saved. …")
    await ana.says(DURESS)
    await ana.reads("Thanks, noted. Good night.")
    await scene.passes(seconds=2)
    for someone in (bo, cy):
        assert any("Room 12" in text for text in someone.shows())
        someone.forgets()
    await ana.says("/note they drive a blue car")
    await ana.reads("Kept, 18:00. It goes with your next timer, …")
    for someone in (bo, cy):
        await someone.reads("…18:00: they drive a blue car")
    await ana.says("https://maps.google.com/maps?q=51.507351%2C-0.127758")
    await ana.reads("Kept, 18:00. …")
    for someone in (bo, cy):
        await someone.reads("…Last location, 18:00: https://maps.google.com/maps?q=51.507351%2C-0.127758")
    assert not any("Room 12" in text for text in bo.unread())


@story()
async def test_a_photo_reaches_each_buddy_once_however_often_the_alarm_repeats(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.says("/start 1h")
    await ana.phone.send("the door", attachments=[("door.jpg", "image/jpeg", b"a door")])
    await scene.passes(seconds=2)
    await bo.phone.set_receipts(delivery=False)
    await ana.says(DURESS)
    await scene.passes(minutes=30)
    for someone in (bo, cy):
        photos = [event for event in someone.phone.history if event.data.get("attachments")]
        assert len(photos) == 1


@story()
async def test_what_she_leaves_with_a_later_start_reaches_its_buddies_too(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Once, and a later sign does not say it twice."""
    await both_words(ana, bo)
    await ana.says("/note seen by the mill")
    await ana.says(DURESS)
    await bo.reads("About Ana: please read all of this first.\n…")
    await bo.reads("…Ana left this for you:\n18:00: seen by the mill\nPolice: …")
    await ana.sends(("door.jpg", "image/jpeg", b"a door"), text="/start 2h\nRed house")
    await bo.reads("Timer of Ana: Ana has left more for you:\nRed house\n…photo…")
    await bo.reads("…")
    await bo.reads_nothing()
    await ana.says("/note second floor")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:00: second floor")
    await ana.says(DURESS)
    await bo.reads("About Ana: please read all of this first.\n…")
    whole = str((await bo.reads("…Ana left this for you:\n…")).body)
    for left in ("seen by the mill", "Red house", "second floor"):
        assert whole.count(left) == 1
