"""`/unpair NAME [WORD] quietly` (SPEC: Commands): gone for her; for him everything looks as it did."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

DONE = (
    "Done. Bo is no longer your buddy and is not told. Your group with Bo stays, and I say nothing of yours there "
    "any more."
)


async def _leave(ana: Someone) -> None:
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads(DONE)


@story()
async def test_the_group_stays_and_he_is_not_told(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    before = await scene.night.stand_in.group(group)
    await _leave(ana)
    await scene.passes(seconds=3)
    await bo.sees_nothing()
    assert await scene.night.stand_in.group(group) == before


@story()
async def test_for_her_it_is_gone(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await _leave(ana)
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Cy")
    await ana.says(f"/order Cy Bo {WORD}")
    await ana.reads("Nothing changed. Not quite. …")
    await ana.says(f"/unpair Bo {WORD}")
    await ana.reads("Nothing changed. I know nobody of that name here. …")
    await ana.says("/start 5m\nRoom 12")
    await ana.reads("Saved. …Cy is on call. …")
    await scene.passes(minutes=40)
    assert any("no word since" in text for text in cy.shows())
    await bo.sees_nothing()


@story()
async def test_her_last_buddy_gone_she_cannot_start(ana: Someone, bo: Someone) -> None:
    await _leave(ana)
    await ana.says("/start 2h")
    await ana.reads("NOT started. You have no buddy yet. First: /invite")


@pytest.mark.parametrize(
    "message",
    ["/buddies", "/status", "/help", "on it", "/again", "/resolve Ana", "/reopen Ana", f"/safe Ana {WORD}", "/back"],
)
@story()
async def test_what_he_is_answered_is_as_before(ana: Someone, bo: Someone, scene: Scene, message: str) -> None:
    async def answers() -> list[str]:
        await bo.says(message)
        await scene.passes(seconds=2)
        found = bo.unread()
        bo.forgets()
        return found

    before = await answers()
    await _leave(ana)
    assert before
    assert await answers() == before
    await ana.sees_nothing()


@story()
async def test_what_he_takes_home_as_a_file_is_as_before(ana: Someone, bo: Someone) -> None:
    await bo.says("/export")
    before = await bo.gets_file("…")
    await _leave(ana)
    await bo.says("/export")
    assert await bo.gets_file("…") == before
    assert b"Ana" in before


@story()
async def test_what_he_says_about_her_does_nothing_more(ana: Someone, bo: Someone, cy: Someone) -> None:
    await _leave(ana)
    await bo.says("/away 8h")
    await bo.reads("Saved. As a buddy you are away until …")
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await bo.says(f"/safe Ana {WORD}")
    await bo.reads("Nothing changed. Not quite. Like this: /safe Ana WORD")
    await ana.reads_nothing()


@story()
async def test_when_he_leaves_later_it_is_gone_for_him_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await _leave(ana)
    await bo.says("/unpair Ana")
    await bo.reads("Done. You and Ana are no longer paired. Your group goes too.")
    await ana.sees_nothing()
    await scene.passes(seconds=2)
    assert (await scene.night.stand_in.group(group))["members"] == []
    assert (await scene.rows())["pairings"] == []


@story()
async def test_what_she_writes_in_that_group_is_answered_directly(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    group = await scene.group_of(ana, bo)
    await _leave(ana)
    await ana.says_in_group("/start 30m", group)
    await ana.reads("Saved. …Cy is on call. …")
    await ana.says_in_group("/extend 10m", group)
    await ana.reads("Saved. …")
    await ana.says_in_group(WORD, group)
    await ana.reads("Thanks, noted. Good night.")
    await bo.reads_nothing_in_group(group)
    await bo.sees_nothing()


@story()
async def test_the_other_direction_stays_with_its_group(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.pair(bo, ana, word="green lantern")
    group = await scene.group_of(ana, bo)
    await _leave(ana)
    await bo.says("/start 30m")
    await bo.reads("Saved. …Ana is on call. …")
    await ana.reads_in_group("Bo's timer runs until 18:30. …", group)
    await bo.says("green lantern")
    await ana.reads_in_group("Bo's timer is closed. Thank you.", group)
    await bo.reads("Thanks, noted. …")
    await ana.says("/unpair Bo")
    await ana.reads("Done. You and Bo are no longer paired. Your group goes too.")
    await bo.reads("You and Ana are no longer paired.")
    await scene.passes(seconds=2)
    assert (await scene.night.stand_in.group(group))["members"] == []
    assert (await scene.rows())["pairings"] == []


@story()
async def test_she_may_ask_him_again_and_the_group_is_the_same(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    group = await scene.group_of(ana, bo)
    await _leave(ana)
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.reads("Ana asks you to be a buddy.…")
    await bo.says("/accept")
    await bo.reads("Thank you. …")
    await ana.reads("Somebody who uses the name Bo …")
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. Bo is your buddy. …")
    await bo.reads("Done. You are now a buddy of Ana. …")
    assert await scene.group_of(ana, bo) == group
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Cy, Bo")


@story()
async def test_a_code_from_before_tells_him_nothing(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Found: with a code of hers that he had kept he could ask at any time whether she has left him."""
    already = "Nothing changed. You and Ana are paired already, or about to be."
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.reads(already)
    await scene.passes(minutes=1)
    await _leave(ana)
    await scene.passes(minutes=1)
    await bo.says(f"/join {code}")
    await bo.reads(already)
    await bo.says("/accept")
    await bo.reads("Nothing changed. No invitation waits for your answer. …")
    await ana.sees_nothing()
    fresh = await ana.invites()
    await bo.says(f"/join {fresh}")
    await bo.reads("Ana asks you to be a buddy.…")


@story()
async def test_a_code_made_after_the_clock_was_set_back_offers_anew(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Found: he believed that he looks after her, and she read nothing."""
    await _leave(ana)
    scene.clock.step(-6 * 3600)
    await scene.passes(minutes=1)
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.reads("Ana asks you to be a buddy.…")


@story()
async def test_a_code_from_before_stays_good_for_others(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    code = await ana.invites()
    await scene.passes(minutes=1)
    await _leave(ana)
    await bo.says(f"/join {code}")
    await bo.reads("Nothing changed. You and Ana are paired already, …")
    await dee.says(f"/join {code}")
    await dee.reads("Ana asks you to be a buddy.…")
    await bo.says(f"/join {code}")
    await bo.reads("Nothing changed. That code is not valid (any more). Ask for a new one.")


@story()
async def test_whom_she_left_before_she_made_the_code_may_use_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await _leave(ana)
    await scene.passes(minutes=1)
    code = await ana.invites()
    await scene.passes(minutes=1)
    await ana.says(f"/unpair Cy {WORD} quietly")
    await ana.reads("Done. Cy is no longer your buddy …")
    await cy.says(f"/join {code}")
    await cy.reads("Nothing changed. You and Ana are paired already, …")
    await bo.says(f"/join {code}")
    await bo.reads("Ana asks you to be a buddy.…")


@story()
async def test_left_again_it_is_as_at_first(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _leave(ana)
    await scene.passes(minutes=1)
    first, second = await ana.invites(), await ana.invites()
    await bo.says(f"/join {first}")
    await bo.says("/accept")
    await ana.reads("Somebody who uses the name Bo …")
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. Bo is your buddy. …")
    await scene.passes(minutes=1)
    bo.forgets()
    await _leave(ana)
    await bo.says(f"/join {second}")
    await bo.reads("Nothing changed. You and Ana are paired already, …")


@story()
async def test_who_declines_then_leaves_the_group_behind(ana: Someone, bo: Someone, scene: Scene) -> None:
    group = await scene.group_of(ana, bo)
    await _leave(ana)
    code = await ana.invites()
    await bo.says(f"/join {code}")
    await bo.says("/decline")
    await scene.passes(seconds=3)
    assert (await scene.night.stand_in.group(group))["members"] == []
    rows = await scene.rows()
    assert (rows["pairings"], rows["groups"]) == ([], [])


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("/unpair Bo quietly", "Nothing changed. Please add your word: /unpair Bo WORD"),
        ("/unpair Bo yellow zebra quietly", "Nothing changed. Not quite. Like this: /unpair Bo WORD"),
    ],
)
@story()
async def test_she_needs_her_word(ana: Someone, bo: Someone, scene: Scene, message: str, answer: str) -> None:
    before = await scene.rows()
    await ana.says(message)
    await ana.reads(answer)
    assert await scene.rows() == before


@story()
async def test_a_buddy_cannot_leave_her_quietly(ana: Someone, bo: Someone, scene: Scene) -> None:
    before = await scene.rows()
    await bo.says("/unpair Ana quietly")
    await bo.reads("Nothing changed. Only a buddy of yours can be left quietly, and Ana is none. …/unpair Ana")
    assert await scene.rows() == before


@story()
async def test_not_while_her_timer_runs(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    await ana.says(f"/unpair Bo {WORD} quietly")
    await ana.reads("Nothing changed. That has to wait until your timer is closed.")
    await ana.says("/status")
    await ana.reads("Your timer runs …On call: Bo.…")


@story()
async def test_another_buddy_may_take_the_same_name(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    await _leave(ana)
    await scene.let_in(dee)
    await dee.says("/name Bo")
    code = await ana.invites()
    for message in (f"/join {code}", "/accept"):
        await dee.says(message)
    await ana.reads("Somebody who uses the name Bo …")
    await ana.says(f"/confirm Bo {WORD}")
    await ana.reads("Done. Bo is your buddy. …")
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Bo")
    await bo.sees_nothing()
