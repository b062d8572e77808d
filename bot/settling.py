"""Letting what waited arrive before acting on deadlines (SPEC: "When the bot was down", "When Signal is down")."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

WITHOUT_MESSAGES = 30.0
"""Seconds after which deadlines are acted upon although no messages flow: better a false alert than a missed one.

While signal-cli as a whole is away nothing can leave, and when it is back it is settled anew; so this counts only
where messages do not come in although they could go out."""


class Settling:
    """Settled: messages flow, and none has come for `quiet`, or they have flowed for `at_most`.

    Signal never tells that all is there; so a moment of silence has to do. Times in which messages flow add up, and
    after `WITHOUT_MESSAGES` it counts as settled in any case: a shaky line cannot hold up an alert. Once it was
    settled, a line that is lost or comes back, or `begin`, unsettles it again.
    """

    def __init__(self, quiet: timedelta, at_most: timedelta, on_settled: Callable[[float], None] | None = None) -> None:
        """`on_settled` is told how many seconds it took, each time."""
        self._on_settled = on_settled
        self._quiet = quiet.total_seconds()
        self._at_most = at_most.total_seconds()
        self._settled = asyncio.Event()
        self._settled.set()
        self._flowing_since: float | None = None
        self._flowed = 0.0  # seconds since it was settled last, without those since `_flowing_since`
        self._unsettled_since = 0.0
        self._heard_at = 0.0
        self._waiting: asyncio.Task[None] | None = None

    async def wait(self) -> None:
        """Return when it is settled."""
        await self._settled.wait()

    @property
    def settled(self) -> bool:
        """Whether deadlines may be acted upon."""
        return self._settled.is_set()

    @property
    def hears(self) -> bool:
        """Whether messages come in, and what had waited is in, as far as silence shows."""
        if self._flowing_since is None:
            return False
        return _time() >= min(self._heard_at + self._quiet, self._flowing_since + self._at_most)

    def flows(self) -> None:
        """Messages begin to flow (again)."""
        self._interrupt()
        self._flowing_since = self._heard_at = _time()
        self._unsettle()

    def ceases(self) -> None:
        """Messages no longer flow."""
        self._interrupt()
        self._unsettle()

    def heard(self) -> None:
        """Something arrived."""
        self._heard_at = _time()

    def begin(self) -> None:
        """Wait for silence once more, for example after Signal's network was away, or for messages to flow at all."""
        if self._flowing_since is not None:
            self.flows()
        else:
            self._unsettle()

    def stop(self) -> None:
        """End it."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _interrupt(self) -> None:
        if self._flowing_since is not None:
            self._flowed += _time() - self._flowing_since
            self._flowing_since = None

    def _unsettle(self) -> None:
        if self._settled.is_set():
            self._settled.clear()
            self._unsettled_since = _time()
            self._flowed = 0.0
        self.stop()
        self._waiting = asyncio.ensure_future(self._settle())

    async def _settle(self) -> None:
        while (remaining := self._settled_at() - _time()) > 0:
            await asyncio.sleep(remaining)
        self._settled.set()
        if self._on_settled is not None:
            self._on_settled(_time() - self._unsettled_since)

    def _settled_at(self) -> float:
        at_the_latest = self._unsettled_since + WITHOUT_MESSAGES
        if self._flowing_since is None:
            return at_the_latest
        patience_ends = self._flowing_since + self._at_most - self._flowed
        return min(self._heard_at + self._quiet, patience_ends, at_the_latest)


def _time() -> float:
    return asyncio.get_running_loop().time()
