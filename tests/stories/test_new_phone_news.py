"""What is new reaches somebody who can act, whichever phones are new or off by then (SPEC: "A new phone")."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_new_phone import has_new_phone
from tests.stories.test_new_phone_alerts import knows
from tests.stories.test_new_phone_held_back import NOTE, note_and_sos


@story()
async def test_a_note_within_the_minute_after_taking(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.passes(minutes=10, seconds=10)
    await bo.says("on it")
    await scene.passes(seconds=30)
    await ana.says("/note he is angry")
    await scene.passes(minutes=20)
    assert knows(bo)


@story()
async def test_a_note_to_a_new_phone_that_has_taken_it(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await ana.says("/start 5m")
    await scene.passes(minutes=12)
    await bo.says("on it")
    await scene.passes(minutes=1)
    await ana.says(NOTE)
    await scene.passes(minutes=20)
    assert knows(bo)


@story()
async def test_notes_again_and_again_in_a_timer(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.passes(minutes=10, seconds=1)
    for number in range(20):
        await ana.says(f"/note still here {number}")
        await scene.passes(seconds=50)
    assert knows(bo)


@pytest.mark.parametrize("sign", ["/note still here", "/sos"])
@story()
async def test_again_and_again_in_an_alarm(ana: Someone, bo: Someone, cy: Someone, scene: Scene, sign: str) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await note_and_sos(ana, scene)
    for number in range(20):
        await ana.says(f"{sign} {number}")
        await scene.passes(seconds=50)
    assert knows(bo)


@pytest.mark.parametrize("timer", [True, False])
@story()
async def test_the_sole_buddys_new_phone_in_the_middle_of_it_gets_all_unasked(
    ana: Someone, bo: Someone, scene: Scene, timer: bool
) -> None:
    await scene.passes(minutes=4)
    await (_is_overdue(ana, scene) if timer else note_and_sos(ana, scene))
    assert knows(bo)
    await bo.phone.reinstall()
    before = len(bo.shows())
    await scene.passes(hours=2)
    assert len(bo.shows()) > before
    assert any("Room 12" in text for text in bo.shows()[before:])


async def _is_overdue(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.passes(minutes=10, seconds=5)


@pytest.mark.parametrize(("began", "then"), [("/start 5m", NOTE), ("/sos", NOTE), ("/sos", "/sos Room 12, Hotel Ritz")])
@story()
async def test_what_comes_later_reaches_somebody_where_the_other_phone_is_off_by_then(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, began: str, then: str
) -> None:
    await has_new_phone(scene, bo)
    await ana.says(began)
    await scene.passes(minutes=12)
    await cy.phone.go_offline()
    await scene.passes(minutes=20)
    await ana.says(then)
    await scene.passes(minutes=2)
    assert knows(bo) or knows(cy)


@story()
async def test_who_was_won_by_the_duress_word_keeps_nothing_from_her_own_buddy(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await has_new_phone(scene, bo)
    await scene.pair(ana, dee, DURESS)
    await ana.says("/sos")
    await scene.passes(minutes=2)
    await ana.says(NOTE)
    await scene.passes(minutes=10)
    assert knows(bo)


@story()
async def test_of_two_new_phones_in_a_timer_somebody_gets_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await _is_overdue(ana, scene)
    assert knows(cy)
    await cy.phone.reinstall()
    before = len(cy.shows())
    await scene.passes(hours=2)
    assert any("Room 12" in text for text in [*cy.shows()[before:], *bo.shows()])


@pytest.mark.parametrize("note", [False, True])
@story()
async def test_a_note_does_not_delay_the_next_buddy(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, note: bool
) -> None:
    await scene.pair(ana, dee)
    await scene.passes(minutes=4)
    await ana.says("/start 5m")
    await scene.passes(minutes=9)
    await bo.phone.reinstall()
    await cy.phone.go_offline()
    await scene.passes(minutes=1, seconds=2)
    await bo.says("/help")
    await scene.passes(seconds=98)
    if note:
        await ana.says(NOTE)
    await scene.passes(seconds=85)  # cy is alerted at 120 s; 60 s later dee, for cy's phone is silent
    assert any(text.startswith("Timer of Ana: no word") for text in dee.shows())


@story()
async def test_a_note_while_a_buddy_has_it_whose_phone_is_off_by_then(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await ana.says("/start 5m")
    await scene.passes(minutes=12)
    await cy.says("on it")
    await scene.passes(seconds=5)
    await cy.phone.go_offline()
    await ana.says(NOTE)
    await scene.passes(minutes=20)
    assert knows(bo) or knows(cy)


@pytest.mark.parametrize("answers_after", [30, 400, None])
@story()
async def test_what_comes_while_he_is_asked_how_it_stands_is_held_back_no_longer(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, answers_after: int | None
) -> None:
    """Bo's phone is new and he has it, Cy's is off: nobody else can have what she left. Found: half an hour more."""
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await ana.says("/start 5m")
    await scene.passes(minutes=12)
    await bo.says("on it")
    await scene.passes(minutes=31)
    await ana.says(NOTE)
    if answers_after is not None:
        await scene.passes(seconds=answers_after)
        await bo.says("/ack")
        await scene.passes(seconds=70)
    else:
        await scene.passes(minutes=11)
    assert knows(bo)
