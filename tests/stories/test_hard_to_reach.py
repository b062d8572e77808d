"""Groups and phones that cannot be reached: the direct message is what counts (SPEC: "Ways in")."""

from tests.stories.dialog import WORD, Scene, Someone, story


@story()
async def test_a_buddy_who_has_left_the_group_in_signal_still_gets_the_alert(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await bo.phone.leave_group(str(bo.usual_group))
    await scene.passes(seconds=2)
    await scene.overdue()
    assert any("no word since 18:05. It is 18:10" in text for text in bo.shows())
    await ana.says(WORD)
    await bo.reads("Ana has sent the word, …")


@story()
async def test_a_group_that_cannot_be_written_to_does_not_hold_up_the_direct_alert(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await scene.until("18:09")
    await scene.night.stand_in.fault("multi_recipient", 500, times=None)
    await scene.until("18:10:01")
    await bo.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_the_first_buddy_gone_from_signal_the_second_is_told_all_the_same(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await ana.reads("Saved. …")
    await bo.phone.unregister()
    await scene.until("18:12:02")
    await cy.reads("Timer of Ana: no word since 18:05. …")


@story()
async def test_a_timer_started_before_its_group_could_be_made_gets_its_line_later(
    ana: Someone, bo: Someone, dee: Someone, scene: Scene
) -> None:
    await ana.says(f"/unpair Bo {WORD}")
    await scene.passes(seconds=2)
    code = str(await _code(ana))
    for message in (f"/join {code}", "/name Dee", "/accept"):
        await dee.says(message)
    await scene.passes(seconds=1)
    ana.forgets()
    dee.forgets()
    scene.night.stand_in.faults.refuse("updateGroup", times=3)
    await ana.says(f"/confirm Dee {WORD}")
    await ana.says("/start 30m")
    await ana.reads("Done. …")
    await ana.reads("Saved. …Dee is on call. …")
    await scene.passes(minutes=1)
    assert any("Ana's timer runs until 18:30. Dee, please" in text for text in dee.unread())


async def _code(ana: Someone) -> str:
    ana.forgets()
    return await ana.invites()
