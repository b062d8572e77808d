"""A buddy calls himself as her duress word begins, after she has chosen it: it alarms all the same, and her phone shows
what any wrong word would bring (SPEC: "Silent alarm")."""

import pytest

from tests.stories.alarms import DURESS, FIRST, both_words
from tests.stories.dialog import Scene, Someone, story
from tests.stories.labels import called_before
from tests.stories.two_evenings import Night, assert_alike

HIS = "green lantern"


async def _calls_himself(name: str, ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Ana and Bo are each other's buddies."""
    await both_words(ana, bo, cy)
    await scene.pair(bo, ana, HIS)
    if name.startswith("Me "):  # as nobody may call himself any more
        await called_before(scene, bo, ana, name)
    else:
        await bo.says(f"/name {name}")
    await scene.passes(seconds=2)
    _forget(ana, bo, cy)


async def _shown(ana: Someone, scene: Scene, text: str) -> list[str]:
    ana.forgets()
    await ana.says(text)
    await scene.passes(seconds=5)
    return ana.unread()


def _forget(*people: Someone) -> None:
    for someone in people:
        someone.forgets()


def _alarmed(*people: Someone) -> list[bool]:
    return [any(text.startswith(FIRST) for text in someone.unread()) for someone in people]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Yellow", "/safe {}"),
        ("Yellow", "/cancel {}"),
        ("Yellow", "safe {}"),
        ("Yellow", "/safe Yellow {}"),
        ("Yellow", "/order Cy {}"),
        ("Bo yellow", "/safe Bo {}"),
        ("Bo yellow", "/unpair Bo {}"),
        ("Bo yellow", "/unpair Bo {} quietly"),
        ("Bo yellow", "/order Bo {}"),
        ("Bo yellow", "/order Cy not Bo {}"),
        ("Bo yellow", "/confirm Bo {}"),
        ("Me yellow", "/confirm me {}"),
    ],
)
@story()
async def test_her_word_is_heard_where_it_begins_with_his_name(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, name: str, form: str
) -> None:
    await _calls_himself(name, ana, bo, cy, scene)
    wrong = await _shown(ana, scene, form.format("yellow zebra"))
    assert _alarmed(bo, cy) == [False, False]
    assert await _shown(ana, scene, form.format(DURESS)) == wrong
    assert _alarmed(bo, cy) == [True, True]


@pytest.mark.parametrize("form", ["/safe {}", "/unpair {}", "/order {}", "/order Cy {}", "/confirm {}"])
@story()
async def test_also_where_it_is_his_name(ana: Someone, bo: Someone, cy: Someone, scene: Scene, form: str) -> None:
    await _calls_himself("Yellow Submarine", ana, bo, cy, scene)
    await _shown(ana, scene, form.format(DURESS))
    assert _alarmed(bo, cy) == [True, True]


@story()
async def test_also_where_a_word_of_hers_ends_as_quietly_is_said(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/words purple giraffe > purple giraffe / sail quietly")
    await scene.passes(seconds=2)
    _forget(ana, bo, cy)
    await _shown(ana, scene, "/unpair Bo sail quietly")
    assert _alarmed(bo, cy) == [True, True]


@story()
async def test_his_own_word_after_his_name_ends_his_timer_and_alarms_nobody(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _calls_himself("Yellow", ana, bo, cy, scene)
    await bo.says("/start 30m")
    await scene.passes(seconds=2)
    assert "Thanks, noted. Yellow is told." in await _shown(ana, scene, f"/safe Yellow {HIS}")
    assert _alarmed(bo, cy) == [False, False]


@story()
async def test_both_are_heard_where_one_line_holds_the_duress_words_of_two(
    ana: Someone, bo: Someone, cy: Someone, dee: Someone, scene: Scene
) -> None:
    """Ana's is "yellow submarine", and Bo, who calls himself Yellow and has Dee as well, has chosen "submarine"."""
    await _calls_himself("Yellow", ana, bo, cy, scene)
    await bo.says(f"/words {HIS} > {HIS} / submarine")
    await scene.passes(seconds=2)
    await bo.says("/invite")
    await scene.passes(seconds=2)
    code = next(text for text in bo.unread() if "/join " in text).split("/join ")[1]
    for text in (f"/join {code}", "/name Dee", "/accept"):
        await dee.says(text)
        await scene.passes(seconds=2)
    await bo.says(f"/confirm Dee {HIS}")
    await scene.passes(seconds=2)
    _forget(ana, bo, cy, dee)
    await _shown(ana, scene, f"/safe {DURESS}")
    assert _alarmed(cy) == [True]
    assert any(text.startswith("About Yellow: please read all of this first.") for text in dee.unread())


def test_neither_answers_nor_work_tell_which_of_her_words_stands_after_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(night: Night) -> None:
        night.ana.forgets()
        await night.scene.pair(night.bo, night.ana, HIS)
        night.ana.forgets()
        for text in (f"/safe Bo {night.word}", f"/safe Bo {night.other}", "/safe Bo yellow zebra"):
            await night.writes(text)
        for text in (f"/confirm Bo {night.word}", f"/order Bo Cy {night.word}", f"/unpair Cy {night.other} no"):
            await night.writes(text)
        await night.writes(f"/unpair Cy {night.word} quietly")

    plain, _ = assert_alike(script, monkeypatch)
    assert plain.comparisons[0] == plain.comparisons[1] == plain.comparisons[2] > 0
