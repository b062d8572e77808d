"""Looking after groups: who is a full member, and a known fault of signal-cli that a look mends (DESIGN, Signal)."""

import asyncio

from bot.clock import Clock
from bot.errors import StorageError
from bot.log import Log
from bot.transport.calls import SignalCalls
from bot.transport.errors import Refusal, SignalError, SignalRefused
from bot.use_cases.group_members import note_members
from storage.unit_of_work import Store


class GroupCare:
    """Looks at groups one after the other, each once however often it was reported meanwhile."""

    def __init__(self, signal: SignalCalls, store: Store, clock: Clock, log: Log) -> None:
        self._signal = signal
        self._store = store
        self._clock = clock
        self._log = log
        self._changed: dict[str, None] = {}
        self._nudged = asyncio.Event()

    def changed(self, signal_group_id: str) -> None:
        """Signal reported a change, or the group has just been made."""
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
                    await self._repair_and_look(signal_group_id)
                except (SignalError, StorageError) as error:
                    self._log.failure("group_not_looked_at", error)

    async def look(self, signal_group_id: str) -> None:
        """Ask Signal who is a full member, and keep it. Raises SignalError and StorageError."""
        try:
            facts = await self._signal.group(signal_group_id)
            members = facts.members if facts.is_member else frozenset()
        except SignalRefused as refused:
            if refused.reason not in (Refusal.GROUP_NOT_FOUND, Refusal.NOT_A_MEMBER):
                raise
            members = frozenset()
        now = self._clock.now()
        await self._store.run(lambda records: note_members(records, signal_group_id, members, now))

    async def _repair_and_look(self, signal_group_id: str) -> None:
        try:
            await self._signal.repair_group(signal_group_id)
        except SignalError as error:  # the look tells what is the matter
            self._log.failure("group_not_repaired", error)
        await self.look(signal_group_id)
