"""Other bots on the same database: what one of them had in hand when it died is taken over by those that live.

Otherwise it would wait for the end of its lease, or for the next start; and what she wrote in time, and a bot that died
just then had taken in, would not prevent the alert.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from bot.errors import SealBroken, StorageError
from bot.log import Log
from bot.use_cases.alert_not_sent import alert_left_behind
from storage.records import Records
from storage.single_process import Ownership, dead_owners, release_leases
from storage.unit_of_work import Store

LOOK_EVERY = timedelta(seconds=2)
"""Two looks are shorter than a deadline waits for earlier messages (`scheduler.due.INBOX_FIRST`)."""


class FellowBots:
    """Takes a bot for dead that was not there at two looks in a row: one that runs renews its ownership at each."""

    def __init__(self, store: Store, ownership: Ownership, on_freed: Callable[[], Awaitable[None]], log: Log) -> None:
        """`on_freed`: there may be messages that nobody has in hand any more."""
        self._store = store
        self._ownership = ownership
        self._on_freed = on_freed
        self._log = log
        self._missed: frozenset[str] = frozenset()

    def look_often(self, every: Callable[[timedelta, Callable[[], Awaitable[None]], str], None]) -> None:
        """Have `every` see to it, where there can be others at all."""
        if not self._ownership.is_alone:
            every(LOOK_EVERY, self.look, "fellows")

    async def look(self) -> None:
        """Look who is there; own errors are told, for the next look comes soon."""
        try:
            await asyncio.to_thread(self._ownership.renew)
            dead = await self._store.run(self._take_over)
        except StorageError as error:
            self._log.failure("fellows_not_looked_at", error)
            self._missed = frozenset()
            await self._on_freed()  # perhaps it was done all the same, and only the answer was lost
            return
        taken_over, self._missed = dead & self._missed, dead - self._missed
        if taken_over:
            self._log.tell_warning("fellow_taken_over", bots=len(taken_over))
            await self._on_freed()

    def _take_over(self, records: Records) -> frozenset[str]:
        dead = dead_owners(records, self._ownership)
        _release(records, dead & self._missed)
        return dead


async def take_over_at_start(store: Store, ownership: Ownership) -> None:
    """Free what dead bots had in hand; where others can run beside this one, only of those missing at two looks."""
    dead = await store.run(lambda records: dead_owners(records, ownership))
    if dead and not ownership.is_alone:
        await asyncio.sleep(LOOK_EVERY.total_seconds())
        dead &= await store.run(lambda records: dead_owners(records, ownership))
    if dead:
        await store.run(lambda records: _release(records, dead))


def _release(records: Records, dead: frozenset[str]) -> None:
    """No file of hers comes out of the blue: see `alert_left_behind`."""
    for row_id in release_leases(records, dead):
        with suppress(SealBroken, LookupError):  # what is damaged must not keep the bot from starting
            alert_left_behind(records, row_id)
