"""After every change of a group: look at it again, which also mends a known fault of signal-cli (DESIGN, Signal)."""

import asyncio

from bot.log import Log
from bot.transport.calls import SignalCalls
from bot.transport.errors import SignalError


class GroupCare:
    """Repairs groups one after the other, each once however often it was reported meanwhile."""

    def __init__(self, signal: SignalCalls, log: Log) -> None:
        self._signal = signal
        self._log = log
        self._changed: dict[str, None] = {}
        self._nudged = asyncio.Event()

    def changed(self, signal_group_id: str) -> None:
        """Signal reported a change."""
        self._changed[signal_group_id] = None
        self._nudged.set()

    async def run(self) -> None:
        """Until cancelled. What fails is tried at the next change, and by any send that fails."""
        while True:
            await self._nudged.wait()
            self._nudged.clear()
            while self._changed:
                signal_group_id, _ = self._changed.popitem()
                try:
                    await self._signal.repair_group(signal_group_id)
                    await self._signal.group(signal_group_id)
                except SignalError as error:
                    self._log.failure("group_not_repaired", error)
