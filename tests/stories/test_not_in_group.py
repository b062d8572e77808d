"""A buddy who is not in the group (any longer) sees no line there, and she is told (SPEC: step 1)."""

from tests.stories.dialog import WORD, Scene, Someone, story

REAL = "5m"
NOT_THERE = (
    "Bo is not in your group (any more), so Bo does not see your timer there. "
    "If no word comes from you, I still write to Bo directly. "
    "To have Bo in a group with you again, pair anew when no timer runs: /unpair Bo WORD, then /invite"
)


async def leaves_group(buddy: Someone, scene: Scene) -> None:
    """In Signal, of which the bot hears."""
    await buddy.phone.leave_group(str(buddy.usual_group))
    await scene.passes(seconds=5)


@story()
async def test_started_in_the_group_she_is_told_directly(ana: Someone, bo: Someone, scene: Scene) -> None:
    await leaves_group(bo, scene)
    await ana.says_in_group("/start 5m")
    await ana.reads_in_group("Ana's timer runs until 18:05. …")
    await ana.reads(NOT_THERE)
    await scene.until("18:10:07")
    await bo.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_started_in_the_group_she_is_told_directly_who_is_away(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.goes_away(bo, hours=8)
    await ana.says_in_group("/start 2h")
    await ana.reads_in_group("Ana's timer runs until 20:00. …")
    await ana.reads("Bo has said to be away just now, and is on call all the same.")


@story()
async def test_of_one_who_is_away_too_she_is_told_both(ana: Someone, bo: Someone, scene: Scene) -> None:
    await leaves_group(bo, scene)
    await scene.goes_away(bo, hours=8)
    await ana.says("/start 2h")
    await ana.reads(f"Saved. …\nBo has said to be away just now, and is on call all the same.\n{NOT_THERE}")


@story()
async def test_of_one_who_is_there_started_in_the_group_there_is_nothing_to_tell(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says_in_group("/start 2h")
    await ana.reads_in_group("Ana's timer runs until 20:00. …")
    await ana.reads_nothing(during=600)


@story()
async def test_of_one_who_is_not_there_it_is_not_said_that_his_phone_may_be_off(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """Nothing was sent to it."""
    await leaves_group(bo, scene)
    await ana.says("/start 2h")
    await ana.reads("Saved. …Bo is not in your group (any more), …")
    await ana.reads_nothing(during=600)


@story(seen_within=REAL)
async def test_of_the_next_one_it_is_not_said_that_he_is_asked(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await leaves_group(cy, scene)
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.until("18:05:06")
    await ana.reads(
        "Nobody has answered yet. Cy is on call too. Your timer runs until 20:00.\n"
        "Cy is not in your group (any more), so Cy does not see your timer there. …"
    )
    await scene.until("18:10:06")
    await ana.reads("Nobody has answered yet. Your timer runs until 20:00, …")


@story()
async def test_so_it_is_where_he_is_on_call_in_the_place_of_one_who_leaves(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await leaves_group(cy, scene)
    await ana.says("/start 20h")
    await ana.reads("Saved. …")
    await bo.reacts("👍", await bo.reads_in_group("Ana's timer runs …"))
    await bo.says("/unpair Ana")
    await scene.passes_mostly_off(hours=18)
    await ana.says(f"/extend 10h {WORD}")
    await scene.passes_mostly_off(hours=5, minutes=55)
    ana.forgets()
    await scene.passes(minutes=7)
    await ana.reads("Bo has asked to leave …")
    await ana.reads("Cy is on call now. …\nCy is not in your group (any more), …")
    await ana.reads_nothing(during=120)


@story()
async def test_with_alerts_only_it_does_not_matter(ana: Someone, bo: Someone, scene: Scene) -> None:
    """No line is to be seen there by anybody."""
    await leaves_group(bo, scene)
    await scene.chooses(ana, alerts_only=True)
    await ana.says_in_group("/start 2h")
    await ana.reads("Saved. …\nAs you chose, your groups see nothing of it, …whether Bo can be reached.")


@story()
async def test_paired_anew_they_have_a_group_again(ana: Someone, bo: Someone, scene: Scene) -> None:
    """As she was told to do."""
    await leaves_group(bo, scene)
    await ana.says(f"/unpair Bo {WORD}")
    await scene.passes(seconds=5)
    ana.forgets()
    bo.forgets()
    await scene.pair(ana, bo)
    group = await scene.group_of(ana, bo)
    await ana.says("/start 2h")
    await ana.reads("Saved. … For more time: /extend 30m")
    await bo.reads_in_group("Ana's timer runs until 20:00. …", group)


@story()
async def test_paired_anew_two_who_look_after_each_other_have_a_group_again(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    """They share one, which goes only with both pairings: `/unpair` ends both."""
    await scene.pair(bo, ana, word="green lantern")
    await leaves_group(bo, scene)
    await ana.says(f"/unpair Bo {WORD}")
    await scene.passes(seconds=5)
    ana.forgets()
    bo.forgets()
    await scene.pair(ana, bo)
    group = await scene.group_of(ana, bo)
    await ana.says("/start 2h")
    await ana.reads("Saved. … For more time: /extend 30m")
    await bo.reads_in_group("Ana's timer runs until 20:00. …", group)
