"""The days on which something happens to a pairing that nobody renews, and what both read then."""

from datetime import timedelta

from tests.stories.dialog import SIX, Scene, Someone

HERS = "Bo is your buddy until 5 Sep.\nIt goes on if both of you renew it: /renew Bo"
HIS = "You are a buddy of Ana until 5 Sep.\nIt goes on if both of you renew it: /renew Ana"
GONE = "Bo is no longer your buddy. It was not renewed by both of you.\n"
LEFT_ALONE = GONE + "You have no buddy now, and without one no timer can start. To ask somebody: /invite"
GONE_FOR_HIM = "You are no longer a buddy of Ana. It was not renewed by both of you."
WARNED, WARNED_AGAIN, ENDS = 184 - 14, 184 - 3, 184
"""Days after the pairing began, a minute before each story does."""


async def to_day(scene: Scene, day: float) -> None:
    """The bot comes back a few minutes before what happens on that day."""
    seconds = (SIX + timedelta(days=day, minutes=-5, seconds=-20) - scene.clock.now()).total_seconds()
    await scene.passes_mostly_off(seconds=seconds)


async def both_read(ana: Someone, bo: Someone, hers: str, his: str, within: float = 300) -> None:
    await ana.reads(hers, within)
    await bo.reads(his)


async def to_the_end(ana: Someone, bo: Someone, scene: Scene) -> None:
    """Both warnings have gone out, and the end is five minutes away."""
    await to_day(scene, WARNED)
    await scene.passes(minutes=5)
    await to_day(scene, WARNED_AGAIN)
    await scene.passes(minutes=5)
    await to_day(scene, ENDS)
    for someone in scene.people.values():
        someone.forgets()
