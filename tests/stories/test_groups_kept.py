"""A group is kept as it should be, whatever kept it from being set up, and whoever has meddled with it (SPEC: "Ways
in": made by the bot, its only admin; Privacy: disappearing messages)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.practice.stand_in_groups import ADMINISTRATOR, DEFAULT, GroupChange
from tests.stories.dialog import WORD, Scene, Someone, story

HOUR = 3600


async def about_to_be_paired(scene: Scene, ana: Someone, bo: Someone) -> None:
    """All but her last yes."""
    await scene.let_in(ana)
    await ana.says(f"/words {WORD}")
    await ana.reads("Saved. …")
    code = await ana.invites()
    for text in (f"/join {code}", "/name Bo", "/accept"):
        await bo.says(text)
        await bo.reads("…")
    await scene.passes(seconds=1)
    ana.forgets()
    bo.forgets()


async def paired_while_signal_refuses_to_set_up(scene: Scene, ana: Someone, bo: Someone) -> str:
    """The group is made, and no setting of it is taken for longer than the bot tries. Returns the group."""
    await about_to_be_paired(scene, ana, bo)
    faults = scene.night.stand_in.faults
    scene.forgiven["group_not_repaired"] += 99
    faults.delay("updateGroup", 0.1, times=1)  # its making, that is
    faults.refuse("updateGroup", code=-32603, message="x (UnexpectedException)", times=None)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=40)
    group = await scene.group_of(ana, bo)
    state = await seen(scene, group)
    assert (state["expiration"], state["access"]["members"]) == (0, "member")
    ana.forgets()
    bo.forgets()
    return group


async def seen(scene: Scene, group: str) -> dict[str, Any]:
    """The group as it stands at Signal."""
    return await scene.night.stand_in.group(group)


def names(state: dict[str, Any]) -> set[str]:
    """Besides the bot."""
    return {str(member["name"]) for member in (*state["members"], *state["pending"])} - {"bot"}


def is_set_up(state: dict[str, Any]) -> bool:
    access = state["access"]
    return state["expiration"] == 4 * HOUR and access["members"] == access["attributes"] == "administrator"


# --- a group that could not be set up at first


@story(paired=False)
async def test_what_signal_refused_to_set_up_is_set_up_later(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: after half a minute it was given up, and anybody in it could add people for good."""
    group = await paired_while_signal_refuses_to_set_up(scene, ana, bo)
    scene.night.stand_in.faults.clear()
    await scene.passes(minutes=12)
    assert is_set_up(await seen(scene, group))


@story(paired=False)
async def test_however_long_it_refuses_and_after_a_restart(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await paired_while_signal_refuses_to_set_up(scene, ana, bo)
    await scene.passes(hours=2)
    await scene.restarts()
    scene.night.stand_in.faults.clear()
    await scene.passes(minutes=12)
    assert is_set_up(await seen(scene, group))


@story(paired=False)
async def test_a_line_about_her_timer_does_not_wait_for_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await paired_while_signal_refuses_to_set_up(scene, ana, bo)
    await scene.passes(minutes=12)
    await ana.says("/start 30m")
    await bo.reads_in_group("Ana's timer runs until …", group)


@story(paired=False)
async def test_its_timer_is_not_touched_while_a_line_about_hers_stands_there(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    group = await paired_while_signal_refuses_to_set_up(scene, ana, bo)
    await ana.says("/start 1h")
    await bo.reads_in_group("Ana's timer runs until …", group)
    scene.night.stand_in.faults.clear()
    await scene.passes(minutes=25)
    state = await seen(scene, group)
    assert state["expiration"] == 0
    assert state["access"]["members"] == state["access"]["attributes"] == "administrator"
    await ana.says(WORD)
    await scene.passes(minutes=12)
    assert is_set_up(await seen(scene, group))


# --- people who do not belong there


@pytest.mark.parametrize("runs", [False, True])
@story(paired=False)
async def test_whom_a_member_has_added_meanwhile_is_taken_out(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, runs: bool
) -> None:
    """Also while a timer runs: it is then that somebody would read along."""
    group = await paired_while_signal_refuses_to_set_up(scene, ana, bo)
    if runs:
        await ana.says("/start 4h")
        await bo.reads_in_group("Ana's timer runs until …", group)
    await bo.phone.change_group(group, add=["Dee"])
    assert "Dee" in names(await seen(scene, group))
    scene.night.stand_in.faults.clear()
    await scene.passes(minutes=12)
    assert names(await seen(scene, group)) == {"Ana", "Bo"}
    dee.forgets()
    await ana.says(WORD if runs else "/start 30m")
    await bo.reads_in_group("Ana's timer …", group)
    assert dee.unread() == []


@story()
async def test_whom_an_invitation_waits_for_is_taken_out_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    dee = await scene.arrive("Dee")
    book = scene.night.stand_in._server.groups
    bot = next(iter(book.get(group).admins))
    book.change(group, bot, GroupChange(invite=(dee.phone.aci,)))
    await bo.phone.leave_group(group)  # of which the bot hears
    await scene.passes(minutes=1)
    assert names(await seen(scene, group)) == {"Ana"}


# --- a group that somebody has prepared


async def prepared(scene: Scene, ana: Someone, bo: Someone, dee: Someone) -> str:
    """With the same two, the bot as its only admin, and a title that says too much."""
    made = await dee.phone.create_group("Night shift", ["bot"])
    group = str(made["group_id"])
    (bot,) = (member["aci"] for member in made["members"] if member["aci"] != dee.phone.aci)
    dee.phone._change(group, GroupChange(add=(ana.phone.aci, bo.phone.aci)))
    await scene.passes(seconds=1)
    await dee.phone.leave_group(group)
    await scene.passes(seconds=1)
    state = scene.night.stand_in._server.groups.get(group)
    expected = {bot: ADMINISTRATOR, ana.phone.aci: DEFAULT, bo.phone.aci: DEFAULT}
    assert dict(state.members) == expected
    return group


@story(paired=False)
async def test_a_group_prepared_with_the_same_people_is_not_taken_for_the_pairings(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    """Found: the bot wrote into it, under a title and a picture that somebody else had chosen."""
    await about_to_be_paired(scene, ana, bo)
    trap = await prepared(scene, ana, bo, dee)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=20)
    group = await scene.group_of(ana, bo)
    assert group != trap
    assert (await seen(scene, group))["title"] == "Ana + Bo"
    assert is_set_up(await seen(scene, group))


@pytest.mark.parametrize("cut_off", ["killed", "refused", "hangs"])
@story(paired=False)
async def test_nor_where_the_making_was_cut_off(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, cut_off: str
) -> None:
    """The one that the bot has made is found again, and no second is made."""
    await about_to_be_paired(scene, ana, bo)
    trap = await prepared(scene, ana, bo, dee)
    faults = scene.night.stand_in.faults
    if cut_off == "refused":
        faults.refuse("updateGroup", code=-32603, message="x (UnexpectedException)", after_effect=True)
    elif cut_off == "hangs":
        faults.hang("updateGroup", after_effect=True)
    else:
        faults.delay("updateGroup", 8.0, times=1)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=3)
    if cut_off == "killed":
        await scene.restarts(down=timedelta(seconds=10))
    await scene.passes(minutes=5)
    group = await scene.group_of(ana, bo)
    every = scene.night.stand_in._server.groups._groups
    assert set(every) == {trap, group}
    assert (await seen(scene, group))["title"] == "Ana + Bo"
    assert is_set_up(await seen(scene, group))


# --- its title follows the names


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
