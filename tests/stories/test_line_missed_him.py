"""The end line, or the new time, reaches her phone and not his. His start line told him by when to call her (SPEC: step
7, `/extend`)."""

import pytest

from tests.stories.alarms import DURESS, both_words
from tests.stories.dialog import WORD, Scene, Someone, story


async def _misses_him(ana: Someone, scene: Scene, text: str, *, in_group: bool) -> None:
    """Signal takes nothing for his phone for some seconds."""
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await (ana.says_in_group(text) if in_group else ana.says(text))
    await scene.passes(seconds=3)
    await scene.night.stand_in.clear_faults(limit)


@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_he_is_told_directly_that_it_is_closed(ana: Someone, bo: Someone, scene: Scene, in_group: bool) -> None:
    """Found: he heard nothing, and called."""
    await ana.says("/start 1h")
    await bo.reads_in_group("…no word from Ana by 19:10 means Bo calls Ana.")
    await scene.passes(minutes=20)
    await _misses_him(ana, scene, f"/safe {WORD}", in_group=in_group)
    await bo.reads("Ana's timer is closed. Thank you.", within=60)


@pytest.mark.parametrize("in_group", [False, True])
@story()
async def test_he_is_told_directly_of_the_new_time(ana: Someone, bo: Someone, scene: Scene, in_group: bool) -> None:
    await ana.says("/start 1h")
    await bo.reads_in_group("…no word from Ana by 19:10 means Bo calls Ana.")
    await scene.passes(minutes=20)
    await _misses_him(ana, scene, "/extend 30m", in_group=in_group)
    await bo.reads("Ana's timer now runs until 19:30. …no word from Ana by 19:40 means Bo calls Ana.", within=60)


@story()
async def test_also_where_his_account_was_gone_for_a_moment(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await bo.reads_in_group("…no word from Ana by 19:10 means Bo calls Ana.")
    await scene.passes(minutes=20)
    await bo.phone.unregister()
    await ana.says(WORD)
    await scene.passes(seconds=10)
    await bo.phone.register()
    await bo.reads("Ana's timer is closed. Thank you.", within=60)


@story()
async def test_what_does_not_hold_any_more_is_not_said(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await bo.reads_in_group("…no word from Ana by 19:10 means Bo calls Ana.")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await ana.says("/extend 30m")
    await ana.says(WORD)
    await scene.passes(seconds=10)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=2)
    assert bo.unread() == ["Ana's timer is closed. Thank you."]


@story()
async def test_whom_no_line_asked_is_told_nothing(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await scene.passes(minutes=20)
    limit = await scene.night.stand_in.rate_limit("Cy", 428, retry_after=2, groups=True)
    await ana.says(WORD)
    await scene.passes(seconds=5)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=2)
    assert cy.unread() == []


@story()
async def test_he_is_told_by_the_name_that_he_calls_her(ana: Someone, bo: Someone, dee: Someone, scene: Scene) -> None:
    """Found: he looks after two of one name, and read that the timer of the other one was closed."""
    await scene.pair(dee, bo, word="green lantern")
    await dee.says("/name Ana")
    await bo.reads("Dee is called Ana 2 …")
    await dee.says("/start 1h")
    await scene.passes(seconds=5)
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await dee.says("green lantern")
    await scene.passes(seconds=3)
    await scene.night.stand_in.clear_faults(limit)
    await bo.reads("Ana 2's timer is closed. Thank you.", within=60)


@story()
async def test_nothing_seems_to_call_off_an_alarm(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await both_words(ana, bo, cy)
    await ana.says("/start 1h")
    await scene.passes(minutes=20)
    bo.forgets()
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await ana.says(DURESS)
    await scene.passes(seconds=3)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=2)
    shown = bo.unread()
    assert any(text.startswith("About Ana: please read all of this first.") for text in shown)
    assert not any("is closed" in text for text in shown)


@story()
async def test_an_end_that_is_followed_by_a_start_is_not_said_after_it(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 1h")
    await scene.passes(minutes=20)
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await ana.says(WORD)
    await scene.passes(seconds=3)
    await ana.says("/start 2h")
    await scene.passes(seconds=3)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=2)
    assert not any("is closed" in text for text in bo.unread())


@story()
async def test_an_alarm_that_is_raised_after_it_takes_it_back(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Found by reading: it came last, and seemed to call the alarm off."""
    await ana.says("/start 1h")
    await scene.passes(minutes=20)
    bo.forgets()
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await ana.says(WORD)
    await scene.passes(seconds=3)
    await ana.says("/sos")
    await scene.passes(minutes=4)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=5)
    shown = bo.unread()
    assert any(text.startswith("About Ana: please read") for text in shown)
    assert not any("is closed" in text for text in shown)


@story()
async def test_it_holds_no_alert_up(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    """Found by reading: it stood before his alert, which was not tried, so that the next buddy was not alerted at
    once."""
    await ana.says("/start 20m")
    await bo.reads_in_group("Ana's timer runs until 18:20. …")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=2, groups=True)
    await ana.says("/extend 5m")
    await scene.until("18:30:03")
    assert any("no word since 18:25" in text for text in cy.unread())
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=2)
    shown = bo.unread()
    assert any("no word since 18:25" in text for text in shown)
    assert not any("now runs until" in text for text in shown)
