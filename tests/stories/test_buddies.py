"""`/buddies` (SPEC: Commands)."""

from tests.stories.dialog import Scene, Someone, story


@story()
async def test_they_are_listed_in_the_order_of_alerting(ana: Someone, bo: Someone, cy: Someone) -> None:
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Bo, Cy")
    await ana.reads_nothing()


@story()
async def test_a_buddy_sees_whose_buddy_he_is_and_no_other_buddy(ana: Someone, bo: Someone, cy: Someone) -> None:
    await bo.says("buddies")
    await bo.reads("You have no buddy yet. To ask somebody: /invite")
    await bo.reads("You are a buddy of: Ana")
    await bo.reads_nothing()
    assert not any("Cy" in text for text in bo.shows())


@story()
async def test_who_waits_is_listed_apart(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    code = await ana.invites()
    await dee.says(f"/join {code}")
    await dee.says("/name Dee")
    await dee.says("/accept")
    await scene.passes(seconds=1)
    ana.forgets()
    await ana.says("/buddies")
    await ana.reads("Your buddies, in the order in which I turn to them: Bo")
    await ana.reads("Waiting: Dee")


@story()
async def test_in_the_group_it_is_answered_directly(ana: Someone, bo: Someone) -> None:
    await ana.says_in_group("/buddies")
    await ana.reads("Your buddies, …")
    await ana.reads_nothing_in_group()


@story()
async def test_more_words_are_shown_the_right_form(ana: Someone, bo: Someone) -> None:
    await ana.says("/buddies all")
    await ana.reads("Nothing changed. Like this: /buddies")
