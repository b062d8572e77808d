"""Her own new phone (SPEC: "A new phone"): every changing command but /sos needs the word until `/confirm me WORD`."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import NOTICED, has_new_phone
from tests.stories.two_evenings import Night, assert_alike

FIRST = "Nothing changed. Your phone is new to me, so this needs your word first: /confirm me WORD"
TOLD = (
    "Signal shows a new phone for you, or a new installation. A timer that runs goes on. Until you confirm that it is "
    "yours, changes need your word. Please send: /confirm me WORD"
)
CHANGES = [
    "/name Anna",
    "/tz Europe/Berlin",
    "/lang de",
    "/invite",
    "/join ABCD-EFGH-JKLM",
    "/accept",
    "/plan call my sister",
    "/note room 12",
    "/settings grace 10m",
    "/away 2h",
    "/drill",
    "/order Bo",
    "/unpair Bo",
    "/extend 30m",
]


@story()
async def test_she_and_her_buddies_are_told_once(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.passes(minutes=5)
    await ana.phone.reinstall()
    await ana.says("/status")
    await scene.passes(seconds=7)
    assert ana.unread().count(TOLD) == 1
    ana.forgets()
    for buddy in (bo, cy):
        await buddy.reads("Signal shows a new phone for Ana, or a new installation. Nothing …", within=NOTICED)
    await scene.restarts()
    await scene.passes(minutes=20)
    for one in (ana, bo, cy):
        await one.sees_nothing()


@pytest.mark.parametrize("message", [message for message in CHANGES if not message.startswith("/lang")])
@story()
async def test_what_changes_something_needs_the_word_first(
    ana: Someone, bo: Someone, scene: Scene, message: str
) -> None:
    await has_new_phone(scene, ana)
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(FIRST)
    assert await scene.rows() == before


@story()
async def test_a_start_is_refused_with_what_to_do(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, ana)
    await ana.says("/start 2h")
    await ana.reads(
        "NOT started. Your phone is new to me, so this needs your word first: /confirm me WORD\n"
        "Then send your /start again."
    )
    await ana.says_in_group("/start 2h")
    await ana.reads("NOT started. …")
    await bo.sees_nothing()
    await ana.says(f"/confirm me {WORD}")
    await ana.reads("Done. This phone is confirmed. Everything works as before.")
    await ana.says("/start 2h")
    await ana.reads("Saved. Your timer runs until …")


@pytest.mark.parametrize("message", ["/help", "/status", "/buddies", "/help start", "/reset"])
@story()
async def test_reading_goes_on(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    await has_new_phone(scene, ana)
    await ana.says(message)
    assert not str((await ana.reads("…")).body).startswith("Nothing changed")


@story()
async def test_status_shows_it_until_she_confirms(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, ana)
    await scene.restarts()
    await scene.passes(seconds=30)
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads("Your phone is new and not confirmed. Please send: /confirm me WORD")
    await ana.says("/confirm me")
    await ana.reads("Nothing changed. …: /confirm me WORD")
    await ana.says("/confirm me green lantern")
    await ana.reads("Nothing changed. Not quite. Like this: /confirm me WORD")
    await ana.says(f"confirm me {WORD}")
    await ana.reads("Done. This phone is confirmed. …")
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads_nothing()
    await ana.says("/name Anna")
    await ana.reads("Saved. …")


@story()
async def test_in_the_middle_of_a_timer_it_goes_on_and_ends_by_the_word(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.passes(minutes=5)
    await ana.says("/start 30m")
    await ana.reads("Saved. Your timer runs until 18:35. …")
    await ana.phone.reinstall()
    await scene.passes(minutes=1)
    await ana.says("/extend 10m")  # the first message may be handled before the new phone is noticed
    await scene.passes(seconds=NOTICED)
    ana.forgets()
    await ana.says("/extend 10m")
    await ana.reads(FIRST)
    await ana.says_in_group("/extend 10m")
    await ana.reads(FIRST)
    await ana.says("/note room 12")
    await ana.reads(FIRST)
    await ana.says(f"/extend 10m {WORD}")
    await ana.reads("Saved. Your timer now runs until …")
    await ana.says(f"/confirm me {WORD}")
    await ana.reads("Done. This phone is confirmed. …")
    await ana.says("/note room 12")
    await ana.reads("Kept, …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")


@story()
async def test_nothing_stands_in_the_way_of_the_alert(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes(minutes=5)
    await ana.says("/start 5m\nRoom 12")
    await ana.phone.reinstall()
    await scene.passes(minutes=10, seconds=1)
    assert any(text.startswith("Timer of Ana: no word since 18:10. It is 18:15 now.") for text in bo.unread())
    assert any("Room 12" in text for text in bo.shows())


@story()
async def test_sos_never_needs_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, ana)
    await ana.says("/sos")
    await bo.reads("About Ana: please read all of this first.…")


@story()
async def test_a_buddy_with_a_word_of_his_own_takes_an_alert_all_the_same(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.pair(bo, cy, word="green lantern")
    await has_new_phone(scene, bo)
    await scene.overdue()
    await bo.says("on it")
    await bo.reads("You have it. …")
    await bo.says("/again")
    await bo.reads("Timer of Ana: …")
    await bo.says("/resolve Ana")
    await bo.reads("Noted: you have spoken with Ana, …")


@pytest.mark.parametrize("wish", ["green lamp", "quietly", "green lamp quietly", ""])
@story()
async def test_with_a_wrong_word_it_leaves_nobody_whose_buddy_its_owner_is(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, wish: str
) -> None:
    await scene.pair(bo, cy, word="green lantern")
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await has_new_phone(scene, bo)
    await bo.says(f"/unpair Ana {wish}".rstrip())
    await bo.reads("Nothing changed. …")
    await bo.reads_nothing()
    await bo.says("/unpair Ana green lantern")
    await bo.reads("…")
    await bo.reads("You have left what was open about Ana. …")


@story()
async def test_tries_are_limited_while_a_timer_runs_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, ana)
    await ana.says(f"/confirm me {WORD}")
    await ana.reads("Done. …")
    await ana.says("/start 2h")
    await has_new_phone(scene, ana)
    for _ in range(5):
        await ana.says("/confirm me wrong lantern")
        await ana.reads("Nothing changed. Not quite. …")
    await ana.says(f"/confirm me {WORD}")
    await ana.reads("Nothing changed. Not quite. …")
    await bo.reads_nothing()
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")


async def confirmed_by_either_word(night: Night) -> None:
    """With her own new phone and a buddy's, before, within and after a timer."""
    scene, word = night.scene, night.word
    await scene.passes(minutes=4)
    for one in (night.ana, night.cy):
        await one.phone.reinstall()
        await one.says("/status")
    await scene.passes(seconds=NOTICED)
    await night.writes(f"/confirm me {word}")
    await night.writes(f"/confirm Cy {word}")
    await night.writes("/status")
    await night.writes("/name Anna")
    await night.writes("/start 5m")
    await scene.passes(minutes=13)
    await night.writes(word)
    await night.writes(f"/confirm Cy {word}")
    await night.writes("/status")
    await scene.passes(hours=1)


def test_her_phone_tells_the_two_words_not_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert_alike(confirmed_by_either_word, monkeypatch)
