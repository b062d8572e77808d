"""Whoever has a buddy's new phone erases him while what she left is held back from it. Found: what should follow to him
made everything about the alarm fail, her next sign and her codeword too."""

from tests.stories.alarms import both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.test_new_phone import has_new_phone
from tests.stories.test_new_phone_held_back import note_and_sos


async def _erased(scene: Scene, *buddies: Someone) -> None:
    for buddy in buddies:
        await buddy.says("/forget everything")
    await scene.passes(seconds=5)
    for buddy in buddies:
        assert not await scene.knows(buddy)


async def _two_of_three(ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene) -> None:
    """Bo's and Cy's phones are new, Dee has all of it."""
    await scene.pair(ana, dee)
    await both_words(ana, bo, cy)
    await has_new_phone(scene, bo, cy)
    await note_and_sos(ana, scene)
    await _erased(scene, bo, cy)
    ana.forgets()
    dee.forgets()


@story()
async def test_who_has_a_later_alarm_can_take_it(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await both_words(ana, bo, cy)
    await has_new_phone(scene, bo)
    await note_and_sos(ana, scene)
    await scene.pair(ana, dee)
    await ana.says("/sos")
    await scene.passes(seconds=10)
    await _erased(scene, bo)
    dee.forgets()
    await dee.says("on it")
    await dee.reads("About Ana: you have it. …", within=5)


@story()
async def test_her_next_sign_is_heard(ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene) -> None:
    await _two_of_three(ana, bo, cy, dee, scene)
    await ana.says("/sos they are at the back door")
    await scene.passes(seconds=30)
    assert any("back door" in text for text in dee.unread())


@story()
async def test_her_next_timer_ends_by_her_word(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await _two_of_three(ana, bo, cy, dee, scene)
    await ana.says("/start 10m")
    await scene.passes(seconds=5)
    ana.forgets()
    await ana.says(WORD)
    await scene.passes(seconds=5)
    assert await scene.check_in(ana) is None
