"""`/forget WORD`: erase me everywhere (SPEC: Commands)."""

import pytest

from storage.records import Records
from tests.stories.dialog import WORD, Scene, Someone, story

DONE = "Done. Everything about you is erased here, and your groups with me go."
STRANGER = "This is a private timer bot. If somebody gave you a code, send: /join CODE"
TOLD = "You and Ana are no longer paired."


async def _id_of(scene: Scene, someone: Someone) -> str:
    def find(records: Records) -> str:
        person = records.people.by_account(someone.phone.aci)
        assert person is not None
        return person.id

    return await scene.work(find)


async def _assert_nothing_is_left(scene: Scene, someone: Someone, person_id: str) -> None:
    held = await scene.opened()
    assert person_id not in held
    assert someone.phone.aci not in held
    assert person_id not in repr(await scene.rows(machinery=True))


@story()
async def test_with_her_word_everything_goes_and_the_others_are_told(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    groups = [await scene.group_of(ana, one) for one in (bo, cy)]
    person_id = await _id_of(scene, ana)
    await ana.invites()
    await ana.says(f"/forget {WORD}")
    await ana.reads(DONE)
    await bo.reads(TOLD)
    await cy.reads(TOLD)
    await scene.passes(seconds=3)
    for group in groups:
        assert (await scene.night.stand_in.group(group))["members"] == []
    await _assert_nothing_is_left(scene, ana, person_id)
    rows = await scene.rows()
    assert (rows["pairings"], rows["groups"], rows["invites"]) == ([], [], rows["invites"])
    await ana.says("/buddies")
    await ana.reads(STRANGER)
    assert await scene.knows(bo)


@story()
async def test_an_answer_that_cannot_leave_does_not_keep_her_account(ana: Someone, bo: Someone, scene: Scene) -> None:
    """SPEC: erase me everywhere. The last answer is given up after a day."""
    person_id = await _id_of(scene, ana)
    fault = await scene.night.stand_in.fault(f"^/v1/messages/{ana.phone.aci}", 500, method="PUT", times=None)
    await ana.says(f"/forget {WORD}")
    await bo.reads(TOLD)
    assert ana.phone.aci in await scene.opened()
    await scene.passes_mostly_off(hours=25)
    await _assert_nothing_is_left(scene, ana, person_id)
    await scene.night.stand_in.clear_faults(fault)
    await ana.reads_nothing()


@story()
async def test_she_needs_her_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await ana.says("/forget")
    await ana.reads("Nothing changed. This erases everything about you here. Please add your word: /forget WORD")
    for message in ("/forget yellow zebra", "/forget everything"):
        await ana.says(message)
        await ana.reads("Nothing changed. Not quite. Like this: /forget WORD")
    assert await scene.rows() == before
    await bo.sees_nothing()


@story()
async def test_who_has_no_word_is_asked_back_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    person_id = await _id_of(scene, bo)
    before = await scene.rows()
    await bo.says("/forget")
    await bo.reads("Nothing changed. This erases everything about you here; …: /forget everything")
    assert await scene.rows() == before
    await bo.says("/forget everything")
    await bo.reads(DONE)
    await ana.reads("You and Bo are no longer paired.")
    await scene.passes(seconds=2)
    await _assert_nothing_is_left(scene, bo, person_id)


@pytest.mark.parametrize("minutes", [1, 16])
@story()
async def test_not_while_her_timer_runs(ana: Someone, bo: Someone, scene: Scene, minutes: int) -> None:
    await ana.says("/start 10m")
    await scene.passes(minutes=minutes)
    ana.forgets()
    await ana.says(f"/forget {WORD}")
    await ana.reads("Nothing changed. That has to wait until your timer is closed.")
    assert await scene.knows(ana)


@pytest.mark.parametrize("minutes", [1, 16])
@story()
async def test_a_buddy_who_was_told_is_erased_at_the_close(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, minutes: int
) -> None:
    person_id = await _id_of(scene, bo)
    await ana.says("/start 10m")
    await scene.passes(minutes=minutes)
    bo.forgets()
    ana.forgets()
    await bo.says("/forget everything")
    await bo.reads("Noted. You leave as soon as the timer of Ana is closed, at … at the latest, and then everything …")
    await ana.reads("Bo leaves as your buddy when this timer is closed, at … at the latest.")
    await bo.says("/forget everything")
    await bo.reads(
        "Nothing changed. Everything about you is erased as soon as that timer is closed, at … at the latest."
    )
    await scene.until("18:20:30")
    assert any("no word since 18:10" in text for text in bo.shows())
    bo.forgets()
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:20: …")
    await bo.reads(DONE, within=90)
    await scene.passes(seconds=3)
    await _assert_nothing_is_left(scene, bo, person_id)
    await bo.says("hello")
    await bo.reads(STRANGER)
    ana.forgets()
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Cy")


@story()
async def test_a_buddy_who_was_not_told_goes_at_once_and_learns_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await bo.reads_in_group("Ana's timer runs …")
    await cy.says("/forget everything")
    await cy.reads(DONE)
    await scene.passes(minutes=30)
    assert not any("no word since" in text for text in cy.shows())
    assert any("no word since" in text for text in bo.shows())


@story()
async def test_the_all_clear_still_goes_out(ana: Someone, bo: Someone, scene: Scene) -> None:
    """She closes and leaves while Signal is away."""
    await scene.overdue()
    person_id = await _id_of(scene, ana)
    await scene.night.stand_in.fault("^/v1/messages/", 500, method="PUT", times=None)
    scene.night.stand_in.faults.refuse("listDevices", code=-3, message="x (IOException)", times=None)
    await ana.says(WORD)
    await ana.says(f"/forget {WORD}")
    await scene.passes(minutes=5)
    bo.forgets()
    await scene.night.stand_in.clear_faults()
    scene.night.stand_in.faults.clear()
    await scene.passes(minutes=10)
    assert any(text.startswith("Ana has sent the word") for text in bo.unread())
    await _assert_nothing_is_left(scene, ana, person_id)


@story()
async def test_whom_she_left_quietly_is_told_now(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads("Done. …")
    await ana.says(f"/forget {WORD}")
    await ana.reads(DONE)
    await bo.reads(TOLD)


@story()
async def test_a_crash_before_the_last_answer_does_not_lose_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.night.stand_in.kill_signal_cli()
    await ana.says(f"/forget {WORD}")
    await scene.passes(seconds=5)
    await scene.night.stand_in.start_signal_cli()
    await scene.passes(seconds=2)
    await scene.restarts()
    await ana.reads(DONE, within=60)


@story()
async def test_she_may_come_again(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/forget {WORD}")
    await ana.reads(DONE)
    await scene.passes(seconds=3)
    await scene.let_in(ana)
    await ana.says("/buddies")
    await ana.reads("You have no buddy yet. …")


@story()
async def test_who_waits_to_be_erased_and_is_on_call_anew_is_not_erased_before_that_close(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: Bo was erased with his part in Dee's running timer, and nobody was left to be alerted."""
    await ana.says("/start 10m")
    await scene.passes(minutes=1)
    await bo.says("/forget everything")
    await scene.passes(seconds=2)
    bo.forgets()
    await scene.let_in(dee)
    await dee.says("/words green lantern")
    await dee.reads("Saved. …")
    code = await dee.invites()
    for message in (f"/join {code}", "/accept"):
        await bo.says(message)
    await scene.passes(seconds=2)
    await dee.says("/confirm Bo green lantern")
    await scene.passes(seconds=2)
    dee.forgets()
    await dee.says("/start 10m")
    await dee.reads("Saved. …")
    await ana.says(WORD)
    await scene.passes(minutes=20)
    assert any("Timer of Dee: no word since" in text for text in bo.shows())
    await dee.says("green lantern")
    await scene.passes(minutes=3)
    assert DONE in bo.unread()
    assert not await scene.knows(bo)
