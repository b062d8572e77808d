"""A buddy's new phone in a silent alarm: alerted like all, with what she left only where no other phone has it."""

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import has_new_phone
from tests.stories.test_new_phone_alerts import knows
from tests.stories.two_evenings import DURESS

ALARM = "About Ana: please read all of this first.…"
HELD_BACK = "About Ana: please read all of this first.…Your phone is new, and Ana has not confirmed it yet. …"


async def _leaves_a_note(ana: Someone, scene: Scene) -> None:
    await ana.says("/note Room 12, Hotel Ritz")
    await ana.reads("Kept, …")


@story()
async def test_where_another_phone_has_it_no_details_go_to_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.plans(ana, "Ring at the desk")
    await has_new_phone(scene, bo)
    await _leaves_a_note(ana, scene)
    await ana.says("/sos")
    await bo.reads(HELD_BACK)
    await cy.reads(ALARM)
    await ana.says("/note Room 12 after all")
    await bo.says("/again")
    await scene.passes(seconds=2)
    await bo.says("on it")
    await scene.passes(hours=2)
    assert not knows(bo)
    assert knows(cy)


@story()
async def test_where_no_other_phone_has_it_they_follow_in_a_minute(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _leaves_a_note(ana, scene)
    await ana.says("/sos")
    await bo.reads(HELD_BACK)
    await scene.passes(seconds=50)
    assert not knows(bo)
    await scene.restarts()
    await scene.passes(seconds=30)
    assert knows(bo)


@story()
async def test_also_when_he_took_it_before(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _leaves_a_note(ana, scene)
    await ana.says("/sos")
    await bo.reads(HELD_BACK)
    await bo.says("on it")
    await bo.reads("About Ana: you have it. …")
    await scene.passes(seconds=62)
    assert knows(bo)


@story()
async def test_a_sole_buddy_gets_everything_at_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await has_new_phone(scene, bo)
    await _leaves_a_note(ana, scene)
    await ana.says("/sos")
    await scene.passes(seconds=2)
    assert knows(bo)
    assert not any("Your phone is new" in text for text in bo.shows())


@story()
async def test_a_phone_confirmed_with_the_duress_word_stays_new_to_the_alarm(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")
    await has_new_phone(scene, bo)
    await _leaves_a_note(ana, scene)
    await ana.says(f"/confirm Bo {DURESS}")
    await ana.reads("Done. The new phone of Bo is confirmed. …")
    await bo.reads(HELD_BACK)
    await cy.reads(ALARM)
    await scene.passes(hours=1)
    assert not knows(bo)
    await ana.says("/status")
    await ana.reads("No timer runs. …")
    await ana.reads_nothing()


@story()
async def test_her_own_confirmed_with_the_duress_word_alarms_and_works(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says(f"/words {WORD} > {WORD} / {DURESS}")
    await ana.reads("Saved. …")
    await has_new_phone(scene, ana)
    await ana.says(f"/confirm me {DURESS}")
    await ana.reads("Done. This phone is confirmed. …")
    await bo.reads(ALARM)
    await ana.says("/name Anna")
    await ana.reads("Saved. …")
