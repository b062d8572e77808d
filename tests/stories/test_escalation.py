"""The alert goes on until a human has it (SPEC: step 5)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

ALERT = "Timer of Ana: no word since 18:05. …"
AGAIN = "Timer of Ana: still no word since 18:05. …"


@story()
async def test_a_phone_that_confirms_nothing_is_not_waited_for(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """No delivery receipt from the phone itself within 60 s: the next buddy too, and the earlier ones again."""
    await bo.phone.go_offline()
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    await cy.reads_nothing(during=55)
    await scene.until("18:11:01")
    await cy.reads(ALERT)
    await bo.phone.go_online()
    await bo.reads(ALERT)
    await bo.reads(AGAIN)


@story()
async def test_a_phone_that_has_it_is_given_two_minutes(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    await bo.reads(ALERT)
    await cy.reads_nothing(during=115)
    await scene.until("18:12:01")
    await cy.reads(ALERT)
    await bo.reads(AGAIN)


@story()
async def test_a_receipt_from_a_computer_is_none_from_the_phone(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await bo.phone.set_receipts(delivery=False)
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    alert = await bo.reads(ALERT)
    await bo.phone.receipt("delivery", alert.timestamp, device=2)
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads("…arrived on a computer of yours, not yet on your phone. …")
    await scene.until("18:11:01")
    await cy.reads(ALERT)


@story()
async def test_a_refused_send_lets_the_next_buddy_know_at_once(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await bo.phone.unregister()
    await ana.says("/start 5m")
    await scene.until("18:10:01")
    await cy.reads(ALERT)
    await bo.phone.register()
    await bo.says("/status")
    await bo.reads("No timer runs. …")
    await bo.reads("…My message: refused, because this account was not registered at Signal. …")


@story()
async def test_a_rate_limit_is_no_reason_to_wait(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await scene.night.stand_in.rate_limit("Bo", 429, times=None)
    await ana.says("/start 5m")
    await scene.until("18:10:02")
    await cy.reads(ALERT)


@story()
async def test_away_buddies_are_told_when_nobody_else_is_left(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.goes_away(bo, hours=8)
    await ana.says("/start 5m")
    await ana.reads("Saved. Your timer runs until 18:05. Cy is on call. …")
    await scene.until("18:10:01")
    await cy.reads(ALERT)
    await bo.reads_nothing(during=60)
    await scene.until("18:12:01")
    await bo.reads(ALERT)


@story()
async def test_with_everybody_away_the_first_is_on_call_all_the_same(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.goes_away(bo, hours=8)
    await scene.goes_away(cy, hours=8)
    await ana.says("/start 5m")
    await ana.reads("…Bo is on call. …\nBo has said to be away just now, and is on call all the same.")
    await scene.until("18:10:01")
    await bo.reads(ALERT)


@pytest.mark.parametrize("back", [True, False])
@story()
async def test_the_operator_is_told_once_that_an_alert_reaches_nobody(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, back: bool
) -> None:
    for someone in (bo, cy):
        await someone.phone.go_offline()
    await ana.says("/start 5m")
    await scene.until("18:14:50")
    if back:
        await cy.phone.go_online()
    assert scene.night.operator.told == []
    await scene.passes(hours=3)
    told = scene.night.operator.told
    assert len(told) == (0 if back else 1)
    assert not any(name in text for text in told for name in ("Ana", "Bo", "Cy", ana.phone.number))


@story()
async def test_a_sole_buddy_whose_phone_is_off_is_a_case_for_the_operator(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await bo.phone.go_offline()
    await ana.says("/start 5m")
    await scene.until("18:15:02")
    assert len(scene.night.operator.told) == 1


@story()
async def test_an_operator_who_cannot_be_reached_is_told_later(ana: Someone, bo: Someone, scene: Scene) -> None:
    scene.night.operator.broken = True
    await bo.phone.go_offline()
    await ana.says("/start 5m")
    await scene.until("18:30:00")
    scene.night.operator.broken = False
    await scene.passes(minutes=2)
    assert len(scene.night.operator.told) == 1


@story()
async def test_nobody_is_told_after_her_word(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await bo.phone.go_offline()
    await ana.says("/start 5m")
    await scene.until("18:10:30")
    await ana.says(WORD)
    await cy.sees_nothing(during=3600)
    assert scene.night.operator.told == []


@story()
async def test_after_two_minutes_without_signal_the_operator_is_told_through_the_second_channel(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await ana.says("/start 2h")
    await ana.reads("Saved. …")
    await scene.night.stand_in.network("down")
    await scene.passes(seconds=100)
    assert scene.night.operator.told == []
    await scene.passes(minutes=5)
    (told,) = scene.night.operator.told
    assert "Signal has not been reachable for 2 minutes" in told
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=1)
    assert ["reachable again" in text for text in scene.night.operator.told] == [False, True]


@story()
async def test_a_captcha_is_a_case_for_the_operator_and_not_a_reason_to_wait(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await scene.night.stand_in.rate_limit("Bo", 428, times=None)
    await ana.says("/start 5m")
    await scene.until("18:10:02")
    await cy.reads(ALERT)
    await scene.until("18:40:00")
    assert [text for text in scene.night.operator.told if "captcha" in text] == scene.night.operator.told[:1]


@story()
async def test_an_operator_who_was_not_reached_is_left_in_peace_after_her_word(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    scene.night.operator.broken = True
    await bo.phone.go_offline()
    await ana.says("/start 5m")
    await scene.until("18:16:00")
    await ana.says(WORD)
    await scene.passes(seconds=2)
    scene.night.operator.broken = False
    await scene.passes(minutes=5)
    assert scene.night.operator.told == []
