"""Her duress word on a buddy's phone, where it can end nothing: in an edit, and in a group (SPEC: "Wrong words")."""

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


def alarmed(someone: Someone) -> bool:
    return any(text.startswith("About Ana: please read all of this first.") for text in someone.shows())


async def _running(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 30m")
    await scene.passes(seconds=5)


@story()
async def test_in_an_edit_of_what_changed_something_it_alarms(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found: an edit was compared with the words of whoever sent it alone."""
    await _running(ana, bo, cy, scene)
    bo.forgets()
    sent = await bo.says(f"/safe Ana {WORD}")
    await scene.passes(seconds=5)
    await bo.edits(sent, f"/safe Ana {DURESS}")
    await scene.passes(seconds=10)
    assert "Edits do not count. Nothing changed." in bo.unread()
    assert alarmed(cy)


@story()
async def test_in_an_edit_of_any_other_message_that_changed_something(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _running(ana, bo, cy, scene)
    sent = await bo.says("/tz Europe/Paris")
    await scene.passes(seconds=5)
    await bo.edits(sent, f"/safe Ana {DURESS}")
    await scene.passes(seconds=10)
    assert alarmed(cy)


@story()
async def test_in_the_group_it_alarms(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Found: it was answered that no timer runs, which is untrue of hers, and nobody came."""
    await _running(ana, bo, cy, scene)
    bo.forgets()
    await bo.says_in_group(f"/safe Ana {DURESS}")
    await scene.passes(seconds=10)
    await bo.reads("Nothing changed. For Ana, please send me that directly, not in a group.")
    assert alarmed(cy)
    await bo.reads_nothing_in_group()
    assert await scene.check_in(ana) is not None
