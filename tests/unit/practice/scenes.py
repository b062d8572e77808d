"""Scenes of practice mode whose pictures are kept. `python -m tests.unit.practice.scenes` takes them anew."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.practice.screen_picture import Rehearsal, rehearsal

FOLDER = Path(__file__).parent / "snapshots"


@dataclass(frozen=True)
class Scene:
    """What is done before the picture is taken."""

    size: tuple[int, int]
    act: Callable[[Rehearsal], Awaitable[None]]
    paired: bool = True

    def picture(self) -> str:
        """The screen as SVG."""
        return asyncio.run(self._take())

    async def _take(self) -> str:
        async with rehearsal(self.size, paired=self.paired) as screen:
            await self.act(screen)
            return screen.picture()


async def _begins(screen: Rehearsal) -> None:
    await screen.settle()


async def _started(screen: Rehearsal) -> None:
    await screen.write("/start 2h\nRoom 12, Hotel Ritz")
    await screen.press("f2")
    await screen.press("tab")
    await screen.press("f2")
    await screen.press("f3")


async def _closed_after_an_alert(screen: Rehearsal) -> None:
    await screen.write("/start 1h")
    await screen.press("f7")
    await screen.press("f6")
    await screen.write("purple giraffe")


async def _three_phones_and_cuts(screen: Rehearsal) -> None:
    await screen.write("/start 1h")
    await screen.press("f4")
    await screen.press("f9")
    await screen.press("f10")


async def _help(screen: Rehearsal) -> None:
    await screen.press("f1")


SCENES = {
    "begins-80x24": Scene((80, 24), _begins),
    "nobody-paired-80x24": Scene((80, 24), _begins, paired=False),
    "started-80x24": Scene((80, 24), _started),
    "closed-after-an-alert-120x36": Scene((120, 36), _closed_after_an_alert),
    "three-phones-and-cuts-80x24": Scene((80, 24), _three_phones_and_cuts),
    "help-120x36": Scene((120, 36), _help),
}


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        (FOLDER / f"{name}.svg").write_text(scene.picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
