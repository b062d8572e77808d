"""Her duress word on a buddy's phone, where it can end nothing: in an edit, and in a group (SPEC: "Wrong words")."""

import pytest

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


@pytest.mark.parametrize(
    "form",
    [
        "/safe Ana\n{}",
        "/safe\nAna {}",
        "/cancel Ana\n\n{}",
        "/saef Ana {}",
        "/save Ana {}",
        "/safe for Ana {}",
        "/safe it is Ana {}",
        "safe for Ana {}",
    ],
)
@pytest.mark.parametrize("own_timer", [False, True])
@story()
async def test_in_a_line_that_is_not_quite_right_it_alarms(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene, form: str, own_timer: bool
) -> None:
    """Found: it was answered that the word is missing, and nobody came."""
    await scene.pair(bo, dee, word="green lantern")
    await _running(ana, bo, cy, scene)
    if own_timer:
        await bo.says("/start 1h")
    await bo.says(form.format(DURESS))
    await scene.passes(seconds=10)
    assert alarmed(cy)
    assert await scene.check_in(ana) is not None


@story()
async def test_what_he_writes_in_the_group_for_her_is_no_try_of_his_own_word(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: her right word in the group, three times while a timer of his own ran, raised an alarm about him."""
    await scene.pair(bo, dee, word="green lantern")
    await ana.says("/start 2h")
    await bo.says("/start 3h")
    await scene.passes(seconds=5)
    bo.forgets()
    dee.forgets()
    for _ in range(3):
        await bo.says_in_group(f"/safe Ana {WORD}")
        await bo.reads("Nothing changed. For Ana, please send me that directly, not in a group.")
        await scene.passes(seconds=30)
    assert dee.unread() == []


@story()
async def test_nor_does_it_use_up_his_tries(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Found: after five of these his own right word was wrong for an hour."""
    await scene.pair(bo, dee, word="green lantern")
    await ana.says("/start 2h")
    await scene.passes(seconds=3)
    for _ in range(6):
        await bo.says_in_group(f"/safe Ana {WORD}")
        await scene.passes(seconds=3)
    bo.forgets()
    await bo.says("/order Dee green lantern")
    await bo.reads("Saved. …")


@story()
async def test_his_own_word_cannot_be_guessed_there_without_limit(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Found by reading: whoever held his phone asked for a `/reset`, and saw by its end which word was right."""
    await scene.pair(bo, dee, word="green lantern")
    await bo.says("/reset")
    for number in range(5):
        await bo.says_in_group(f"/safe yellow zebra {number}\nAna x")
        await scene.passes(seconds=2)
    bo.forgets()
    await bo.says_in_group("/safe green lantern\nAna x")
    await scene.passes(seconds=3)
    assert not any("stays as it is" in text for text in bo.unread())
