"""A group is kept as it should be, whatever kept it from being set up, and whoever has meddled with it (SPEC: "Ways
in": made by the bot, its only admin; Privacy: disappearing messages)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.practice.stand_in_groups import ADMINISTRATOR, DEFAULT, GroupChange
from tests.stories.dialog import WORD, Scene, Someone, story
from tests.stories.groups import seen

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
