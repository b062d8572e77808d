"""A phone turns out to be new while messages for it still wait (SPEC: "A new phone"): what she left is taken back."""

from datetime import timedelta

import pytest

from tests.stories.dialog import Scene, Someone, story
from tests.stories.outbox_rows import until_rows, until_the_next_try
from tests.stories.test_new_phone_alerts import knows

LEFT = "/note Room 12, Hotel Ritz"


async def _held_up_by_signal(ana: Someone, bo: Someone, scene: Scene, sign: str) -> None:
    """What is written to Bo waits for a while; meanwhile he reinstalls and writes."""
    await scene.plans(ana, "Ring at the desk. Police: yes, at once.")
    await ana.says(LEFT)
    await ana.reads("Kept, …")
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await ana.reads("Kept, …")
    if sign.startswith("/start"):
        await ana.says(sign)
        await scene.passes(minutes=9, seconds=30)
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    if not sign.startswith("/start"):
        await ana.says(sign)
    await scene.passes(seconds=40 if sign.startswith("/start") else 17)
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.passes(seconds=1)
    await scene.night.stand_in.clear_faults(limit)


def _has_file(someone: Someone) -> bool:
    return any(event.event == "message" and event.data.get("attachments") for event in someone.phone.history)


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"], ids=["timer", "alarm"])
@story()
async def test_it_does_not_come_with_the_alert_where_another_phone_has_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, sign: str
) -> None:
    """Found by a simulated night: her photo came to it."""
    await _held_up_by_signal(ana, bo, scene, sign)
    await scene.passes(minutes=5)
    assert knows(cy)
    assert _has_file(cy)
    assert not knows(bo)
    assert not _has_file(bo)
    assert not any("what the plan says" in text or "what Ana's plan says" in text for text in bo.shows())
    assert any("Your phone is new, and Ana has not confirmed it yet." in text for text in bo.shows())


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"])
@story()
async def test_it_follows_where_no_other_phone_has_it(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, sign: str
) -> None:
    await cy.phone.go_offline()
    await _held_up_by_signal(ana, bo, scene, sign)
    await scene.passes(minutes=6)
    assert knows(bo)
    assert _has_file(bo)


@pytest.mark.parametrize("sign", ["/start 5m", "/sos"])
@story()
async def test_the_only_buddy_gets_all_of_it_at_once(ana: Someone, bo: Someone, scene: Scene, sign: str) -> None:
    await _held_up_by_signal(ana, bo, scene, sign)
    await scene.passes(minutes=3)
    assert knows(bo)
    assert _has_file(bo)


@pytest.mark.parametrize("reinstalled", [("bo",), ("bo", "cy")], ids=["one", "both"])
@story()
async def test_once_the_alert_has_left_the_rest_follows(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, reinstalled: tuple[str, ...]
) -> None:
    """Else each might wait for the other, and nobody could act."""
    await ana.says(LEFT)
    await ana.reads("Kept, …")
    await ana.says("/sos")
    await until_rows(scene, "alert", "sent", 2)
    limits = [await scene.night.stand_in.rate_limit(name, 428, retry_after=5) for name in ("Bo", "Cy")]
    await scene.passes(seconds=15)
    assert not knows(bo)
    assert not knows(cy)
    for someone in (bo, cy):
        if someone.name.lower() in reinstalled:
            await someone.phone.reinstall()
            await someone.says("/help")
            await scene.passes(seconds=6)
    await scene.night.stand_in.clear_faults(*limits)
    await scene.passes(minutes=5)
    assert knows(bo)
    assert knows(cy)


@story()
async def test_it_says_how_late_it_is_to_the_phone_that_is_new_again(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.passes(seconds=5)
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await scene.until("18:06:00")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.restarts(down=timedelta(minutes=20))
    await scene.passes(seconds=20)
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.passes(seconds=2)
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(seconds=20)
    assert any("16 minutes late" in text for text in bo.shows())


# --- his alert is taken back while it is in hand


@pytest.mark.parametrize(("sign", "answer"), [("/start 5m", "on it"), ("/sos", "/resolve Ana")], ids=["timer", "alarm"])
@story()
async def test_no_photo_comes_to_it_behind_an_alert_that_was_taken_back_in_hand(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, sign: str, answer: str
) -> None:
    """Cy has all of it."""
    await _taken_back_in_hand(ana, bo, cy, scene, sign, answer)
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.passes(minutes=6)
    assert _has_file(cy)
    assert not knows(bo)
    assert not _has_file(bo)


@pytest.mark.parametrize(("sign", "answer"), [("/start 5m", "on it"), ("/sos", "/resolve Ana")], ids=["timer", "alarm"])
@story()
async def test_it_comes_to_him_once_the_other_has_given_it_back_and_his_phone_is_off(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, sign: str, answer: str
) -> None:
    """Nothing is lost by that."""
    await _taken_back_in_hand(ana, bo, cy, scene, sign, answer)
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.passes(minutes=2)
    await cy.says("/unack" if answer == "on it" else "/reopen Ana")
    await scene.passes(seconds=5)
    await cy.phone.go_offline()
    await ana.says("/note Room 14, Hotel Ritz")
    await scene.passes(minutes=12)
    assert any("Room 14" in text for text in bo.shows())
    assert _has_file(bo)


async def _taken_back_in_hand(ana: Someone, bo: Someone, cy: Someone, scene: Scene, sign: str, answer: str) -> None:
    if sign.startswith("/start"):
        await ana.says(sign)
    await ana.says(LEFT)
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await scene.passes(seconds=6)
    if sign.startswith("/start"):
        await scene.until("18:09:50")
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=4)
    if sign == "/sos":
        await ana.says(sign)
        await scene.passes(seconds=3)
    else:
        await scene.until("18:10:03")
    scene.night.stand_in.faults.delay("send", 3, times=1)
    await scene.passes(seconds=1.5)
    await scene.night.stand_in.clear_faults(limit)
    await cy.says(answer)


@story()
async def test_no_photo_stays_for_a_later_alert_from_which_it_is_held_back(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene
) -> None:
    """It was not held back yet when his phone turned out to be new: Cy's was off for longer than is waited."""
    await ana.says("/start 5m\nRoom 12, Hotel Ritz")
    await ana.sends(("a.jpg", "image/jpeg", b"x" * 1000))
    await scene.until("18:09:50")
    await cy.phone.go_offline()
    limit = await scene.night.stand_in.rate_limit("Bo", 428, retry_after=5)
    await scene.until("18:11:10")
    await bo.phone.reinstall()
    await bo.says("/help")
    await scene.until("18:11:30")
    await cy.phone.go_online()
    await scene.until("18:14:40")
    assert _has_file(cy)
    await until_the_next_try(scene, "alert")
    scene.night.stand_in.faults.delay("send", 25, times=1)
    await scene.until("18:15:40")
    await scene.night.stand_in.clear_faults(limit)
    await scene.passes(minutes=3)
    assert any("Your phone is new" in text for text in bo.shows())
    assert not knows(bo)
    assert not _has_file(bo)
