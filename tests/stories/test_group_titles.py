"""The title of a group follows the names of its two (SPEC: `/name`), and shows nothing else."""

import asyncio
from typing import Any

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.groups import seen


async def title(scene: Scene, group: str) -> str:
    return str((await seen(scene, group))["title"])


@pytest.mark.parametrize(
    ("who", "name", "expected"), [("ana", "Anita", "Anita + Bo"), ("bo", "Robert", "Ana + Robert")]
)
@story()
async def test_its_title_follows_a_new_name(scene: Scene, who: str, name: str, expected: str) -> None:
    """Found: the old name stood on the screens of both for as long as the pairing."""
    ana, bo = await scene.arrive("Ana"), await scene.arrive("Bo")
    await scene.pair(ana, bo)
    group = await scene.group_of(ana, bo)
    await scene.people[who].says(f"/name {name}")
    await scene.passes(minutes=12)
    assert await title(scene, group) == expected
    revision = (await seen(scene, group))["revision"]
    await scene.passes(hours=1)
    assert (await seen(scene, group))["revision"] == revision


@story()
async def test_in_each_of_her_groups(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/name Anita")
    await scene.passes(minutes=12)
    assert await title(scene, await scene.group_of(ana, bo)) == "Anita + Bo"
    assert await title(scene, await scene.group_of(ana, cy)) == "Anita + Cy"


@story()
async def test_not_while_a_line_about_a_timer_stands_there(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await bo.says("/name Robert")
    await bo.reads("Saved. …")
    await ana.says("/start 1h")
    await scene.passes(minutes=50)
    assert await title(scene, group) == "Ana + Bo"
    await ana.says(WORD)
    await scene.passes(minutes=12)
    assert await title(scene, group) == "Ana + Robert"


@pytest.mark.parametrize("start", [None, "/start 2h", "/start 5m"])
@story()
async def test_of_a_timer_that_he_was_not_told_of_he_learns_nothing_by_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, start: str | None
) -> None:
    group = await scene.group_of(ana, cy)
    if start is not None:
        await ana.says(start)
        await ana.reads("Saved. …")
    await cy.says("/name Cyrus")
    await cy.reads("Saved. …")
    await scene.until("18:12:00" if start != "/start 5m" else "18:11:00")
    assert await title(scene, group) == "Ana + Cyrus"


@story()
async def test_the_two_who_share_a_group_keep_their_places(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.pair(bo, ana, "green lantern")
    group = await scene.group_of(ana, bo)
    await scene.passes(minutes=12)
    assert await title(scene, group) == "Ana + Bo"
    await bo.says("/name Robert")
    await scene.passes(minutes=12)
    assert await title(scene, group) == "Ana + Robert"
    await ana.says(f"/unpair Robert {WORD}")
    await ana.reads("…")


def test_whoever_was_left_quietly_cannot_tell_by_it() -> None:
    """He can rename himself as often as he likes: a title that stayed would show him that she has left."""
    found: dict[bool, list[dict[str, Any]]] = {}

    def evening(*, quietly: bool) -> None:
        @story()
        async def told(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
            group = await scene.group_of(ana, bo)
            if quietly:
                await ana.says(f"/unpair Bo {WORD} quietly")
            await scene.until("18:01:00")
            await bo.says("/name Dee")
            found[quietly] = []
            for _ in range(20):
                await asyncio.sleep(60)
                found[quietly].append(await seen(scene, group))

        told()

    evening(quietly=False)
    evening(quietly=True)
    assert found[True] == found[False]
    assert "Dee" in found[True][-1]["title"]


def test_an_alarm_does_not_show_by_it() -> None:
    """Byte for byte, and at the same moments."""
    found: dict[str, list[dict[str, Any]]] = {}

    def evening(ending: str) -> None:
        @story()
        async def told(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
            groups = [await scene.group_of(ana, one) for one in (bo, cy)]
            await ana.says(f"/words {WORD} > {WORD} / green lantern")
            await ana.reads("Saved. …")
            await bo.says("/name Robert")
            await ana.says("/start 20m")
            await scene.until("18:15:00")
            await ana.says(ending)
            await scene.until("18:16:00")
            await ana.says("/name Anita")
            found[ending] = []
            for _ in range(30):
                await asyncio.sleep(60)
                found[ending] += [await seen(scene, group) for group in groups]

        told()

    evening(WORD)
    evening("green lantern")
    assert found["green lantern"] == found[WORD]
    assert found[WORD][-1]["title"] == "Anita + Cy"
