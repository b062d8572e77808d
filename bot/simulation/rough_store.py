"""The product's store on a disk that fills up, a database that is locked, and a machine that may stop at any commit."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Protocol, TypeVar

from bot.errors import StorageUnavailable
from bot.simulation.disk import Image, image_of, torn
from bot.simulation.life import Life
from storage.records import Records
from storage.unit_of_work import Store

T = TypeVar("T")

_SELDOM = 0.03
_LOCK_TRIES = 5.0
"""Seconds for which SQLite waits for a lock."""


class Storm(Protocol):
    """What the store asks about the weather."""

    disk_full: bool
    locked: bool

    def fate_of_commit(self) -> str | None:
        """Asked before each commit that writes: None, or kill before, kill after, kill torn."""
        ...


class RoughStore(Store):
    """Everything is the product's own; around each unit others may have their turn, and a commit may be the last."""

    def __init__(
        self,
        *arguments: Any,
        life: Life,
        storm: Storm,
        chance: Random,
        path: Path | None,
        die: Callable[[Image | None], None],
    ) -> None:
        """`die` is told what lies on the disk; `path` is None where the database is no file."""
        super().__init__(*arguments, inline=True)
        self._life = life
        self._storm = storm
        self._chance = chance
        self._path = path
        self._die = die

    async def run(self, work: Callable[[Records], T], *, first: bool = False) -> T:
        """See `Store`."""
        await self._others_have_their_turn()
        await self._wait_for_lock()
        await self._life.while_it_hangs()
        result = self.run_inline(work)
        await self._others_have_their_turn()
        await self._life.while_it_hangs()
        return result

    def run_inline(self, work: Callable[[Records], T]) -> T:
        """See `Store`."""
        if not self._life.alive:
            raise StorageUnavailable("This run is over.")
        fates: list[tuple[str, Image | None]] = []

        def watched(records: Records) -> T:
            raw = records.scope.connection.connection.driver_connection
            before = _writes(raw)
            result = work(records)
            if before is None or _writes(raw) != before:
                self._before_commit(raw, fates)
            return result

        result = super().run_inline(watched)
        if fates:
            fate, before_it = fates[0]
            self._die(self._image_after(fate, before_it))
            raise StorageUnavailable("This run is over.")
        return result

    def _before_commit(self, raw: Any, fates: list[tuple[str, Image | None]]) -> None:
        if self._storm.disk_full:
            if isinstance(raw, sqlite3.Connection) and self._chance.random() < 0.5:
                raw.execute("ROLLBACK")  # as SQLite does by itself when the disk is full
            raise sqlite3.OperationalError("database or disk is full")
        fate = self._storm.fate_of_commit()
        if fate == "before":
            self._die(self._image())
            raise StorageUnavailable("This run is over.")
        if fate is not None:
            fates.append((fate, self._image()))

    def _image(self) -> Image | None:
        return None if self._path is None else image_of(self._path)

    def _image_after(self, fate: str, before_it: Image | None) -> Image | None:
        after = self._image()
        if fate == "torn" and after is not None and before_it is not None:
            return torn(before_it, after, self._chance)
        return after

    async def _others_have_their_turn(self) -> None:
        for _ in range(self._chance.randrange(3)):
            await asyncio.sleep(0)
        if self._chance.random() < _SELDOM:
            await asyncio.sleep(self._chance.uniform(0.0, 0.02))

    async def _wait_for_lock(self) -> None:
        waited = 0.0
        while self._storm.locked and self._life.alive:
            if waited >= _LOCK_TRIES:
                raise StorageUnavailable("The database is locked.")
            await asyncio.sleep(0.5)
            waited += 0.5


def _writes(raw: Any) -> int | None:
    """How many rows this connection has changed so far; None where nobody counts."""
    return raw.total_changes if isinstance(raw, sqlite3.Connection) else None
