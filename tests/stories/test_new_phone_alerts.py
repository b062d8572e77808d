"""What an alert brings to a buddy's new phone (SPEC: "A new phone"): the details only where nobody else has them."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import has_new_phone

ALERT = "Timer of Ana: no word since …"
HELD_BACK = "Timer of Ana: no word since …Your phone is new, and Ana has not confirmed it yet. …"
WHOLE = "Timer of Ana, 2 of 2. Ana left this for you:\nRoom 12, Hotel Ritz…"
SECRETS = ("Room 12", "Ritz", "left this", "Ring at", "the plan")


def knows(someone: Someone) -> bool:
    """Whether anything that she left has come to that phone, or that there is something."""
    return any(secret in text for text in someone.shows() for secret in SECRETS)


async def _overdue(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.passes(minutes=10, seconds=1)


@story()
async def test_a_sole_buddy_gets_everything_at_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await _overdue(ana, scene)
    await bo.reads("Timer of Ana: no word since …")
    await bo.reads(WHOLE)
    assert not any("Your phone is new" in text for text in bo.shows())


@story()
async def test_where_another_phone_has_it_he_gets_no_details(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.plans(ana, "Ring at the desk")
    await has_new_phone(scene, bo)
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await cy.reads("Timer of Ana: no word since …")
    await cy.reads("…Room 12, Hotel Ritz…")
    await scene.passes(hours=2)
    assert not knows(bo)
    await bo.says("/again")
    await scene.passes(seconds=2)
    assert not knows(bo)


@story()
async def test_where_no_other_phone_has_it_in_a_minute_they_follow(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await bo.reads_nothing(during=55)
    await scene.passes(seconds=6)
    await bo.reads("Timer of Ana: still no word since …")
    await bo.reads(WHOLE)


@pytest.mark.parametrize("down", [5, 90])
@story()
async def test_also_when_the_bot_restarts_meanwhile(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, down: int
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await scene.dies()
    await scene.passes(seconds=down)
    await scene.night.start_bot()
    await scene.passes(seconds=90)
    assert knows(bo)


@story()
async def test_also_when_he_takes_it_before_the_minute_is_over(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await bo.says("on it")
    await bo.reads("You have it. …")
    await scene.restarts()
    assert not knows(bo)
    await scene.passes(seconds=62)
    assert knows(bo)
    await scene.passes(minutes=30)
    assert any("how does it stand" in text for text in bo.shows())


@story()
async def test_taking_it_brings_no_details_where_another_phone_has_them(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await _overdue(ana, scene)
    await scene.passes(seconds=5)
    await bo.says("on it")
    await cy.reads("Timer of Ana: no word since …")
    await scene.passes(minutes=29)
    assert not knows(bo)
    assert any("Bo has it" in text for text in cy.shows())


@story()
async def test_two_new_phones_do_not_count_for_each_other(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo, cy)
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await scene.passes(seconds=61)
    assert knows(bo)
    await scene.passes(seconds=180)
    assert knows(cy)


@story()
async def test_who_is_not_first_is_told_in_turn(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Bo's phone is known and confirms: nothing follows to Cy's new one, who is told in turn."""
    await has_new_phone(scene, cy)
    await _overdue(ana, scene)
    await cy.reads_nothing(during=110)
    await scene.passes(seconds=12)
    await cy.reads(HELD_BACK)
    await scene.passes(hours=1)
    assert not knows(cy)
    assert knows(bo)


@story()
async def test_what_she_leaves_later_does_not_go_to_it_either(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await _overdue(ana, scene)
    await ana.says("/note Room 12 after all")
    await ana.reads("…")
    await scene.passes(minutes=3)
    assert not knows(bo)
    assert any("Room 12 after all" in text for text in cy.shows())


@story()
async def test_what_she_leaves_within_the_minute_follows_with_the_rest(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await ana.says("/note Room 14 after all")
    await scene.passes(seconds=5)
    assert not any("Room 14" in text for text in bo.shows())
    await scene.passes(seconds=60)
    assert any("Room 14" in text for text in bo.shows())


@story()
async def test_with_nothing_left_the_rest_is_said_all_the_same(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await ana.says("/start 5m")
    await scene.passes(minutes=10, seconds=1)
    await bo.reads(HELD_BACK)
    await scene.passes(seconds=61)
    await bo.reads("Timer of Ana: …Ana left nothing else for you this time.…")


@story()
async def test_with_alerts_only_it_is_the_same(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.chooses(ana, alerts_only=True)
    await has_new_phone(scene, bo)
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await scene.passes(minutes=20)
    assert not knows(bo)
    assert knows(cy)


@story()
async def test_a_new_phone_in_the_middle_of_an_alert(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """He had the details on the old one. The new one is alerted on, and gets them only where nobody else has it."""
    await scene.passes(minutes=4)
    await _overdue(ana, scene)
    assert knows(bo)
    await bo.phone.reinstall()
    await scene.passes(minutes=7)
    assert any("Your phone is new" in text for text in bo.shows())
    before = len(bo.shows())
    await bo.says("/again")
    await scene.passes(seconds=2)
    assert not any(secret in text for text in bo.shows()[before:] for secret in SECRETS)
    await ana.says(WORD)
    await bo.reads("…")
    await scene.passes(seconds=5)
    assert any(text.startswith("Ana has sent the word") for text in bo.shows())


@story()
async def test_a_sole_buddys_new_phone_in_the_middle_of_an_alert_gets_all_of_it_again(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.passes(minutes=4)
    await _overdue(ana, scene)
    await bo.phone.reinstall()
    await scene.passes(minutes=7)
    before = len(bo.shows())
    await bo.says("/again")
    await scene.passes(seconds=2)
    assert any("Room 12" in text for text in bo.shows()[before:])


@story()
async def test_after_her_confirming_he_is_a_buddy_as_any_other(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. …")
    await _overdue(ana, scene)
    await bo.reads(ALERT)
    await bo.reads(WHOLE)
    await cy.reads_nothing(during=60)


@story()
async def test_a_buddy_of_two_is_held_back_from_by_the_one_who_has_not_confirmed(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, bo, word="green lantern")
    await scene.pair(dee, cy, word="green lantern")
    await has_new_phone(scene, bo)
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. …")
    await dee.says("/start 5m\nRoom 13")
    await _overdue(ana, scene)
    await scene.passes(minutes=5)
    shown = "\n".join(bo.shows())
    assert "Room 12" in shown
    assert "Room 13" not in shown


@story()
async def test_a_photo_is_held_back_too(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await ana.sends(("door.jpg", "image/jpeg", b"door"))
    await scene.passes(minutes=12)
    assert not any("photo" in text for text in bo.shows())
    assert any("photo" in text for text in cy.shows())
