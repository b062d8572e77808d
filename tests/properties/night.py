"""A night with Ana and Bo, what befalls the bot in it, and what people do and read."""

import asyncio
import io
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.errors import StorageUnavailable
from bot.practice.evening import Evening
from bot.practice.stand_in_content import Event
from bot.practice.stand_in_phone import StandInPhone
from bot.practice.virtual_time import VirtualClock, VirtualTimeLoop
from storage.records import Records
from storage.tables import inbox

WORD = "purple giraffe"
GRACE = timedelta(seconds=20)
PATIENCE = 100.0
"""Seconds that somebody waits for an answer before writing again."""
ALERT = r"^Timer of Ana: (still )?no word since"


MOST_TURNS = 100_000


class TurningLoop(VirtualTimeLoop):
    """Counts its turns, and lets something happen between two of them."""

    def __init__(self) -> None:
        self.turns = 0
        self.before_turn: Callable[[int], None] = lambda _: None
        super().__init__()

    def _run_once(self) -> None:
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise AssertionError("it spins: an evening never takes so many turns")
        self.before_turn(self.turns)
        super()._run_once()  # type: ignore[misc]


@dataclass
class Night:
    """An evening with Ana and Bo, and what befalls the bot in it.

    `kills` counts what may have made a send happen twice. The bot was `down_for` so many seconds in all, and may for
    other reasons be late by `slack`.
    """

    loop: TurningLoop
    clock: VirtualClock
    evening: Evening
    ana: StandInPhone
    bo: StandInPhone
    code: str
    logged: io.StringIO
    kills: int = 0
    down_for: float = 0.0
    slack: float = 0.0
    killed: asyncio.Event = field(default_factory=asyncio.Event)

    def kill(self) -> None:
        """`kill -9`, now: nothing is committed from here on."""
        if self.evening.store is not None:
            self.evening.store._closed = True
        self.kills += 1
        self.killed.set()

    def later(self, seconds: float, work: Callable[[], Awaitable[Any]]) -> None:
        """Do something after a while."""
        self.loop.call_later(seconds, lambda: asyncio.ensure_future(work(), loop=self.loop))

    def allow(self, seconds: float) -> None:
        """What befalls it may make it late, and make a send happen twice."""
        self.kills += 1
        self.slack += seconds

    async def revive(self, gap: float) -> None:
        """Start the bot again `gap` seconds after each kill, as whoever runs it would."""
        while True:
            await self.killed.wait()
            began = self.loop.time()
            while self.killed.is_set():
                self.killed.clear()
                await self.evening.kill_bot()
                await asyncio.sleep(gap)
                try:
                    await self.evening.start_bot()
                except StorageUnavailable:
                    self.killed.set()
            self.down_for += self.loop.time() - began

    # --- what people do

    async def asks(self, phone: StandInPhone, text: str, expects: str, group: str | None = None) -> Event:
        """Write, and wait for the answer; without one it was not received, and is written again."""
        for _ in range(8):
            sent_ms = await phone.send(text, group=group)
            try:
                return await self.reads(phone, expects, group=group)
            except TimeoutError:
                assert not await self.was_received(phone, sent_ms), (
                    f"in the inbox, and never answered: {text.split()[0]}"
                )
        raise AssertionError(f"never answered: {text.split()[0]}")

    async def reads(
        self, phone: StandInPhone, expects: str, group: str | None = None, within: float = PATIENCE
    ) -> Event:
        """Wait for a text that matches, in the direct chat or a group."""
        pattern = re.compile(expects)
        return await phone.expect(lambda e: is_text(e, pattern) and e.group_id == group, within)

    async def reads_in_any_group(self, phone: StandInPhone, expects: str) -> str:
        """Wait for a text that matches in a group; returns the group."""
        pattern = re.compile(expects)
        event = await phone.expect(lambda e: is_text(e, pattern) and e.group_id is not None, 2 * PATIENCE)
        assert event.group_id is not None
        return event.group_id

    async def was_received(self, phone: StandInPhone, sent_ms: int) -> bool:
        """Whether that message got an inbox row."""

        def look(records: Records) -> int:
            ours = (inbox.c.sent_ms == sent_ms) & (inbox.c.sender_lookup == records.inbox._lookup(phone.aci))
            found: int = records.scope.connection.scalar(select(func.count()).select_from(inbox).where(ours))
            return found

        return bool(await self.ask_database(look))

    async def ask_database(self, work: Callable[[Records], Any]) -> Any:
        """As soon as there is a bot that runs."""
        while True:
            if self.evening.store is not None and self.evening.running:
                with suppress(StorageUnavailable):
                    return await self.evening.store.run(work)
            await asyncio.sleep(0.1)

    # --- what they read

    def texts(self, phone: StandInPhone, pattern: str, *, in_group: bool = False) -> list[Event]:
        """Every text that matched, in order."""
        compiled = re.compile(pattern)
        return [e for e in phone.history if is_text(e, compiled) and (e.group_id is not None) is in_group]

    def alert_times(self) -> list[datetime]:
        """When an alert reached Bo's phone, directly."""
        began = self.clock.now() - timedelta(seconds=self.loop.time())
        return [began + timedelta(seconds=e.at) for e in self.texts(self.bo, ALERT)]


def is_text(event: Event, pattern: re.Pattern[str]) -> bool:
    return event.event == "message" and event.kind == "text" and pattern.search(event.body or "") is not None
