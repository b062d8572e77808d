"""`/renew NAME` (SPEC: Commands): a pairing goes on if both renew it."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

HERS_MISSING = "Bo is your buddy until 5 Sep.\nBo has renewed it. It goes on if you do, too: /renew Bo"
HIS_MISSING = "You are a buddy of Ana until 5 Sep.\nAna has renewed it. It goes on if you do, too: /renew Ana"


async def _invites(ana: Someone) -> str:
    ana.forgets()
    return await ana.invites()


@story()
async def test_when_both_have_renewed_it_holds_for_half_a_year_from_then(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.passes_mostly_off(days=30)
    await ana.says("/renew Bo")
    await ana.reads("Saved.\nBo is your buddy until 5 Sep.\nYou have renewed it. It goes on if Bo does, too.")
    await bo.reads(HIS_MISSING)
    await scene.passes_mostly_off(days=10)
    await bo.says("/renew Ana")
    await bo.reads("Saved.\nYou are a buddy of Ana until 15 Oct.\nBoth of you have renewed it.")
    await ana.reads("Bo is your buddy until 15 Oct.\nBoth of you have renewed it.")
    await scene.passes_mostly_off(days=169, hours=23)
    await bo.sees_nothing()
    await ana.sees_nothing()


@story()
async def test_he_may_be_the_first(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/renew Ana")
    await bo.reads("Saved.\nYou are a buddy of Ana until 5 Sep.\nYou have renewed it. It goes on if Ana does, too.")
    await ana.reads(HERS_MISSING)
    await scene.passes_mostly_off(days=1)
    await ana.says("/renew bo")
    await ana.reads("Saved.\nBo is your buddy until 6 Sep.\nBoth of you have renewed it.")
    await bo.reads("You are a buddy of Ana until 6 Sep.\nBoth of you have renewed it.")


@story()
async def test_a_second_time_changes_nothing_and_asks_nobody(ana: Someone, bo: Someone, scene: Scene) -> None:
    sent = await ana.says("/renew Bo")
    await ana.reads("Saved.\n…")
    await bo.reads(HIS_MISSING)
    before = await scene.rows()
    await ana.says("/renew Bo")
    await ana.reads("Nothing changed.\nBo is your buddy until 5 Sep.\nYou have renewed it. …")
    await ana.edits(sent, "/renew Bo")
    await ana.reads("Edits do not count. …")
    await bo.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_in_the_group_it_is_answered_directly(ana: Someone, bo: Someone) -> None:
    await ana.says_in_group("/renew Bo")
    await ana.reads("Saved.\n…")
    await bo.reads(HIS_MISSING)
    await ana.reads_nothing_in_group()


@story()
async def test_what_cannot_be_understood(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    before = await scene.rows()
    for text, answer in {
        "/renew": "Nothing changed. I know nobody of that name here. Like this: /renew Bo",
        "/renew Dee": "Nothing changed. I know nobody of that name here. Like this: /renew Bo",
        f"/renew Bo {WORD}": "Nothing changed. Like this: /renew Bo",
        "/renew Bo please": "Nothing changed. Like this: /renew Bo",
    }.items():
        await ana.says(text)
        await ana.reads(answer)
    await bo.says("/renew Bo")
    await bo.reads("Nothing changed. I know nobody of that name here. Like this: /renew Ana")
    await bo.sees_nothing()
    assert await scene.rows() == before


@story()
async def test_two_people_of_one_name_are_not_guessed_at(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Both are called Bo: her buddy, and whose buddy she is."""
    await scene.let_in(dee)
    for text in ("/name Bo", "/words green lantern"):
        await dee.says(text)
        await dee.reads("Saved. …")
    code = await dee.invites()
    for text in (f"/join {code}", "/accept"):
        await ana.says(text)
        await ana.reads("…")
    await dee.reads("Somebody who uses the name Ana …")
    await dee.says("/confirm Ana green lantern")
    await ana.reads("Done. You are now a buddy of Bo. …")
    await ana.says("/renew Bo")
    await ana.reads("Nothing changed. Two people here go by that name. …")
    await bo.sees_nothing()


@story()
async def test_who_is_only_invited_has_nothing_to_renew(ana: Someone, bo: Someone, dee: Someone) -> None:
    code = await ana.invites()
    for text in (f"/join {code}", "/name Dee", "/renew Ana"):
        await dee.says(text)
    await dee.reads("Ana asks you …")
    await dee.reads("Saved. …")
    await dee.reads("Nothing changed. You and Ana are not paired yet.")


@story()
async def test_each_others_buddies_renew_both_ways_at_once(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.passes_mostly_off(days=20)
    await scene.pair(bo, ana, word="green lantern")
    await bo.says("/renew Ana")
    await bo.reads(
        "Saved.\nAna is your buddy until 25 Sep.\nYou have renewed it. It goes on if Ana does, too.\n"
        "You are a buddy of Ana until 5 Sep.\nYou have renewed it. It goes on if Ana does, too."
    )
    await ana.reads("…")
    await ana.reads("…")
    await ana.says("/renew Bo")
    await ana.reads(
        "Saved.\nBo is your buddy until 25 Sep.\nBoth of you have renewed it.\n"
        "You are a buddy of Bo until 25 Sep.\nBoth of you have renewed it."
    )


@story()
async def test_hers_is_frozen_while_her_timer_runs_and_his_is_not(ana: Someone, bo: Someone, cy: Someone) -> None:
    """A refusal would tell Cy, who is not on call, that she has a timer."""
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await ana.says("/renew Bo")
    await ana.reads("Nothing changed. That has to wait until your timer is closed.")
    await cy.says("/renew Ana")
    await cy.reads("Saved.\nYou are a buddy of Ana until 5 Sep.\n…")
    await ana.reads("Cy is your buddy until 5 Sep.\nCy has renewed it. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. …")
    await ana.says("/renew Cy")
    await ana.reads("Saved.\nCy is your buddy until 5 Sep.\nBoth of you have renewed it.")


@story()
async def test_who_leaves_at_the_close_has_nothing_to_renew(ana: Someone, bo: Someone) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await bo.says("/unpair Ana")
    await bo.reads("Noted. You leave as soon as Ana's timer is closed, …")
    await bo.says("/renew Ana")
    await bo.reads("Nothing changed. You leave as soon as Ana's timer is closed.")


@story()
async def test_a_pairing_that_has_ended_cannot_be_renewed(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/renew Bo")
    await bo.reads(HIS_MISSING)
    await bo.says("/unpair Ana")
    await bo.reads("Done. …")
    await bo.says("/renew Ana")
    await bo.reads("Nothing changed. I know nobody of that name here. Like this: /renew Bo")
    rows = await scene.rows()
    assert (rows["terms"], rows["deadlines"]) == ([], [])
    await scene.passes_mostly_off(days=190)
    await ana.reads("Saved.\n…")
    await ana.reads("You and Bo are no longer paired.")
    await ana.sees_nothing()
    await bo.sees_nothing()


@story()
async def test_an_invitation_of_old_begins_anew(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """What was renewed before belongs to the pairing that has ended."""
    await ana.says("/renew Bo")
    await ana.says(f"/unpair Bo {WORD}")
    await scene.passes_mostly_off(days=1)
    code = await _invites(ana)
    for text in (f"/join {code}", "/accept"):
        await bo.says(text)
    await scene.passes(seconds=1)
    await ana.says(f"/confirm Bo {WORD}")
    await scene.passes(seconds=1)
    bo.forgets()
    await bo.says("/renew Ana")
    await bo.reads("Saved.\nYou are a buddy of Ana until 6 Sep.\nYou have renewed it. …")


@pytest.mark.parametrize("first", ["ana", "bo"])
@story()
async def test_a_restart_between_the_two_loses_nothing(ana: Someone, bo: Someone, scene: Scene, first: str) -> None:
    one, other = (ana, bo) if first == "ana" else (bo, ana)
    await one.says(f"/renew {other.name}")
    await one.reads("Saved.\n…")
    await other.reads("…")
    await scene.restarts()
    await other.says(f"/renew {one.name}")
    await other.reads("…Both of you have renewed it.…", within=30)


@story()
async def test_the_day_is_the_readers(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/tz Pacific/Auckland")
    await bo.reads("Saved. …")
    await ana.says("/renew Bo")
    await ana.reads("Saved.\nBo is your buddy until 5 Sep.\n…")
    await bo.reads("You are a buddy of Ana until 6 Sep.\n…")
