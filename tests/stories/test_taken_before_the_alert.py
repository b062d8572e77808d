"""Somebody takes it before any alert has left: the others get no part of it (SPEC: details never before an alert)."""

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story


@pytest.mark.parametrize("until", ["18:12:40", "18:30"], ids=["untried", "tried_in_vain"])
@pytest.mark.parametrize("answer", ["on it", "/resolve Ana"], ids=["taken", "resolved"])
@story()
async def test_the_others_get_neither_her_photo_nor_what_she_adds(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, answer: str, until: str
) -> None:
    """Found by simulated nights: Cy got a photo out of the blue, when no alert to him had been tried, and when one
    had been and could not leave."""
    await ana.says("/start 5m")
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await scene.until("18:04:30")
    await scene.night.stand_in.network("down")
    await scene.until(until)
    await bo.says(answer)
    await scene.passes(seconds=10)
    seen = len(cy.phone.history)
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=1)
    await ana.says("/note He drives a red van, plate AB12")
    await scene.passes(minutes=2)
    shown = cy.phone.history[seen:]
    assert not any("no word since" in str(event.body) for event in shown)
    if until == "18:12:40":  # found: all that Cy ever read was that Bo has it
        assert not any("Bo" in str(event.body) for event in shown)
    assert not any(event.event == "message" and event.data.get("attachments") for event in shown)
    assert not any("AB12" in str(event.body) for event in shown)


@story()
async def test_who_saw_the_line_in_the_group_is_told_who_has_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await scene.until("18:11:50")
    cy.forgets()
    limit = await scene.night.stand_in.rate_limit("Cy", 428, retry_after=5)
    await scene.until("18:12:20")
    await bo.says("on it")
    await scene.passes(seconds=10)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=5)
    assert any("Bo has it" in text for text in cy.unread())


@story()
async def test_all_of_it_comes_with_the_first_alert(ana: Someone, bo: Someone, cy: Someone, scene: Scene) -> None:
    await ana.says("/start 5m\nRoom 12")
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await scene.until("18:04:30")
    await scene.night.stand_in.network("down")
    await scene.until("18:12:40")
    await bo.says("on it")
    await scene.passes(seconds=10)
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=1)
    seen = len(cy.phone.history)
    await bo.says("/unack")
    await scene.passes(minutes=45)
    shown = cy.phone.history[seen:]
    assert any("Room 12" in str(event.body) for event in shown)
    assert sum(bool(event.event == "message" and event.data.get("attachments")) for event in shown) == 1


@story()
async def test_no_note_is_lost_that_comes_while_his_alert_is_on_its_way(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """Signal is slow, Bo takes it in the meantime: what is on its way to Cy arrives all the same."""
    await ana.says("/start 5m")
    await scene.until("18:11:59")
    scene.night.stand_in.faults.delay("send", 20, after_effect=True)
    await scene.until("18:12:02")
    scene.night.stand_in.faults.clear()
    await bo.says("on it")
    await scene.passes(seconds=3)
    await ana.says("/note He drives a red van, plate AB12")
    await scene.until("18:13:00")
    assert any("no word since" in text for text in cy.shows())
    await ana.says("/note I am at the harbour")
    await scene.passes(minutes=40)
    assert any("harbour" in text for text in cy.shows())
    assert any("AB12" in text for text in cy.shows())


@story()
async def test_an_alert_from_before_she_took_more_time_brings_no_photo(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m")
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await scene.until("18:13:00")
    assert any("no word since" in text for text in cy.shows())
    await ana.says(f"/extend 10m {WORD}")
    await scene.until("18:29:50")
    await scene.night.stand_in.network("down")
    await scene.until("18:40")
    seen = len(cy.phone.history)
    await bo.says("on it")
    await scene.passes(seconds=5)
    await scene.night.stand_in.network("up")
    await scene.passes(minutes=2)
    shown = [event for event in cy.phone.history[seen:] if event.event == "message" and event.sender == "bot"]
    assert not any(event.group_id is None and "no word since" in str(event.body) for event in shown)
    assert not any(event.data.get("attachments") for event in shown)


@story()
async def test_a_photo_stays_where_the_alert_was_refused_after_somebody_had_taken_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await ana.says("/start 5m with Cy")
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await scene.until("18:11:55")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:11:59")
    scene.night.stand_in.faults.delay("send", 3, times=4)
    await scene.passes(seconds=2.5)
    await cy.says("on it")
    await scene.passes(seconds=6)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=2)
    assert not any("no word since" in text for text in bo.shows())
    assert not any(event.event == "message" and event.data.get("attachments") for event in bo.phone.history)


@story()
async def test_a_note_comes_to_whom_an_alert_may_have_reached(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """signal-cli answered too late, so the bot does not know; the next try was refused."""
    await ana.says("/start 5m with Cy")
    await scene.until("18:11:59")
    scene.night.stand_in.faults.delay("send", 120, times=6, after_effect=True)
    await scene.passes(seconds=3)
    scene.night.stand_in.faults.clear()
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.passes(seconds=100)
    await cy.says("on it")
    await scene.passes(seconds=2)
    await scene.night.stand_in.clear_faults(limit)
    await ana.says("/note He drives a red van, plate AB12")
    await scene.passes(minutes=5)
    assert any("no word since" in text for text in bo.shows())
    assert any("AB12" in text for text in bo.shows())
