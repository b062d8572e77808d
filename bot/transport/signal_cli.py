"""The client of signal-cli: connections that are kept up, lines taken in, calls carried out."""

import asyncio
import contextlib
import random as chance
from collections.abc import Awaitable, Callable

from bot.transport.calls import SignalCalls
from bot.transport.connection import Endpoint
from bot.transport.counters import Counters, NoCounters
from bot.transport.endpoints import SpawnEndpoint
from bot.transport.errors import Answer, SignalError
from bot.transport.intake import Intake
from bot.transport.link import Link
from bot.transport.rpc import RpcClient
from bot.transport.timings import Timings

SUBSCRIBE_FAILED = "subscribe_failed"
LINE_ON_CALL_CONNECTION = "line_on_call_connection"


def _ignore() -> None:
    """For a listener that nobody gave."""


class SignalCli(SignalCalls):
    """Keeps one connection to receive and one to call (a child process has a single one, used for both).

    Every line received goes to `take`, in order and in batches: all lines that gathered while the batch
    before was being stored. `take` returns when they are safe; when it raises, the same lines are given
    again, and signal-cli is asked to send no more meanwhile.

    `on_subscribed` is called whenever messages begin to flow, `on_lost` whenever they cease to.
    `account` is needed when the daemon serves several accounts. `random` gives numbers from 0 to 1.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        account: str | None = None,
        *,
        take: Callable[[list[bytes]], Awaitable[None]],
        on_subscribed: Callable[[], None] = _ignore,
        on_lost: Callable[[], None] = _ignore,
        random: Callable[[], float] = chance.random,
        counters: Counters | None = None,
        timings: Timings | None = None,
    ) -> None:
        super().__init__(self._ask_signal_cli, account)
        self._counters = counters or NoCounters()
        self._timings = timings or Timings()
        self._on_subscribed = on_subscribed
        self._on_lost = on_lost
        self._intake = Intake(take, self._counters, self._timings)
        self._enough = asyncio.Event()
        self._anew = asyncio.Event()
        self._stopping = asyncio.Event()
        self._subscribed = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()

        def link(on_line: Callable[[bytes], None], duty: Callable[[RpcClient], Awaitable[None]]) -> Link:
            """One connection: what is done with each line, and what it does once it is there."""
            return Link(
                endpoint,
                on_line=on_line,
                duty=duty,
                random=random,
                counters=self._counters,
                timings=self._timings,
            )

        self._receiving = link(self._intake.put, self._receive)
        shared = isinstance(endpoint, SpawnEndpoint)
        self._calling = self._receiving if shared else link(self._line_on_call_connection, self._stand_by)

    @property
    def subscribed(self) -> bool:
        """Whether messages flow."""
        return self._subscribed.is_set()

    @property
    def connected(self) -> bool:
        """Whether calls can leave."""
        return self._calling.connected

    async def wait_connected(self) -> None:
        """Return as soon as calls can leave."""
        await self._calling.wait_connected()

    async def wait_subscribed(self) -> None:
        """Return as soon as messages flow."""
        await self._subscribed.wait()

    async def run(self) -> None:
        """Work until `stop` is called (ends orderly) or until cancelled (ends at once)."""
        links = [self._receiving] if self._calling is self._receiving else [self._receiving, self._calling]
        workers = [asyncio.ensure_future(link.run()) for link in links]
        workers.append(asyncio.ensure_future(self._intake.run()))
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            done, _ = await asyncio.wait([*workers, stopping], return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                task.result()
            await self.stop_receiving()
        finally:
            for task in (*workers, stopping):
                task.cancel()
            await asyncio.gather(*workers, stopping, return_exceptions=True)

    def stop(self) -> None:
        """Let `run` do `stop_receiving` and return."""
        self._stopping.set()

    async def stop_receiving(self) -> None:
        """Ask signal-cli for no more messages, for good, and store those that came. Calls go on being possible.

        Returns after a few seconds at most; what could not be stored by then is lost when the bot ends.
        """
        self._enough.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._timings.farewell):
                await self._quiet.wait()
                await self._intake.idle.wait()

    def listen_anew(self) -> None:
        """Subscribe once more; call this when Signal's network is back after it was away.

        signal-cli notices that only when it tries again, the later the longer it was away (measured: 5 s after an
        outage of 20 s, 30 s after one of two minutes), while sending works at once. A new subscription makes it try.
        """
        self._anew.set()

    async def _ask_signal_cli(self, method: str, params: dict[str, object], timeout: float | None = None) -> Answer:
        return await self._calling.ask(
            method, self._with_account(params), self._timings.call if timeout is None else timeout
        )

    def _with_account(self, params: dict[str, object]) -> dict[str, object]:
        return params if self._account is None else {**params, "account": self._account}

    async def _stand_by(self, _: RpcClient) -> None:
        await asyncio.Event().wait()

    async def _receive(self, rpc: RpcClient) -> None:
        """Subscribe, and anew when asked; while storing is in trouble, or when the end has come, receive nothing."""
        while not self._enough.is_set():
            await self._intake.relieved.wait()
            await asyncio.sleep(self._timings.before_subscribing)
            self._anew.clear()  # whoever asks from here on may mean that this very attempt came too early
            try:
                subscription = await rpc.call("subscribeReceive", self._with_account({}), timeout=self._timings.call)
            except SignalError:
                self._counters.count(SUBSCRIBE_FAILED)
                raise
            await self._receive_until_asked_to_pause(rpc, subscription)
        await asyncio.Event().wait()

    async def _receive_until_asked_to_pause(self, rpc: RpcClient, subscription: object) -> None:
        self._quiet.clear()
        self._subscribed.set()
        self._on_subscribed()
        try:
            await _first_of(self._intake.troubled, self._enough, self._anew)
            await self._wait_for_lull(rpc)
            await rpc.call(
                "unsubscribeReceive",
                self._with_account({"subscription": subscription}),
                timeout=self._timings.farewell,
            )
        finally:
            self._subscribed.clear()
            self._quiet.set()
            self._on_lost()

    async def _wait_for_lull(self, rpc: RpcClient) -> None:
        """signal-cli drops the message that it is decrypting while it is asked to stop; so ask between two."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._timings.lull_within):
                heard = -1
                while heard != rpc.lines_heard:
                    heard = rpc.lines_heard
                    await asyncio.sleep(self._timings.lull)

    def _line_on_call_connection(self, _: bytes) -> None:
        # A daemon that receives by itself tells every connection; the receiving one has the same line.
        self._counters.count(LINE_ON_CALL_CONNECTION)


async def _first_of(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
