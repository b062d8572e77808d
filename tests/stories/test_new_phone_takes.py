"""Who takes an alert with a new phone: what was held back from it follows in time, and he is told truly when he is
asked how it stands (SPEC: "A new phone", step 6)."""

from bot.domain.events import Take
from bot.domain.timing import Timing
from bot.use_cases.check_in_course import move_on
from storage.records import Records
from tests.stories.dialog import Scene, Someone, story
from tests.stories.test_new_phone import has_new_phone
from tests.stories.test_new_phone_alerts import HELD_BACK, knows


async def _overdue(ana: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.passes(minutes=10, seconds=1)


async def _takes_from_a_computer(cy: Someone, ana: Someone, scene: Scene) -> None:
    """As if he had written that: his phone is off, and confirms nothing."""

    def takes(records: Records) -> None:
        person, buddy = (records.people.by_account(one.phone.aci) for one in (ana, cy))
        assert person is not None
        assert buddy is not None
        check_in = records.check_ins.open_of(person.id)
        assert check_in is not None
        move_on(records, check_in, Take(buddy.id), scene.clock.now(), Timing())

    await scene.work(takes)


@story()
async def test_who_takes_it_with_a_new_phone_is_told_truly_when_he_is_asked(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    taken_at = scene.clock.now()
    await bo.says("on it")
    said = str(await bo.reads("You have it. …"))
    await scene.passes(minutes=29)
    assert not any("how does it stand" in text for text in bo.shows())
    await scene.passes(minutes=2)
    assert any("how does it stand" in text for text in bo.shows())
    asked = taken_at
    assert f"at {asked.hour:02}:{asked.minute + 30:02}" in said, said


@story()
async def test_who_holds_it_with_a_new_phone_is_told_truly_when_he_is_asked_again(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await has_new_phone(scene, bo)
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await scene.passes(seconds=5)
    await bo.says("on it")
    await scene.passes(minutes=30, seconds=10)
    assert any("how does it stand" in text for text in bo.shows())
    await ana.says("/note Going up now")
    await scene.passes(seconds=2)
    bo.forgets()
    at = scene.clock.now()
    await bo.says("/ack")
    said = str(await bo.reads("Thank you. You still have it. …"))
    await scene.passes(minutes=25)
    assert not any("how does it stand" in text for text in bo.unread())
    assert f"at {at.hour:02}:{at.minute + 1:02}" not in said, said


@story()
async def test_what_is_held_back_follows_to_him_who_takes_it_just_after_the_minute(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """The bot was down at the end of the minute; what he wrote is handled before the look that fell due."""
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)
    await scene.dies()
    await scene.passes(seconds=70)
    await bo.says("on it")
    await scene.passes(seconds=20)
    await scene.night.start_bot()
    await scene.passes(minutes=20)
    assert any("You have it" in text for text in bo.shows())
    assert knows(bo)


@story()
async def test_what_is_held_back_follows_to_him_who_takes_it_over_after_the_minute(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Nobody is down. Cy takes it from a computer within the minute; his phone is off and never has it."""
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await bo.reads(HELD_BACK)

    await _takes_from_a_computer(cy, ana, scene)
    await scene.passes(minutes=5)
    assert any("Cy has it" in text for text in bo.shows())
    await bo.says("on it")
    await scene.passes(minutes=20)
    assert any("You have it" in text for text in bo.shows())
    assert knows(bo)


@story()
async def test_a_note_after_he_had_the_rest_follows_to_him_who_takes_it_over(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: the note was taken for sent, because the rest had gone to him before it came."""
    await has_new_phone(scene, bo)
    await cy.phone.go_offline()
    await _overdue(ana, scene)
    await scene.passes(seconds=70)
    assert knows(bo)
    await _takes_from_a_computer(cy, ana, scene)
    await scene.passes(minutes=31)
    await ana.says("/note Back door, blue van")
    await scene.passes(minutes=2)
    await bo.says("on it")
    await scene.passes(seconds=70)
    assert any("You have it" in text for text in bo.shows())
    assert any("blue van" in text for text in bo.shows())
