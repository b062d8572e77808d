"""A buddy has heard her voice (SPEC: `/reset`)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import NOTICED, has_new_phone
from tests.stories.test_own_new_phone import FIRST

FROM_NEW_PHONE = (
    "Nothing changed. This phone of yours is new, and Ana has not confirmed it: it cannot vouch. "
    "Another buddy of Ana can, if there is one."
)
HIS = "velvet hacksaw"


@story()
async def test_only_a_buddy_of_hers_can_vouch(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await scene.let_in(dee)
    await ana.says("/reset")
    await dee.says("/vouch Ana")
    await dee.reads("Nothing changed. I know nobody of that name here. …")
    await ana.says("/vouch Ana")
    await ana.reads("Noted. I ask your buddies to call you. …")
    await ana.reads("Nothing changed. I know nobody of that name here. …")


@story()
async def test_a_new_phone_cannot_vouch_before_she_confirms_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Whoever took over his number may hold her phone as well."""
    await has_new_phone(scene, bo)
    await ana.says("/reset")
    await ana.reads("Noted. …")
    bo.forgets()
    await bo.says("/vouch Ana")
    await bo.reads(FROM_NEW_PHONE)
    await ana.reads_nothing()
    await bo.says(f"/words {HIS}")
    await bo.reads("Saved. …")
    await bo.says("/vouch Ana")
    await bo.reads(FROM_NEW_PHONE)
    await bo.says(f"/confirm me {HIS}")
    await bo.reads("Nothing changed. Your phone needs no confirming. …")
    await bo.says("/vouch Ana")
    await bo.reads(FROM_NEW_PHONE)
    await cy.says("/vouch Ana")
    await ana.reads("Cy has vouched for you. …")


@pytest.mark.parametrize("word", [WORD, "yellow zebra"])
@story()
async def test_once_she_has_confirmed_it_he_can(ana: Someone, bo: Someone, scene: Scene, word: str) -> None:
    """With the duress word it looks the same."""
    await ana.says(f"/words {WORD} > {WORD} / yellow zebra")
    await has_new_phone(scene, bo)
    await ana.says(f"/confirm Bo {word}")
    await ana.reads("Done. …")
    await ana.says("/reset")
    await ana.reads("Noted. …")
    await scene.passes(seconds=2)
    await bo.says("/vouch Ana")
    await ana.reads("Bo has vouched for you. …")


@story()
async def test_his_own_word_from_before_shows_that_it_is_he(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says(f"/words {HIS}")
    await bo.reads("Saved. …")
    await has_new_phone(scene, bo)
    await ana.says("/reset")
    await ana.reads("Noted. …")
    bo.forgets()
    await bo.says("/vouch Ana")
    await bo.reads(FIRST)
    await bo.says(f"/confirm me {HIS}")
    await bo.reads("Done. …")
    await bo.says("/vouch Ana")
    await ana.reads("Bo has vouched for you. …")
    await scene.passes_mostly_off(hours=24, minutes=2)
    assert not await scene.has_word(ana)


@story()
async def test_a_vouch_that_came_before_his_phone_was_known_to_be_new_clears_nothing(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.passes(minutes=5)
    await ana.says("/reset")
    await ana.reads("Noted. …")
    bo.forgets()
    await bo.phone.reinstall()
    await bo.says("/vouch Ana")
    await bo.reads("Thank you. …")
    await scene.passes(seconds=NOTICED)
    await scene.passes_mostly_off(hours=24, minutes=2)
    await ana.reads("Bo has vouched for you. …")
    await ana.reads("Signal shows a new phone for Bo, …")
    await ana.reads("Nobody has vouched for you. Your word stays as it is. …")
    assert await scene.has_word(ana)


@story()
async def test_a_phone_that_is_new_since_the_vouch_leaves_it_as_it_is(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/reset")
    await ana.reads("Noted. …")
    await scene.passes(seconds=2)
    await bo.says("/vouch Ana")
    await ana.reads("Bo has vouched for you. …")
    await has_new_phone(scene, bo)
    await scene.passes_mostly_off(hours=24, minutes=2)
    assert not await scene.has_word(ana)
