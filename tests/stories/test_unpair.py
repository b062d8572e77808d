"""`/unpair NAME [WORD]` (SPEC: Commands)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

HERS = "velvet hacksaw"


@story()
async def test_she_ends_it_at_once_with_her_word_and_the_group_goes(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Done. You and Bo are no longer paired. Your group goes too.")
    await bo.reads("You and Ana are no longer paired.")
    await scene.passes(seconds=2)
    state = await scene.night.stand_in.group(group)
    assert [member["name"] for member in state["members"]] == []
    rows = await scene.rows()
    assert (rows["pairings"], rows["groups"]) == ([], [])
    await ana.says("/start 2h")
    await ana.reads("NOT started. You have no buddy yet. First: /invite")


@story()
async def test_a_buddy_needs_no_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    await bo.says("/unpair Ana")
    await bo.reads("Done. You and Ana are no longer paired. Your group goes too.")
    await ana.reads("You and Bo are no longer paired.")
    assert (await scene.rows())["pairings"] == []


@story()
async def test_she_needs_her_word(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await ana.says("/unpair Bo")
    await ana.reads("Nothing changed. Please add your word: /unpair Bo WORD")
    await ana.says("/unpair Bo yellow zebra")
    await ana.reads("Nothing changed. Not quite. Like this: /unpair Bo WORD")
    assert await scene.rows() == before
    await bo.sees_nothing()


@pytest.mark.parametrize("message", ["/unpair", "/unpair Dee", f"/unpair {WORD}"])
@story()
async def test_an_unknown_name_changes_nothing(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads("Nothing changed. I know nobody of that name here. To see your buddies: /buddies")
    assert await scene.rows() == before


@story()
async def test_a_buddy_on_call_leaves_at_the_close_and_she_is_told_at_once(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    group = await scene.group_of(ana, bo)
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.reads_in_group("Ana's timer runs …")
    await bo.says("/unpair Ana")
    await bo.reads("Noted. You leave as soon as Ana's timer is closed, at … at the latest. Ana is told.")
    await ana.reads("Bo leaves as your buddy when this timer is closed, at … at the latest.")
    await scene.until("18:20:01")
    await ana.reads("18:30 is close. …")
    await ana.says(WORD)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads_in_group("Ana's timer is closed. Thank you.", group)
    await scene.passes(seconds=3)
    assert (await scene.night.stand_in.group(group))["members"] == []
    rows = await scene.rows()
    assert (rows["pairings"], rows["groups"]) == ([], [])


@story()
async def test_asking_again_tells_her_nothing_anew_and_is_answered(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    for _ in range(3):
        await bo.says("/unpair Ana")
        await bo.reads("Noted. You leave as soon as Ana's timer is closed, at Sat 18:00 at the latest. Ana is told.")
        await scene.passes(seconds=5)
    await ana.reads("Bo leaves as your buddy when this timer is closed, at Sat 18:00 at the latest.")
    await ana.reads_nothing()


@story()
async def test_a_buddy_who_leaves_is_still_alerted_and_gets_the_all_clear(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 10m")
    await bo.says("/unpair Ana")
    await scene.until("18:15:01")
    bo.forgets()
    await scene.until("18:20:01")
    await bo.reads("Timer of Ana: still no word since 18:10. …")
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, 18:20: the timer is closed. Nothing more to do. Thank you.")
    await scene.passes(seconds=20)
    assert len(bo.deleted()) >= 4
    assert (await scene.rows())["pairings"] == []


@story()
async def test_the_group_goes_with_the_last_pairing_of_the_two(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await scene.pair(bo, ana, word="green lantern")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Done. You and Bo are no longer paired. Your group goes too.")
    await scene.passes(seconds=2)
    assert (await scene.night.stand_in.group(group))["members"] == []


@story()
async def test_the_other_buddy_and_his_group_stay(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Done. …")
    await scene.passes(seconds=2)
    await cy.sees_nothing()
    await ana.says("/start 30m")
    await ana.reads("Saved. …Cy is on call. …")
    await cy.reads_in_group("Ana's timer runs …")


async def _leaves_with_both(ana: Someone, dee: Someone, scene: Scene, order: str) -> None:
    """Ana and Dee are each other's buddies, and Dee's timer runs."""
    await scene.pair(ana, dee)
    await scene.pair(dee, ana, HERS)
    if order.endswith("quietly"):
        await ana.says(f"/unpair Dee {WORD} quietly")
    await dee.says("/start 5h")
    await scene.passes(seconds=5)
    for someone in (ana, dee):
        someone.forgets()
    await ana.says(order.removesuffix(" quietly"))
    await scene.passes(seconds=5)


@pytest.mark.parametrize("before", ["", " quietly"])
@story()
async def test_whose_buddy_he_is_no_more_hears_of_it_at_once_while_his_timer_runs(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene, before: str
) -> None:
    """Also who was left quietly before, and takes it as standing."""
    await _leaves_with_both(ana, dee, scene, f"/unpair Dee {WORD}{before}")
    await ana.reads(
        "Noted. You leave as soon as Dee's timer is closed, at Sat 18:00 at the latest. Dee is told.\n"
        "Dee is no longer your buddy, and is told that too."
    )
    await dee.reads("Ana leaves as your buddy when this timer is closed, at Sat 18:00 at the latest.")
    await dee.reads("You are no longer a buddy of Ana.")
    await ana.says("/unpair Dee")
    await ana.reads("Noted. You leave as soon as Dee's timer is closed, at Sat 18:00 at the latest. Dee is told.")
    await dee.says(HERS)
    await dee.reads("Thanks, noted. …")
    await dee.reads_nothing()


@story()
async def test_so_does_who_was_hers_when_she_erases_everything(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await _leaves_with_both(ana, dee, scene, f"/forget {WORD}")
    await dee.reads("Ana leaves as your buddy when this timer is closed, at Sat 18:00 at the latest.")
    await dee.reads("You are no longer a buddy of Ana.")


@story()
async def test_of_one_who_was_never_confirmed_it_is_not_said_that_he_is_told(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await scene.pair(dee, ana, HERS)
    await dee.says(f"/join {await ana.invites()}")
    await dee.says("/accept")
    await dee.says("/start 5h")
    await scene.passes(seconds=5)
    ana.forgets()
    await ana.says(f"/unpair Dee {WORD}")
    await ana.reads("Noted. You leave as soon as Dee's timer is closed, … Dee is told.")
