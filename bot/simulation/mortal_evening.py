"""The real bot of an evening, on doors behind which everything can go wrong, and which a dead run cannot pass."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bot.errors import BuddyError
from bot.ids import Ids
from bot.practice.evening import Evening
from bot.simulation.disk import Image, image_of, with_scraps
from bot.simulation.life import FencedAttachments, FencedEndpoint, FencedOwnership, FencedPager, Life
from bot.simulation.rough_store import RoughStore, Storm
from storage.sealing import Sealer
from storage.single_process import Ownership
from storage.unit_of_work import Store

_TRIES_AGAIN_AFTER = 2.0
"""Seconds until whoever runs the bot starts it again when it could not start."""


@dataclass
class MortalEvening(Evening):
    """An evening whose bot may be killed at any moment, and is started again after a while."""

    storm: Storm = field(kw_only=True)
    disorder: Random = field(kw_only=True)
    """Decides in which order things happen that have no order, and where a torn log ends."""
    on_read: Callable[[bytes], None] = field(kw_only=True)
    on_write: Callable[[bytes, Callable[[], None]], None] = field(kw_only=True)
    on_told: Callable[[str], None] = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.life = Life()
        self._killed = asyncio.Event()
        self._left: Image | None = None
        self._generation = 0
        self._ways: FencedEndpoint | None = None
        self.gap = _TRIES_AGAIN_AFTER
        """Seconds from a kill to the next start."""
        self.crash = ""

    def kill(self, image: Image | None = None) -> None:
        """`kill -9`, now. `image`: what lies on the disk, unless it is what can be seen there."""
        if not self.life.alive:
            return
        self.life.alive = False
        if image is None and self._path is not None:
            image = image_of(self._path)
            if self.disorder.random() < 0.5:
                image = with_scraps(image, self.disorder)
        self._left = image
        self._killed.set()

    @property
    def alive(self) -> bool:
        """Whether a bot runs, or is just being started."""
        return self.life.alive

    async def keep_alive(self, on_dead: Callable[[], None], on_back: Callable[[], None]) -> None:
        """Start the bot again after each kill, until cancelled."""
        while True:
            await self._killed.wait()
            on_dead()
            while self._killed.is_set():
                self._killed.clear()
                await self._bury()
                await asyncio.sleep(self.gap)
                await self.start_anew()
            on_back()

    async def end_and_return(self, after: float) -> None:
        """End in good order, and start again after so many seconds; a kill meanwhile goes its own way."""
        life = self.life
        with suppress(asyncio.CancelledError):  # killed while it ended
            await self.stop_bot()
        await asyncio.sleep(after)
        if life is self.life and life.alive:
            await self.start_anew()

    async def start_anew(self) -> None:
        """The next start. One that fails is tried again, as after a kill."""
        self.life = Life()
        if self._left is not None:
            self._generation += 1
            folder = self.folder / str(self._generation)
            folder.mkdir()
            path = folder / "buddy.db"
            self._left.write_to(path)
            self.settings = self.settings.model_copy(update={"database_url": f"sqlite:///{path}"})
            self._left = None
        self.operator = FencedPager(self.life, self.on_told)  # type: ignore[assignment]
        try:
            await self.start_bot()
        except BuddyError:
            self.gap = _TRIES_AGAIN_AFTER
            self.life.alive = False
            self._killed.set()

    async def begin(self) -> None:
        """The first start."""
        self.operator = FencedPager(self.life, self.on_told)  # type: ignore[assignment]
        await self.start_bot()

    async def _bury(self) -> None:
        """Its parts end as they may; they reach nothing any more."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.wait({running}, timeout=1.0)
            if running.done() and not running.cancelled() and running.exception() is not None:
                with suppress(Exception):
                    running.result()
        if self._ways is not None:
            await self._ways.hang_up()
        await self._put_away()

    async def lay_to_rest(self) -> None:
        """The night is over."""
        self.life.alive = False
        await self._bury()

    @property
    def owner(self) -> str:
        """The name under which it takes leases."""
        return self._ownership.owner

    @property
    def ended_by_itself(self) -> bool:
        """Whether the bot has ended although nobody ended it."""
        return self.life.alive and self._running is not None and self._running.done()

    # --- its doors

    @property
    def _path(self) -> Path | None:
        url = self.settings.database_url
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None

    def _new_store(self, engine: Any, sealer: Sealer, ids: Ids) -> Store:
        return RoughStore(
            engine,
            sealer,
            ids,
            life=self.life,
            storm=self.storm,
            chance=self.disorder,
            path=self._path,
            die=self.kill,
        )

    def _own(self, engine: Any, ids: Ids) -> Ownership:
        return FencedOwnership(super()._own(engine, ids), self.life)

    def _endpoint(self) -> FencedEndpoint:
        self._ways = FencedEndpoint(self.stand_in, self.life, self.on_read, self.on_write)
        return self._ways

    def _attachments(self) -> FencedAttachments:
        return FencedAttachments(self.stand_in.attachments, self.life)
