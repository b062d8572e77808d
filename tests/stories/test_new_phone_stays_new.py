"""A phone that is new stays so, whatever is done or happens while others have what she left (SPEC: "A new phone")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import NOTICED, has_new_phone
from tests.stories.test_new_phone_alerts import knows
from tests.stories.test_new_phone_held_back import NOTE, has_an_alarm_of_his_own, note_and_sos

# --- what happens in another alarm changes nothing


@story()
async def test_a_duress_word_on_the_new_phone_brings_it_no_details(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    await scene.passes(minutes=2)
    assert not knows(bo)
    assert knows(cy)
    await bo.says(f"/safe Ana {DURESS}")
    await scene.passes(seconds=5)
    assert not knows(bo)


@story()
async def test_a_duress_word_brings_no_details_to_the_new_phone_of_one_won_by_it(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await has_an_alarm_of_his_own(dee, ana, bo, scene, DURESS)
    await has_new_phone(scene, dee)
    await note_and_sos(ana, scene)
    await scene.passes(minutes=2)
    assert not knows(dee)
    assert knows(bo)
    await ana.says(DURESS)
    await scene.passes(seconds=5)
    assert not knows(dee)


@story()
async def test_a_further_sign_brings_no_photo_to_a_new_phone_in_a_later_alarm(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await has_an_alarm_of_his_own(dee, ana, bo, scene)
    await has_new_phone(scene, dee)
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await ana.sends(("door.jpg", "image/jpeg", b"x"))
    await scene.passes(minutes=2)
    assert _files(bo)
    assert not _files(dee)
    await ana.says("/sos")
    await scene.passes(minutes=2)
    assert not _files(dee)


def _files(someone: Someone) -> list[object]:
    return [event for event in someone.phone.history if event.data.get("attachments")]


# --- who has it once has it


@pytest.mark.parametrize("timer", [True, False])
@story()
async def test_the_new_phone_cannot_wait_for_the_other_to_sleep(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, timer: bool
) -> None:
    await has_new_phone(scene, bo)
    await (scene.overdue() if timer else note_and_sos(ana, scene))
    await cy.says("on it")
    await scene.passes(minutes=10)
    assert not knows(bo)
    await cy.phone.go_offline()
    await bo.says("/resolve Ana")
    await scene.passes(seconds=2)
    await bo.says("/reopen Ana")
    await scene.passes(minutes=2)
    assert not knows(bo)


# --- nothing that her account does makes it an old phone


@pytest.mark.parametrize("word", [WORD, DURESS])
@story()
async def test_ending_the_pairing_with_a_stolen_phone_brings_it_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, word: str
) -> None:
    await both_words(ana, bo, cy)
    await scene.passes(minutes=4)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.phone.reinstall()
    await bo.says("on it")
    await scene.passes(seconds=NOTICED)
    await ana.says(NOTE)
    await scene.passes(minutes=2)
    assert not knows(bo)
    assert knows(cy)
    await ana.says(f"/unpair Bo {word}")
    await scene.passes(hours=1)
    assert not knows(bo)


@story()
async def test_a_phone_that_is_new_after_the_pairing_has_ended_gets_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await scene.passes(minutes=4)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await ana.says(f"/unpair Bo {DURESS}")
    await scene.passes(minutes=5)
    await bo.phone.reinstall()
    await bo.says("on it")
    await scene.passes(seconds=NOTICED)
    await ana.says(NOTE)
    await scene.passes(minutes=2)
    assert knows(cy)
    assert not knows(bo)


@story()
async def test_winning_him_again_with_the_duress_word_does_not_confirm_his_phone(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    await scene.passes(minutes=2)
    assert not knows(bo)
    await ana.says(f"/unpair Bo {DURESS}")
    await scene.passes(seconds=5)
    for someone in (ana, bo):
        someone.forgets()
    code = await ana.invites()
    for message in (f"/join {code}", "/accept"):
        await bo.says(message)
    await scene.passes(seconds=2)
    await ana.says(f"/confirm Bo {DURESS}")
    await scene.passes(hours=1)
    assert not knows(bo)


@story()
async def test_nothing_follows_because_the_phone_that_has_it_is_new_later(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    await cy.says("on it")
    await scene.passes(minutes=10)
    assert not knows(bo)
    assert knows(cy)
    await has_new_phone(scene, cy)
    await scene.passes(minutes=40)
    assert not knows(bo)


@story()
async def test_leaving_quietly_one_whose_buddy_she_stays_does_not_make_his_phone_an_old_one(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await scene.pair(bo, ana, word="green lantern")
    await scene.passes(minutes=4)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    await bo.phone.reinstall()
    await bo.says("on it")
    await scene.passes(seconds=NOTICED)
    await ana.says(f"/unpair Bo {WORD} quietly")
    await scene.passes(seconds=5)
    await ana.says(NOTE)
    await scene.passes(minutes=2)
    assert knows(cy)
    assert not knows(bo)
    for message in ("/confirm me green lantern", "/start 2h"):  # which she hears of as his buddy
        await bo.says(message)
        await scene.passes(seconds=5)
    await scene.passes(minutes=30)
    assert not knows(bo)
