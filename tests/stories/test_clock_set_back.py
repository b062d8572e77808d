"""A clock that is set back while an alert is open holds up none of its steps (SPEC: steps 4 to 6)."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import Scene, Someone, story


async def first_alert_to_a_phone_that_is_off(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """It is 18:10:05; Bo's phone is off, and Cy should hear of it two minutes later at most."""
    await ana.says("/start 5m")
    await scene.until("18:09:50")
    await bo.phone.go_offline()
    cy.forgets()
    await scene.until("18:10:05")


@pytest.mark.parametrize("minutes", [0, 30, 60])
@story()
async def test_the_next_buddy_is_alerted_in_time_although_the_clock_was_set_back(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, minutes: int
) -> None:
    """Bo's phone is off; two minutes after the first alert Cy has to have one, whatever the wall shows."""
    await first_alert_to_a_phone_that_is_off(ana, bo, cy, scene)
    scene.clock.step(-minutes * 60)
    await scene.passes(minutes=4)
    assert any("no word since" in text for text in cy.unread())


@story()
async def test_the_alert_is_repeated_in_time_although_the_clock_was_set_back(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    scene.clock.step(-3600)
    await scene.passes(minutes=10)
    assert any("no word since" in text for text in bo.unread())


@story()
async def test_an_alarm_is_repeated_in_time_although_the_clock_was_set_back(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    await scene.passes(seconds=10)
    bo.forgets()
    scene.clock.step(-3600)
    await scene.passes(minutes=10)
    assert any("Ana" in text for text in bo.unread())


@story()
async def test_a_pause_is_over_in_time_although_the_clock_was_set_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("/resolve Ana")
    await scene.passes(seconds=10)
    bo.forgets()
    scene.clock.step(-3600)
    await scene.passes(minutes=20)
    assert any("no word since" in text for text in bo.unread())


@story()
async def test_in_a_row_of_two_the_set_back_of_ten_minutes_holds_up_the_second(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Ten minutes are enough: he who should be next hears of it after twelve."""
    await first_alert_to_a_phone_that_is_off(ana, bo, cy, scene)
    scene.clock.step(-600)
    await scene.passes(minutes=5)
    assert any("no word since" in text for text in cy.unread())


@story()
async def test_set_back_while_down_the_second_buddy_is_alerted_in_time(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await first_alert_to_a_phone_that_is_off(ana, bo, cy, scene)
    await scene.night.stop_bot()
    scene.clock.step(-1800)
    await scene.night.start_bot()
    await scene.passes(minutes=5)
    assert any("no word since" in text for text in cy.unread())


@story()
async def test_he_is_asked_how_it_stands_in_time(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.overdue()
    await bo.says("on it")
    await scene.passes(minutes=10)
    bo.forgets()
    scene.clock.step(-7200)
    await scene.passes(minutes=31)
    assert any("how does it stand?" in text for text in bo.unread())


@story()
async def test_the_pause_of_an_alarm_is_over_in_time(ana: Someone, bo: Someone, scene: Scene) -> None:
    await both_words(ana, bo)
    await ana.says(DURESS)
    await bo.reads("About Ana: please read all of this first.…")
    await bo.says("/resolve Ana")
    await scene.passes(seconds=10)
    bo.forgets()
    scene.clock.step(-7200)
    await scene.passes(minutes=11)
    assert any("please read all of this first" in text for text in bo.unread())


@story()
async def test_what_is_still_to_come_keeps_the_time_of_the_wall(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await scene.passes(minutes=10)
    before = await scene.check_in(ana)
    scene.clock.step(-3600)
    await scene.passes(minutes=1)
    after = await scene.check_in(ana)
    assert before is not None
    assert after is not None
    assert (after.deadline, after.step, after.step_at) == (before.deadline, before.step, before.step_at)


PHASES = [0, 0.2, 0.4, 0.6, 0.8]
"""Seconds; the clock is looked at every second."""


@pytest.mark.parametrize("phase", PHASES)
@story()
async def test_a_restart_in_the_same_second_leaves_no_alert_waiting(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, phase: float
) -> None:
    """Found: the last sign of life has the new time already, and no start noticed that the clock was set back."""
    await first_alert_to_a_phone_that_is_off(ana, bo, cy, scene)
    await scene.passes(seconds=phase)
    scene.clock.step(-3600)
    await scene.night.stop_bot()
    await scene.passes(seconds=2)
    await scene.night.start_bot()
    await scene.passes(minutes=20)
    assert any("no word since" in text for text in cy.unread())


@pytest.mark.parametrize("phase", PHASES)
@story()
async def test_who_takes_it_in_the_same_second_is_not_asked_too_early(
    ana: Someone, bo: Someone, scene: Scene, phase: float
) -> None:
    await ana.says("/start 2h")
    await scene.until("20:06:00")
    await scene.passes(seconds=phase)
    bo.forgets()
    scene.clock.step(-3600)
    await bo.says("on it")
    await scene.passes(minutes=25)
    assert not any("how does it stand" in text or "no word since" in text for text in bo.unread())


@pytest.mark.parametrize("phase", PHASES)
@story()
async def test_an_alarm_of_the_same_second_is_told_once_and_then_every_five_minutes(
    ana: Someone, bo: Someone, scene: Scene, phase: float
) -> None:
    await scene.overdue()
    await scene.passes(minutes=1, seconds=phase)
    bo.forgets()
    scene.clock.step(-7200)
    await ana.says("/sos")
    await scene.passes(seconds=60)
    assert sum("About Ana" in text for text in bo.unread()) == 1
    bo.forgets()
    await scene.passes(minutes=31)
    assert sum("About Ana" in text for text in bo.unread()) >= 5


@story()
async def test_forth_and_back_asks_nobody_too_early(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/sos")
    await scene.passes(seconds=5)
    await bo.says("on it")
    await scene.passes(minutes=2)
    bo.forgets()
    scene.clock.step(1200)
    await scene.passes(minutes=1)
    scene.clock.step(-1200)
    await scene.passes(minutes=22)
    assert not any("how does it stand" in text or "About Ana" in text for text in bo.unread())


@story()
async def test_she_hears_in_time_that_nobody_has_seen_her_start(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await bo.phone.go_offline()
    await ana.says("/start 2h")
    await scene.passes(seconds=30)
    ana.forgets()
    scene.clock.step(-3600)
    await scene.passes(minutes=12)
    assert ana.unread()
