"""Whether Signal's network can be reached: asked again and again while it matters (SPEC: "When Signal is down").

signal-cli never tells that it was away. While a check-in is open a harmless round trip goes out every half minute, and
at once when a send failed for want of network. While Signal is away nothing leaves; when it is back, what waited there
is let in first. But a round trip that fails is not proof: now and then one urgent message may try all the same.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.log import Log
from bot.settling import Settling
from bot.transport.calls import SignalCalls
from bot.transport.errors import Refusal, SignalError, SignalRefused

PROBE_EVERY = 30.0
"""Seconds between round trips while a check-in is open."""
PROBE_STEP, PROBE_LONGEST = 1.0, 5.0
"""Seconds between round trips while Signal is away."""
FIRST_TRY_AFTER, TRY_AGAIN_AFTER = 30.0, 60.0
"""Seconds without a good round trip after which an urgent message may try, and from one try to the next."""

DISBELIEVED_FOR = 300.0
"""Seconds for which failing round trips mean nothing after a message got through all the same."""


class SignalWatch:
    """Knows whether Signal is away. `needed` says whether anybody depends on it now."""

    def __init__(self, signal: SignalCalls, settling: Settling, needed: Callable[[], bool], log: Log) -> None:
        self._signal = signal
        self._settling = settling
        self._needed = needed
        self._log = log
        self._doubted = asyncio.Event()
        self._reached = asyncio.Event()
        self._may_try = False
        self._disbelieved_until = 0.0
        self.away = False
        self.on_change: Callable[[], Awaitable[None]] | None = None
        """Told when an urgent message may try, and when Signal is back."""

    def doubt(self) -> None:
        """A send failed for want of network, or the host was asleep."""
        self._doubted.set()

    def reached(self) -> None:
        """A send worked."""
        if self.away:
            self._reached.set()

    def take_try(self) -> bool:
        """Whether one urgent message may try although Signal seems away; each permission is good for one."""
        may, self._may_try = self._may_try, False
        return may

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            in_doubt = await _set_within(self._doubted, PROBE_EVERY)
            self._doubted.clear()
            if self.away or ((in_doubt or self._needed()) and not await self._answers()):
                await self._wait_until_back()

    async def _wait_until_back(self) -> None:
        loop = asyncio.get_running_loop()
        self.away = True
        self._reached.clear()
        self._log.tell_warning("signal_away")
        pause, try_at = PROBE_STEP, loop.time() + FIRST_TRY_AFTER
        while not await self._is_reached_within(pause) and not await self._answers():
            pause = min(2 * pause, PROBE_LONGEST)
            if loop.time() >= try_at:
                try_at = loop.time() + TRY_AGAIN_AFTER
                self._may_try = True
                await self._tell()
        self._settling.begin()
        self.away = self._may_try = False
        self._log.tell("signal_back")
        await self._tell()

    async def _is_reached_within(self, seconds: float) -> bool:
        """Whether a message got through. If round trips fail all the same, they are not believed for a while."""
        if not await _set_within(self._reached, seconds):
            return False
        if not await self._answers():
            self._disbelieved_until = asyncio.get_running_loop().time() + DISBELIEVED_FOR
        return True

    async def _answers(self) -> bool:
        """Whether a harmless round trip reaches Signal's server; a refusal by the server has reached it."""
        if asyncio.get_running_loop().time() < self._disbelieved_until:
            return True
        try:
            await self._signal.probe()
        except SignalRefused as refused:
            return refused.reason is not Refusal.NETWORK
        except SignalError:
            return False
        return True

    async def _tell(self) -> None:
        if self.on_change is not None:
            await self.on_change()


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
