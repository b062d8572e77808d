"""`/note` and places (SPEC: "adds to the running check-in's details; without one it waits 2 h")."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

KEPT = "Kept, 18:0…. It goes with your timer."
LINK = "https://maps.google.com/maps?q=51.507351%2C-0.127758"


@story()
async def test_a_note_goes_with_the_running_timer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await ana.reads("Saved. …")
    await scene.until("18:02:00")
    await ana.says("/note moved to room 14\nback door")
    await ana.reads("Kept, 18:02. It goes with your timer.")
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads(
        "Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12, Hotel Ritz\n18:02: moved to room 14\nback door\n"
        "Police: …"
    )
    assert not any("room 14" in text for text in ana.shows())


@story(zone="America/New_York")
async def test_times_are_the_readers(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/tz Europe/Berlin")
    await bo.reads("Saved. …")
    await ana.says("/start 5m")
    await ana.says("/note room 14")
    await ana.reads("Saved. …")
    await ana.reads("Kept, 13:00. …")
    await scene.passes(minutes=10, seconds=1)
    await bo.reads("Timer of Ana: no word since …")
    await bo.reads("Timer of Ana, 2 of 2. Ana left this for you:\n19:00: room 14\n…")


@story()
async def test_without_a_timer_it_waits_for_the_next_which_says_how_many_it_took(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/note the blue house")
    await ana.reads("Kept, 18:00. It goes with your next timer, if you start one by 20:00. Waiting for it: 1.")
    await scene.until("18:30:00")
    await ana.says("note ring twice")
    await ana.reads("Kept, 18:30. It goes with your next timer, if you start one by 20:30. Waiting for it: 2.")
    await scene.until("20:10:00")
    await ana.says("/start 5m")
    await ana.reads("Saved. Your timer runs until 20:15. …With it I keep what you sent before. Notes and files: 1.")
    await scene.until("20:20:01")
    await bo.reads("Timer of Ana: no word since 20:15. …")
    await bo.reads("Timer of Ana, 2 of 2. Ana left this for you:\n18:30: ring twice\nPolice: …")


@story()
async def test_what_waited_in_vain_goes_with_no_later_start(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/note the blue house")
    await ana.reads("Kept, 18:00. …")
    await scene.until("20:01")
    await ana.says("/start 5m")
    assert "I keep what you sent before" not in str((await ana.reads("Saved. …")).body)
    assert "the blue house" not in await scene.opened()


@story()
async def test_what_waited_in_vain_is_erased(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/note the blue house")
    await ana.reads("Kept, 18:00. …")
    assert "the blue house" in await scene.opened()
    await scene.until("21:11:00")  # a start that Signal had by 20:00 may be heard late
    assert "the blue house" not in await scene.opened()
    await ana.says("/start 5m")
    assert "I keep what you sent before" not in str((await ana.reads("Saved. …")).body)


@story()
async def test_in_the_group_she_is_told_directly_what_the_start_took(ana: Someone, bo: Someone) -> None:
    await ana.says("/note the blue house")
    await ana.reads("Kept, …")
    await ana.says_in_group("/start 5m")
    await ana.reads_in_group("Ana's timer runs until 18:05. …")
    await ana.reads("With it I keep what you sent before. Notes and files: 1.")


@story()
async def test_in_a_group_a_note_is_not_kept(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await ana.reads("Saved. …")
    await ana.reads_in_group("Ana's timer runs …")
    for text in ("/note the blue house", "note the blue house"):
        await ana.says_in_group(text)
        await ana.reads("Nothing changed, and I kept nothing: others can read it there. …")
    await ana.reads_nothing_in_group()
    assert "the blue house" not in await scene.opened()


@story()
async def test_after_the_alert_it_reaches_those_who_have_been_told(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await ana.says("/note I am in the car")
    await ana.reads("Kept, 18:10. It goes with your timer.")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:10: I am in the car")
    await ana.says(f"Piccadilly\n\n{LINK}")
    await ana.reads("Kept, 18:10. …")
    await bo.reads(f"Timer of Ana: Ana has left more for you:\n18:10: Piccadilly\nLast location, 18:10: {LINK}")
    await cy.sees_nothing(during=0.5)
    await scene.until("18:12:02")
    await cy.reads("Timer of Ana: no word since 18:05. …")
    await cy.reads(
        "Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12, Hotel Ritz\n18:10: I am in the car\n18:10: Piccadilly\n"
        f"Last location, 18:10: {LINK}\nPolice: …"
    )
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing(during=0.5)
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:12: …")
    await scene.passes(seconds=5)
    texts = {event.timestamp for event in bo.phone.history if "left more" in (event.body or "")}
    assert texts
    assert texts <= bo.deleted()
    assert "in the car" not in await scene.opened()


@story()
async def test_a_note_that_did_not_arrive_comes_whole_with_the_next_alert(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …Ana left nothing else …")
    await ana.says("/note room 14")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:10: room 14")
    await scene.until("18:15:01")
    await bo.reads("Timer of Ana: still no word since 18:05. …")
    await bo.reads_nothing(during=0.5)
    await bo.says("/again")
    await bo.reads("Timer of Ana: …")
    await bo.reads("Timer of Ana, 2 of 2. Ana left this for you:\n18:10: room 14\n…")


@story()
async def test_a_place_is_the_last_location_not_a_wrong_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    apple = "https://maps.apple.com/?ll=51.5,-0.1&q=Pin"
    await ana.says(apple)
    await ana.reads("Kept, 18:00. It goes with your timer.")
    await scene.until("18:06:00")
    ana.forgets()
    await ana.says(LINK)
    await ana.reads("Kept, 18:06. It goes with your timer.")
    check_in = await scene.check_in(ana)
    assert check_in is not None
    assert check_in.wrong_words == 0
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")
    await bo.reads(
        f"Timer of Ana, 2 of 2. Ana left this for you:\nLocation, 18:00: {apple}\nLast location, 18:06: {LINK}\n…"
    )


@story()
async def test_beyond_1500_characters_nothing_changes(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h\n" + "a" * 1000)
    await ana.reads("Saved. …")
    await ana.says("/note " + "b" * 501)
    await ana.reads("Nothing changed. The notes of one timer have 1,500 characters at most; room is left for 500.")
    assert "bbb" not in await scene.opened()
    await ana.says("/note " + "b" * 500)
    await ana.reads(KEPT)
    await ana.says("/note b")
    await ana.reads("Nothing changed. …room is left for 0.")
    await ana.says(LINK)
    await ana.reads(KEPT)


@story()
async def test_an_empty_note_is_none(ana: Someone, bo: Someone) -> None:
    await ana.says("/note")
    await ana.reads("Nothing changed. Like this: /note TEXT")


@story()
async def test_a_buddys_place_is_not_taken_for_his_own_timer(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says(LINK)
    await bo.reads("Nothing changed. I pass no files or places on between buddies. …")


@story()
async def test_notes_go_on_while_all_else_is_frozen(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await ana.says("/note stuck in a lift")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:10: stuck in a lift")
    await bo.says("/resolve Ana")
    await bo.reads("Noted: you have spoken with Ana, …")
    await ana.says("/note still in it")
    await bo.reads("Timer of Ana: Ana has left more for you:\n18:10: still in it")


@pytest.mark.parametrize("how", ["network down", "bot down"])
@story()
async def test_it_goes_with_a_start_that_was_sent_in_time_and_heard_late(
    ana: Someone, bo: Someone, scene: Scene, how: str
) -> None:
    """Found: it was gone without a word to her, and the alert said that she had left nothing else."""
    await ana.says("/note Room 12, Hotel Ritz")
    await scene.until("19:30")
    bo.forgets()
    await (scene.night.stand_in.network("down") if how == "network down" else scene.dies())
    await scene.until("19:50")
    await ana.says("/start 2h")
    await scene.until("20:30")
    await (scene.night.stand_in.network("up") if how == "network down" else scene.night.start_bot())
    await scene.until("21:56")
    assert any("Hotel Ritz" in text for text in bo.unread())
