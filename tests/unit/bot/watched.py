"""A watch over Signal at work, and a Signal whose round trips end as told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.log import Log
from bot.settling import Settling
from bot.signal_watch import (
    SignalWatch,
)
from bot.transport.errors import (
    Refusal,
    SignalError,
    SignalRefused,
    SignalTimeout,
)
from tests.unit.bot.fake_calls import FakeCalls

NO_NETWORK = SignalRefused(-32603, Refusal.NETWORK)


def now() -> float:
    return asyncio.get_running_loop().time()


class Signal(FakeCalls):
    """Round trips end as told: well, with `error`, after `takes` seconds, or not before their time is up."""

    def __init__(self) -> None:
        super().__init__()
        self.error: SignalError | None = None
        self.hangs = False
        self.takes = 0.0
        self.probed: list[float] = []

    async def probe(self, timeout: float = 10.0) -> None:
        self.probed.append(now())
        if self.hangs:
            await asyncio.sleep(timeout)
            raise SignalTimeout
        await asyncio.sleep(self.takes)
        if self.error is not None:
            raise self.error


@dataclass
class Told:
    """One call of `on_change`: when, and how things stood."""

    at: float
    away: bool
    settled: bool
    may_try: bool


@dataclass
class Watched:
    """A watch at work."""

    log: Log
    signal: Signal = field(default_factory=Signal)
    settling: Settling = field(default_factory=lambda: Settling(timedelta(seconds=5), timedelta(seconds=15)))
    needed: bool = False
    close: bool = False
    told: list[Told] = field(default_factory=list)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[SignalWatch]:
        watch = SignalWatch(self.signal, self.settling, lambda: self.needed, lambda: self.close, self.log)

        async def note() -> None:
            self.told.append(Told(now(), watch.away, self.settling.settled, watch.take_try()))

        watch.on_change = note
        self.settling.flows()
        await self.settling.wait()
        running = asyncio.ensure_future(watch.run())
        try:
            yield watch
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            self.settling.stop()

    def tries(self) -> list[float]:
        """When a message was allowed to try."""
        return [told.at for told in self.told if told.may_try]


async def reached_although_round_trips_fail(watched: Watched, watch: SignalWatch) -> float:
    """Returns when Signal counted as back."""
    watched.signal.error = NO_NETWORK
    watch.doubt()
    await asyncio.sleep(40)
    watch.reached(watch.absence)
    await asyncio.sleep(0.01)
    assert not watch.away
    return now()
