"""JSON-RPC 2.0 over one connection to signal-cli."""

import asyncio
import itertools
import json
from collections.abc import Callable, Mapping

from bot.transport.connection import Connection
from bot.transport.counters import Counters
from bot.transport.errors import Answer, SignalTimeout, SignalUnavailable, answer_from
from bot.transport.late_answers import LateAnswers
from bot.transport.requests import request_line

RECEIVE = "receive"
SEND = "send"
RPC_LINE_MALFORMED = "rpc_line_malformed"
RPC_ANSWER_UNKNOWN = "rpc_answer_unknown"
RPC_METHOD_UNKNOWN = "rpc_method_unknown"


class RpcClient:
    """Calls and notifications of one connection. `run` reads it and does nothing else.

    `on_line` is given every line that is a `receive` notification or cannot be read at all: what might
    have been a message is kept as it came, and looked into later.
    """

    def __init__(self, connection: Connection, on_line: Callable[[bytes], None], counters: Counters) -> None:
        self._connection = connection
        self._on_line = on_line
        self._counters = counters
        self._ids = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Answer]] = {}
        self._late = LateAnswers()
        self._ended = False
        self.lines_heard = 0
        """How many lines came so far: a sign of life of the other side."""

    async def run(self) -> None:
        """Read until the connection ends; then every call that still waits ends with SignalTimeout."""
        try:
            while line := await self._connection.read_line():
                self.lines_heard += 1
                self._sort(line)
        except OSError:
            return
        finally:
            self._end()

    async def call(self, method: str, params: Mapping[str, object] | None = None, *, timeout: float) -> object:
        """Call and return the result.

        `timeout` is in seconds. Raises SignalUnavailable (the call did not leave), SignalTimeout (it may
        have been carried out) or SignalRefused.
        """
        return (await self.ask(method, params, timeout=timeout)).result_or_raise()

    async def ask(self, method: str, params: Mapping[str, object] | None = None, *, timeout: float) -> Answer:
        """Like `call`, but an error is an answer too. Raises SignalUnavailable or SignalTimeout.

        Where a message was to be sent, the SignalTimeout has the answer that may still come.
        """
        call_id = str(next(self._ids))
        line = await request_line(call_id, method, params or {})
        if self._ended:
            raise SignalUnavailable
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[call_id] = answer
        try:
            async with asyncio.timeout(timeout):
                await self._connection.write_line(line)
                return await asyncio.shield(answer)
        except TimeoutError:
            if answer.done():  # in the very moment in which it was given up
                return answer.result()
            raise SignalTimeout(self._late.await_further(call_id, answer) if method == SEND else None) from None
        except OSError:
            raise SignalTimeout from None
        finally:
            del self._waiting[call_id]
            # The connection may have ended while this call was given up; nobody asks the future any more.
            if answer.done() and not answer.cancelled():
                answer.exception()

    async def close(self) -> None:
        """Close the connection. Never raises."""
        self._end()
        await self._connection.close()

    def _sort(self, line: bytes) -> None:
        try:
            whole = json.loads(line)
        except (ValueError, RecursionError):
            whole = None
        if not isinstance(whole, dict):
            self._counters.count(RPC_LINE_MALFORMED)
            self._on_line(line)
        elif whole.get("method") == RECEIVE:
            self._on_line(line)
        elif "method" in whole:
            self._counters.count(RPC_METHOD_UNKNOWN)
        else:
            self._settle(whole)

    def _settle(self, response: Mapping[str, object]) -> None:
        call_id = str(response.get("id"))
        answer = self._waiting.get(call_id) or self._late.take(call_id)
        if answer is None or answer.done():
            self._counters.count(RPC_ANSWER_UNKNOWN)
        else:
            answer.set_result(answer_from(response))

    def _end(self) -> None:
        self._ended = True
        self._late.end()
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(SignalTimeout())
