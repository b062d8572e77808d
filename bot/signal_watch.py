"""Whether Signal's network can be reached: asked again and again while it matters (SPEC: "When Signal is down").

signal-cli never tells that it was away, and after an outage it stays deaf for a while: almost as long again, unless a
new subscription makes it try. So an outage that nobody noticed could end in an alert although her word waits there.

While a check-in is open a harmless round trip goes out every half minute; every few seconds while any deadline is
close; at once when a send failed for want of network; and right before a deadline is acted upon, unless the last good
one is fresh (`make_sure`). While Signal is away nothing leaves; when it is back, what waited there is let in first. A
round trip that works, but takes long, has met an outage too. But one that fails is not proof: now and then one urgent
message may try all the same. What can still go unnoticed is an outage that fits between two round trips: less than
`PROBE_WHEN_CLOSE` where the network refuses, less than `PROBE_WHEN_CLOSE + SLOW` where it stalls.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf

from bot.domain.reception import Reception
from bot.log import Log
from bot.settling import Settling
from bot.transport.calls import PROBE_SECONDS, SignalCalls
from bot.transport.errors import Refusal, SignalError, SignalRefused

PROBE_EVERY = 30.0
"""Seconds between round trips while a check-in is open."""
PROBE_WHEN_CLOSE = 4.0
"""Seconds between round trips while a deadline is close."""
FRESH_FOR = 2.0
"""Seconds for which a good round trip says enough for a deadline to be acted upon."""
SLOW = 3.0
"""Seconds after which even a good round trip shows that Signal was away meanwhile."""
SURE_WITHIN = PROBE_SECONDS + SLOW
"""Seconds that a deadline waits for a round trip, whatever happens."""
PROBE_STEP, PROBE_LONGEST = 1.0, 2.0
"""Seconds between round trips while Signal is away."""
FIRST_TRY_AFTER, TRY_AGAIN_AFTER = 30.0, 60.0
"""Seconds without a good round trip after which an urgent message may try, and from one try to the next."""

LONG_AWAY = 120.0
"""Seconds without Signal after which the operator is told (SPEC: "When Signal is down")."""

DISBELIEVED_FOR = 300.0
"""Seconds for which failing round trips mean nothing after a message got through all the same."""


class SignalWatch:
    """Knows whether Signal is away. `needed` says whether anybody depends on it now, `close` whether a deadline is."""

    def __init__(
        self,
        signal: SignalCalls,
        settling: Settling,
        needed: Callable[[], bool],
        close: Callable[[], bool],
        log: Log,
    ) -> None:
        self._signal = signal
        self._settling = settling
        self._needed = needed
        self._close = close
        self._log = log
        self._doubted = asyncio.Event()
        self._looked = asyncio.Event()
        self._good_at: float | None = None
        self._reached = asyncio.Event()
        self._may_try = False
        self._disbelieved_until = 0.0
        self._absences = 0
        self.away = False
        self.on_change: Callable[[], Awaitable[None]] | None = None
        """Told when an urgent message may try, and when Signal is back."""
        self.on_long_away: Callable[[], Awaitable[None]] | None = None
        """Told once in each absence that lasts for `LONG_AWAY`."""

    def doubt(self) -> None:
        """The host was asleep: look."""
        self._doubted.set()

    def missed(self) -> None:
        """A send failed for want of network: look, and believe what is seen."""
        self._disbelieved_until = 0.0
        self._doubted.set()

    @property
    def absence(self) -> int | None:
        """Which absence this is; None while Signal is there."""
        return self._absences if self.away else None

    def reached(self, began_in: int | None) -> None:
        """A send worked that began in this `absence`. One that began before it says nothing: its answer may only have
        come late, and round trips, which fail for good reason, would not be believed any more.
        """
        if began_in is not None and began_in == self.absence:
            self._reached.set()

    def take_try(self) -> bool:
        """Whether one urgent message may try although Signal seems away; each permission is good for one."""
        may, self._may_try = self._may_try, False
        return may

    @property
    def reception(self) -> Reception:
        """Whether what people write comes in, and whether anything can leave."""
        if self.away:
            return Reception.AWAY
        return Reception.HEARS if self._settling.hears else Reception.DEAF

    async def make_sure(self) -> None:
        """Return when a fresh round trip has reached Signal, when it is known to be away, or after `SURE_WITHIN`.

        If it turns out to have been away, it is not settled any more: wait for that before acting.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(SURE_WITHIN):
                while not self.away and not self._is_sure():
                    self._looked.clear()
                    self._doubted.set()
                    await self._looked.wait()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            in_doubt = await self._pause()
            self._doubted.clear()
            if self.away:
                await self._wait_until_back()
            elif in_doubt or self._needed():
                await self._look()
            self._looked.set()

    async def _pause(self) -> bool:
        """Until a round trip is due; whether that is because of a doubt."""
        ends_at = _time() + PROBE_EVERY
        while (left := ends_at - _time()) > 0:
            if await _set_within(self._doubted, min(left, PROBE_WHEN_CLOSE)):
                return True
            if self._close():
                break
        return False

    async def _look(self) -> None:
        """One round trip, and what follows from it.

        A slow one changes nothing while it settles anyway: on a line that is always slow it would never be settled.
        """
        began, was_settled = _time(), self._settling.settled
        if not await self._answers():
            await self._wait_until_back()
        elif was_settled and _time() - began > SLOW:
            self._log.tell_warning("signal_slow")
            await self._let_in_what_waited()

    async def _wait_until_back(self) -> None:
        self._absences += 1
        self.away = True
        self._looked.set()
        self._reached.clear()
        self._log.tell_warning("signal_away")
        pause, try_at, told_at = PROBE_STEP, _time() + FIRST_TRY_AFTER, _time() + LONG_AWAY
        while not await self._is_reached_within(pause) and not await self._answers():
            pause = min(2 * pause, PROBE_LONGEST)
            if _time() >= try_at:
                try_at = _time() + TRY_AGAIN_AFTER
                self._may_try = True
                await self._tell()
            if self.on_long_away is not None and _time() >= told_at:
                told_at = inf
                await self.on_long_away()
        self._log.tell("signal_back")
        await self._let_in_what_waited()

    async def _let_in_what_waited(self) -> None:
        self._settling.begin()
        self.away = self._may_try = False
        await self._tell()

    async def _is_reached_within(self, seconds: float) -> bool:
        """Whether a message got through. If round trips fail all the same, they are not believed for a while."""
        if not await _set_within(self._reached, seconds):
            return False
        if not await self._answers():
            self._disbelieved_until = _time() + DISBELIEVED_FOR
        return True

    def _is_sure(self) -> bool:
        if _time() < self._disbelieved_until:
            return True
        return self._good_at is not None and _time() - self._good_at <= FRESH_FOR

    async def _answers(self) -> bool:
        """Whether a harmless round trip reaches Signal's server; a refusal by the server has reached it."""
        if _time() < self._disbelieved_until:
            return True
        try:
            await self._signal.probe()
        except SignalRefused as refused:
            if refused.reason is Refusal.NETWORK:
                return False
        except SignalError:
            return False
        self._good_at = _time()
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


def _time() -> float:
    return asyncio.get_running_loop().time()
