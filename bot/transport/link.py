"""One connection to signal-cli that is kept up: made, watched, and made again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.transport.connection import Connection, Endpoint
from bot.transport.counters import Counters
from bot.transport.errors import Answer, SignalError, SignalRefused, SignalUnavailable
from bot.transport.rpc import RpcClient
from bot.transport.timings import Timings

CONNECTION_FAILED = "connection_failed"
CONNECTION_LOST = "connection_lost"
CONNECTION_SILENT = "connection_silent"
_WATCH_METHOD = "version"


class Steps:
    """Pauses between attempts: none, then short ones that double up to the longest, each moved by chance."""

    def __init__(self, timings: Timings, random: Callable[[], float]) -> None:
        self._timings = timings
        self._random = random
        self._next = 0.0

    def next(self) -> float:
        """The pause before the next attempt, in seconds."""
        pause = self._next * (0.5 + self._random() / 2)
        self._next = min(max(2 * self._next, self._timings.first_step), self._timings.longest_step)
        return pause

    def reset(self) -> None:
        """The next attempt is made at once again."""
        self._next = 0.0


class Link:
    """Keeps one connection. `duty` is what must go on while it lasts; when it returns or fails, it is dropped."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        on_line: Callable[[bytes], None],
        duty: Callable[[RpcClient], Awaitable[None]],
        random: Callable[[], float],
        counters: Counters,
        timings: Timings,
    ) -> None:
        self._endpoint = endpoint
        self._on_line = on_line
        self._duty = duty
        self._random = random
        self._counters = counters
        self._timings = timings
        self._rpc: RpcClient | None = None
        self._up = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether calls can leave now."""
        return self._up.is_set()

    async def wait_connected(self) -> None:
        """Return as soon as calls can leave."""
        await self._up.wait()

    async def ask(self, method: str, params: Mapping[str, object], timeout: float) -> Answer:
        """Call over the present connection. Raises SignalUnavailable or SignalTimeout."""
        if self._rpc is None:
            raise SignalUnavailable
        return await self._rpc.ask(method, params, timeout=timeout)

    async def run(self) -> None:
        """Keep the connection until cancelled."""
        loop, steps = asyncio.get_running_loop(), Steps(self._timings, self._random)
        while True:
            await asyncio.sleep(steps.next())
            connection = await self._connect()
            if connection is None:
                continue
            started = loop.time()
            await self._use(connection)
            self._counters.count(CONNECTION_LOST)
            if loop.time() - started >= self._timings.proven_after:
                steps.reset()

    async def _connect(self) -> Connection | None:
        try:
            async with asyncio.timeout(self._timings.connect):
                return await self._endpoint.connect()
        except OSError:  # a timeout is one too
            self._counters.count(CONNECTION_FAILED)
            return None

    async def _use(self, connection: Connection) -> None:
        rpc = self._rpc = RpcClient(connection, self._on_line, self._counters)
        self._up.set()
        tasks = [
            asyncio.ensure_future(rpc.run()),
            asyncio.ensure_future(self._duty(rpc)),
            asyncio.ensure_future(self._watch(rpc)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._up.clear()
            self._rpc = None
            for task in tasks:
                task.cancel()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
            await rpc.close()
        for end in ends:
            if isinstance(end, Exception) and not isinstance(end, SignalError):
                raise end

    async def _watch(self, rpc: RpcClient) -> None:
        """Return when the other side is silent: no answer in time, and no other line either."""
        while True:
            await asyncio.sleep(self._timings.watch_every)
            heard = rpc.lines_heard
            try:
                await rpc.call(_WATCH_METHOD, timeout=self._timings.watch_answer)
            except SignalRefused:
                continue
            except SignalError:
                if rpc.lines_heard == heard:
                    self._counters.count(CONNECTION_SILENT)
                    return
