"""Cy looks after Ana and Bo, and Bo calls himself as her word begins: on Cy's phone it is hers all the same (SPEC:
"Silent alarm", and Commands, `/safe ANA WORD`)."""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.two_evenings import Night, assert_alike

HIS = "velvet hacksaw"
CLOSED = "Thanks, noted. Ana is told."
NOT_QUITE = "Nothing changed. Not quite. Like this: /safe Ana {}WORD"


async def _calls_himself(name: str, ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await scene.pair(bo, cy, HIS)
    await bo.says(f"/name {name}")
    await scene.passes(seconds=2)
    for someone in (ana, bo, cy):
        someone.forgets()


def _is_alarmed(someone: Someone, about: str = "Ana") -> bool:
    return any(text.startswith(FIRST.replace("Ana", about)) for text in someone.unread())


@pytest.mark.parametrize("command", ["/safe", "/cancel"])
@pytest.mark.parametrize("name", ["Ana yellow", "Ana Yellow Submarine", "ANA  yell\u043ew"])
@story()
async def test_her_duress_word_is_heard(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, name: str, command: str
) -> None:
    await _calls_himself(name, ana, bo, cy, scene)
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    cy.forgets()
    await cy.says(f"{command} Ana {DURESS}")
    await scene.passes(seconds=5)
    assert _is_alarmed(bo)
    assert CLOSED in cy.unread()
    assert not _is_alarmed(cy)
    assert await scene.check_in(ana) is None


@story()
async def test_her_duress_word_is_heard_with_nothing_running(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _calls_himself("Ana yellow", ana, bo, cy, scene)
    await cy.says("/safe Ana yellow zebra")
    await cy.reads(NOT_QUITE.format("yellow "))
    assert not _is_alarmed(bo)
    await cy.says(f"/safe Ana {DURESS}")
    await cy.reads(NOT_QUITE.format("yellow "))
    await scene.passes(seconds=5)
    assert _is_alarmed(bo)


@pytest.mark.parametrize("name", ["Ana purple", "Ana Purple Giraffe"])
@story()
async def test_her_codeword_is_heard(ana: Someone, bo: Someone, cy: Someone, scene: Scene, name: str) -> None:
    await _calls_himself(name, ana, bo, cy, scene)
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    cy.forgets()
    await cy.says(f"/safe Ana {WORD}")
    await scene.passes(seconds=5)
    assert CLOSED in cy.unread()
    assert await scene.check_in(ana) is None


@story()
async def test_a_word_of_his_that_fits_too_does_not_take_hers_off(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Bo's timer ends, for it is his word; hers ends too, and her buddies are told."""
    await _calls_himself("Ana yellow", ana, bo, cy, scene)
    await bo.says(f"/words {HIS} > submarine")
    await bo.says("/start 30m")
    await ana.says("/start 30m")
    await scene.passes(seconds=2)
    cy.forgets()
    await cy.says(f"/safe Ana {DURESS}")
    await scene.passes(seconds=5)
    assert _is_alarmed(bo)
    assert {CLOSED, "Thanks, noted. Ana yellow is told."} <= set(cy.unread())
    assert [await scene.check_in(ana), await scene.check_in(bo)] == [None, None]


@story()
async def test_of_two_whose_duress_words_a_line_may_hold_both_are_heard(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(bo, dee, HIS)
    await _calls_himself("Ana yellow", ana, bo, cy, scene)
    await bo.says(f"/words {HIS} > {HIS} / submarine")
    await scene.passes(seconds=2)
    await cy.says(f"/safe Ana {DURESS}")
    await scene.passes(seconds=5)
    assert _is_alarmed(bo)
    assert _is_alarmed(dee, "Ana yellow")


@story()
async def test_his_own_word_after_his_own_name_is_his(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await _calls_himself("Ana yellow", ana, bo, cy, scene)
    await ana.says("/start 30m")
    await bo.says("/start 30m")
    await scene.passes(seconds=2)
    cy.forgets()
    await cy.says(f"/safe Ana yellow {HIS}")
    await scene.passes(seconds=5)
    assert "Thanks, noted. Ana yellow is told." in cy.unread()
    assert await scene.check_in(bo) is None
    assert await scene.check_in(ana) is not None
    assert not _is_alarmed(bo)


def test_work_does_not_tell_which_word_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[list[int]] = []

    async def script(night: Night) -> None:
        await night.scene.pair(night.bo, night.cy, HIS)
        await night.bo.says("/name Ana yellow")
        await night.scene.passes(seconds=2)
        here: list[int] = []
        for text in ("green zebra", "yellow zebra", night.word, night.other):
            before = night.compared()
            await night.cy.says(f"/safe Ana {text}")
            await night.scene.passes(seconds=5)
            here.append(night.compared() - before)
        counts.append(here)
        night.cy.forgets()

    assert_alike(script, monkeypatch)
    assert len({count for here in counts for count in here}) == 1
    assert counts[0][0] > 0
