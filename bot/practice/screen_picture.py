"""Pictures of the screen of practice mode, always the same: for the documentation and for tests."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from bot.practice.screen import PracticeApp
from bot.practice.screen_phone import PhonePanel, WriteBox
from bot.practice.screen_world import World

_ADDRESSES = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)
_ANSWERS_WITHIN = 2.0
_SIZE = (110, 32)


class Rehearsal:
    """Practice mode without a terminal, in which time passes only when told to."""

    def __init__(self, app: PracticeApp, world: World, pilot: Pilot[None]) -> None:
        self.app = app
        self._world = world
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press these keys, and wait for what they bring."""
        await self._pilot.press(*keys)
        await self.settle()

    async def write(self, text: str) -> None:
        """Write this from the phone in hand."""
        box = next(box for box in self.app.query(WriteBox) if box.has_focus)
        box.text = text
        await self.press("enter")

    async def settle(self) -> None:
        """Let the bot answer, and the screen show it."""
        await self._pilot.pause()
        await self._finish_orders()
        await asyncio.wrap_future(self._world.pass_time(_ANSWERS_WITHIN))
        await self._finish_orders()

    def panel(self, name: str) -> PhonePanel:
        """Somebody's phone."""
        return next(panel for panel in self.app.query(PhonePanel) if panel.view.name == name)

    def picture(self) -> str:
        """The screen as SVG, without addresses of fonts and the like."""
        return _ADDRESSES.sub("", self.app.export_screenshot(title="buddy practice")) + "\n"

    async def _finish_orders(self) -> None:
        while self.app.orders:
            await asyncio.wait([asyncio.wrap_future(order) for order in self.app.orders])
            await self._pilot.pause()
        await self._pilot.pause()


@asynccontextmanager
async def rehearsal(size: tuple[int, int], *, paired: bool = True) -> AsyncIterator[Rehearsal]:
    """`size`: columns and rows."""
    world = World(paired=paired, standing=True)
    await asyncio.to_thread(world.open)
    try:
        app = PracticeApp(world)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Rehearsal(app, world, pilot)
    finally:
        await asyncio.to_thread(world.close)


async def _overdue() -> str:
    async with rehearsal(_SIZE) as screen:
        await screen.write("/start 2h\nRoom 12, Hotel Ritz")
        await screen.press("tab")
        await screen.press("f2")
        await screen.press("f3")
        await screen.press("f2")
        for _ in range(3):
            await screen.press("f8")
        await screen.write("on it")
        return screen.picture()


def picture() -> str:
    """The picture for the README: Ana's timer has ended, and Bo has taken the alert."""
    return asyncio.run(_overdue())
