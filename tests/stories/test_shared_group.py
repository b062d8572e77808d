"""Two who are each other's buddies share one group: neither learns there what the other's timer does not show (SPEC:
"Nothing reveals"), and each reads times as they are (SPEC: `/tz`)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

HOUR = 3600


async def group_timer(scene: Scene, group: str) -> int:
    """Seconds after which messages disappear there."""
    seconds: int = (await scene.night.stand_in.group(group))["expiration"]
    return seconds


async def each_others_buddies(scene: Scene, ana: Someone, bo: Someone) -> str:
    """Bo is not on call: Cy is asked first. Returns the group that Ana and Bo share."""
    await scene.pair(bo, ana, "green lantern")
    return await scene.group_of(ana, bo)


@pytest.mark.parametrize("runs", [False, True])
@story(paired=False)
async def test_its_timer_shows_no_timer_of_which_he_was_told_nothing(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, runs: bool
) -> None:
    """Found: by the setting of the group that did not follow his, he could tell at any time that hers ran."""
    await scene.pair(ana, cy)
    await scene.pair(ana, bo)
    group = await each_others_buddies(scene, ana, bo)
    if runs:
        await ana.says("/start 4h")
        await scene.passes(minutes=2)
    for hours in (1, 2, 3):
        await bo.says(f"/settings messages {hours}h")
        await scene.passes(minutes=1)
        assert await group_timer(scene, group) == hours * HOUR


@pytest.mark.parametrize("alerts_only", [False, True])
@story(paired=False)
async def test_it_is_not_touched_once_a_line_about_a_timer_stands_in_it(
    ana: Someone, bo: Someone, scene: Scene, alerts_only: bool
) -> None:
    await scene.pair(ana, bo)
    group = await each_others_buddies(scene, ana, bo)
    if alerts_only:
        await ana.says("/settings alerts only")
    await ana.says("/start 5m")
    await scene.passes(minutes=11 if alerts_only else 1)
    await bo.says("/settings messages 1h")
    await scene.passes(minutes=1)
    assert await group_timer(scene, group) == 4 * HOUR
    await ana.says(WORD)
    await scene.passes(minutes=6)
    assert await group_timer(scene, group) == HOUR


@story(paired=False)
async def test_nor_where_she_started_it_there(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.pair(ana, cy)
    await scene.pair(ana, bo)
    group = await each_others_buddies(scene, ana, bo)
    await ana.says_in_group("/start 2h", group)
    await scene.passes(minutes=1)
    await bo.says("/settings messages 1h")
    await scene.passes(minutes=1)
    assert await group_timer(scene, group) == 4 * HOUR


@story(paired=False)
async def test_a_line_about_her_timer_is_written_in_her_zone(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: his zone was used where his own pairing was the older one, and her only answer named a wrong time."""
    await scene.pair(bo, ana, "green lantern")
    await scene.pair(ana, bo)
    group = await scene.group_of(ana, bo)
    await bo.says("/tz Europe/Paris")
    await scene.passes(seconds=5)
    for someone in (ana, bo):
        someone.forgets()
    await ana.says_in_group("/start 2h", group)
    await ana.reads_in_group("Ana's timer runs until 20:00 GMT. Bo, please …\nIf I go quiet: …", group)


@story(paired=False)
async def test_and_what_answers_him_in_his(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.pair(ana, bo)
    group = await each_others_buddies(scene, ana, bo)
    await bo.says("/tz Asia/Tokyo")
    await scene.passes(seconds=5)
    for someone in (ana, bo):
        someone.forgets()
    await bo.says_in_group("/start 2h", group)
    await bo.reads_in_group("Bo's timer runs until 05:00 JST. Ana, please …\nIf I go quiet: …", group)
