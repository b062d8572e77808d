"""Looking after groups: who is a full member, and a known fault of signal-cli that a look mends (DESIGN, Signal)."""

import asyncio
from contextlib import suppress
from datetime import datetime

from bot.clock import Clock
from bot.errors import SealBroken, StorageError
from bot.group_making import amiss
from bot.log import Log
from bot.transport.accounts import GroupFacts
from bot.transport.calls import SignalCalls
from bot.transport.errors import Refusal, SignalError, SignalRefused, SignalTimeout, SignalUnavailable
from bot.use_cases.group_members import note_members
from bot.use_cases.voice import Voice
from bot.wanted_groups import WantedGroup, wanted_group
from storage.records import Records
from storage.unit_of_work import Store

AGAIN_AFTER = 5.0
"""Seconds after which a group is tried again while signal-cli is away or does not answer."""
TRIES_WITHOUT_ANSWER = 3
LOOKS_A_MINUTE = 5
"""At one group: whoever is in it could have it looked at without pause."""
_MINUTE = 60.0


class GroupCare:
    """Looks at groups one after the other, each once however often it was reported meanwhile."""

    def __init__(self, signal: SignalCalls, store: Store, clock: Clock, log: Log) -> None:
        self._signal = signal
        self._store = store
        self._clock = clock
        self._log = log
        self._changed: dict[str, int] = {}
        self._looks: dict[str, list[float]] = {}
        self._nudged = asyncio.Event()

    def changed(self, signal_group_id: str) -> None:
        """Signal reported a change, or the group has just been made."""
        self._changed.setdefault(signal_group_id, 0)
        self._nudged.set()

    async def run(self) -> None:
        """Until cancelled. A signal-cli that is away is waited for; what else fails is tried at the next change, and by
        any send that fails."""
        while True:
            await self._nudged.wait()
            self._nudged.clear()
            while self._changed:
                if not (ready := self._ready()):
                    await self._rest()
                    continue
                signal_group_id = ready[-1]
                unanswered = self._changed.pop(signal_group_id)
                self._looks[signal_group_id].append(asyncio.get_running_loop().time())
                if not await self._is_done_with(signal_group_id, unanswered):
                    self._changed = {signal_group_id: unanswered + 1, **self._changed}  # the others first
                    await asyncio.sleep(AGAIN_AFTER)

    async def _rest(self) -> None:
        """Until another group has changed, or for a while."""
        self._nudged.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(AGAIN_AFTER):
                await self._nudged.wait()

    def _ready(self) -> list[str]:
        """Those that have not been looked at too often within a minute."""
        since = asyncio.get_running_loop().time() - _MINUTE
        recent = {each: [at for at in looks if at > since] for each, looks in self._looks.items()}
        self._looks = {each: looks for each, looks in recent.items() if looks or each in self._changed}
        return [each for each in self._changed if len(self._looks.setdefault(each, [])) < LOOKS_A_MINUTE]

    async def look(self, signal_group_id: str) -> None:
        """Ask Signal who is a full member, and keep it. Raises SignalError and StorageError."""
        facts: GroupFacts | None = None
        try:
            facts = await self._signal.group(signal_group_id)
            members = facts.members if facts.is_member else frozenset()
        except SignalRefused as refused:
            if refused.reason not in (Refusal.GROUP_NOT_FOUND, Refusal.NOT_A_MEMBER):
                raise
            members = frozenset()
        now = self._clock.now()
        await self._store.run(lambda records: note_members(records, signal_group_id, members, now))
        if facts is not None and await self._is_amiss(facts):
            await self._store.run(lambda records: _have_mended(records, signal_group_id, now))

    async def look_at_all(self) -> None:
        """At every group as signal-cli remembers it, which asks nothing of Signal. One that is not as it should be is
        looked at: the last try to set it up may have been in vain, or a name is another one now."""
        try:
            groups = await self._signal.groups()
        except SignalError:  # the next look comes soon
            self._log.count("groups_not_looked_at")
            return
        for facts in groups:
            if await self._is_amiss(facts):
                self.changed(facts.id)

    async def _is_amiss(self, facts: GroupFacts) -> bool:
        """Whether it is one of ours, and not as it should be. Where something is damaged it is left as it is."""
        try:
            wanted = await self._store.run(lambda records: _wanted(records, facts.id))
        except (SealBroken, LookupError):
            self._log.count("group_not_compared")
            return False
        except StorageError as error:
            self._log.failure("group_not_compared", error)
            return False
        return facts.is_member and wanted is not None and bool(amiss(facts, wanted))

    async def _is_done_with(self, signal_group_id: str, unanswered: int) -> bool:
        """Whether no further try is needed, after so many that brought no answer."""
        try:
            if await self._is_ours(signal_group_id):
                await self._repair_and_look(signal_group_id)
        except SignalUnavailable:
            self._log.count("group_waits_for_signal_cli")
            return False
        except SignalTimeout:
            if unanswered < TRIES_WITHOUT_ANSWER:
                return False
            self._log.tell_warning("group_not_looked_at")
        except SignalError:  # signal-cli's or Signal's trouble, and no fault of our own
            self._log.tell_warning("group_not_looked_at")
        except StorageError as error:
            self._log.failure("group_not_looked_at", error)
        return True

    async def _is_ours(self, signal_group_id: str) -> bool:
        """Strangers may make groups with the bot: the call that mends would accept their invitation."""
        return await self._store.run(lambda records: records.groups.by_signal_id(signal_group_id) is not None)

    async def _repair_and_look(self, signal_group_id: str) -> None:
        try:
            await self._signal.repair_group(signal_group_id)
        except (SignalUnavailable, SignalTimeout):
            raise
        except SignalError:  # the look tells what is the matter
            self._log.tell_warning("group_not_repaired")
        await self.look(signal_group_id)


def _wanted(records: Records, signal_group_id: str) -> WantedGroup | None:
    group = records.groups.by_signal_id(signal_group_id)
    return None if group is None else wanted_group(records, group.id)


def _have_mended(records: Records, signal_group_id: str, now: datetime) -> None:
    group = records.groups.by_signal_id(signal_group_id)
    if group is not None:
        Voice(records, now).mend_group(group.id)
