"""After the close nothing of what she left is anywhere, whatever became of the messages (SPEC: step 7, Privacy).

Looked for with the key in hand: every sealed cell of every table is opened.
"""

from collections.abc import Awaitable, Callable

import pytest

from tests.stories.dialog import WORD, Scene, Someone, story

SECRET = "Hotel Ritz"
LEFT = f"Room 12, {SECRET}"
LONG = "\n".join(f"{number}. {LEFT}" for number in range(60))

Trouble = Callable[[Scene, Someone, Someone], Awaitable[None]]


async def _is_held(scene: Scene) -> bool:
    return SECRET in await scene.opened()


async def _arm(ana: Someone, scene: Scene, left: str = LEFT) -> None:
    await ana.says(f"/start 5m\n{left}")
    await ana.reads("Saved. …")
    await scene.passes(seconds=2)
    assert await _is_held(scene)


async def _close_and_look(ana: Someone, scene: Scene) -> None:
    """Nothing is left a moment after her word, nor later, nor after a restart."""
    ana.forgets()
    await ana.says(WORD)
    await scene.passes(seconds=1)
    assert await scene.check_in(ana) is None
    assert not await _is_held(scene)
    await scene.passes(minutes=10)
    assert not await _is_held(scene)
    await scene.restarts()
    await scene.passes(minutes=1)
    assert not await _is_held(scene)


async def _account_gone(scene: Scene, bo: Someone, _: Someone) -> None:
    """Signal refuses for good."""
    await bo.phone.unregister()


async def _only_details_refused(scene: Scene, bo: Someone, _: Someone) -> None:
    """The alert has left; then the account goes, and the details fail for good."""
    scene.night.stand_in.faults.delay("send", 5.0, times=1, after_effect=True)
    await scene.until("18:10:01")
    await bo.phone.unregister()


async def _put_off(scene: Scene, bo: Someone, _: Someone) -> None:
    """They still wait when she closes."""
    await scene.night.stand_in.rate_limit("Bo", 428, retry_after=86400)


async def _signal_away(scene: Scene, _: Someone, __: Someone) -> None:
    """Nothing has left, and nothing will before the close; her word comes with the rest."""
    await scene.night.stand_in.fault("^/v1/messages/", 500, method="PUT", times=None)
    scene.night.stand_in.faults.refuse("listDevices", code=-3, message="x (IOException)", times=None)


async def _hanging(scene: Scene, _: Someone, __: Someone) -> None:
    """On their way, with no end of it known."""
    scene.night.stand_in.faults.hang("send", times=None, after_effect=True)


async def _all_well(_: Scene, __: Someone, ___: Someone) -> None:
    """Everything arrives."""


TROUBLES = [_all_well, _account_gone, _only_details_refused, _put_off, _signal_away, _hanging]


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("left", [LEFT, LONG[:1400]], ids=["short", "long"])
@story()
async def test_what_she_left_is_gone_after_the_close(
    ana: Someone, bo: Someone, cy: Someone, scene: Scene, trouble: Trouble, left: str
) -> None:
    await _arm(ana, scene, left)
    await scene.until("18:09:59")
    await trouble(scene, bo, cy)
    await scene.until("18:13:00")
    assert await _is_held(scene)
    await _close_and_look(ana, scene)


@story()
async def test_closed_in_time_it_is_gone_too(ana: Someone, bo: Someone, scene: Scene) -> None:
    await _arm(ana, scene)
    await _close_and_look(ana, scene)
    assert not any(SECRET in text for text in bo.shows())


@story()
async def test_while_it_is_paused_nothing_is_erased(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Somebody may say that it is not over; then the next buddy needs it."""
    await scene.overdue()
    await bo.says("/resolve Ana")
    await bo.reads("Noted: …")
    await scene.passes(minutes=5)
    assert await _is_held(scene)
    await _close_and_look(ana, scene)


@story()
async def test_after_an_extension_it_is_still_there_and_after_the_close_not(
    ana: Someone, bo: Someone, scene: Scene
) -> None:
    await scene.overdue()
    await ana.says(f"/extend 30m {WORD}")
    await ana.reads("Saved. …")
    await scene.passes(seconds=5)
    assert await _is_held(scene)
    await _close_and_look(ana, scene)


@story()
async def test_a_start_that_was_refused_leaves_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await ana.says("/start 30m")
    await ana.reads("Saved. …")
    for message in (f"/start 2h\n{LEFT}", f"/strat 2h\n{LEFT}", f"/start\n{LEFT}", f"/start 2\n{LEFT}"):
        await ana.says(message)
        await ana.reads("NO…" if "/start" in message else "Nothing changed. …")
    await ana.says_in_group(f"/start 2h\n{LEFT}")
    await scene.passes(seconds=5)
    assert not await _is_held(scene)


@story()
async def test_a_start_that_came_too_late_leaves_nothing(ana: Someone, bo: Someone, scene: Scene) -> None:
    await scene.night.stop_bot()
    await ana.says(f"/start 30m\n{LEFT}")
    await scene.passes(hours=1)
    await scene.night.start_bot()
    await ana.reads("NOT started. Your message reached me only now, …", within=30)
    assert not await _is_held(scene)


@story()
async def test_a_stranger_who_leaves_something_leaves_nothing(dee: Someone, bo: Someone, scene: Scene) -> None:
    await dee.says(f"/start 2h\n{LEFT}")
    await dee.reads("This is a private timer bot. …")
    await dee.says(LEFT)
    await scene.passes(seconds=5)
    assert not await _is_held(scene)
    assert dee.phone.aci not in await scene.opened()


@story()
async def test_a_bot_killed_at_the_close_erases_it_when_it_is_back(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Her word waits at Signal meanwhile."""
    await scene.overdue()
    await scene.night.kill_bot()
    await ana.says(WORD)
    await scene.passes(minutes=3)
    await scene.night.start_bot()
    await ana.reads("Thanks, noted. Good night.", within=30)
    await scene.passes(seconds=1)
    assert not await _is_held(scene)
