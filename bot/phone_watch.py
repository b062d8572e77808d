"""Looking for phones whose safety number has changed: signal-cli, which trusts them all, tells of none by itself."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.clock import Clock
from bot.domain.new_phone import SeenKey
from bot.domain.timing import Timing
from bot.errors import StorageError
from bot.log import Log
from bot.transport.accounts import Identity
from bot.transport.calls import SignalCalls
from bot.transport.errors import SignalError
from bot.use_cases.new_phones import note_phones, people_among, tell_of_new_phones
from storage.unit_of_work import Store

AGAIN_AFTER = 20.0
"""Seconds after which it is looked again where the look failed."""
NOT_SOONER = 5.0
"""Seconds between two looks at those who wrote, however much happens."""
_AT_ONCE = 50  # keys in one unit of work: nothing else may have to wait for it


class PhoneWatch:
    """Looks at everybody at the start and again and again, and soon at whoever wrote: a new phone shows by its first
    message. To be asked for everybody's keys is much work for signal-cli, so that is done at the regular looks alone.

    Those to whom a buddy's phone is new are told after the regular looks alone: when that is must not depend on who
    else writes, or her phone would show that her buddies have something to talk about.
    """

    def __init__(self, signal: SignalCalls, store: Store, clock: Clock, timing: Timing, log: Log) -> None:
        self._signal = signal
        self._store = store
        self._clock = clock
        self._timing = timing
        self._log = log
        self._kept: dict[str, str] = {}
        self._wrote: set[str] = set()
        self._nudged = asyncio.Event()

    def nudge(self, account: str) -> None:
        """This account wrote, perhaps from a new phone: look soon."""
        self._wrote.add(account)
        self._nudged.set()

    async def run(self) -> None:
        """Until cancelled: look at the start, until that has gone well once, then after each nudge."""
        while not await self._look():
            await asyncio.sleep(AGAIN_AFTER)
        await self._tell()
        while True:
            await self._nudged.wait()
            self._nudged.clear()
            wrote, self._wrote = self._wrote, set()
            await self._look_at(wrote)
            await asyncio.sleep(NOT_SOONER)

    async def look_and_tell(self) -> None:
        """The regular look, at everybody anew: who came back after a /forget is known to nobody. One that fails changes
        nothing."""
        self._kept.clear()
        await self._look()
        await self._tell()

    async def _look(self) -> bool:
        """Note what has changed with anybody. Whether it went well."""
        try:
            await self._keep_all(await self._signal.identities())
        except (SignalError, StorageError) as error:
            self._did_not_work(error)
            return False
        return True

    async def _look_at(self, accounts: set[str]) -> None:
        """The same for the people among these; what does not work now is noted at the next regular look."""
        try:
            for account in await self._store.run(lambda records: people_among(records, accounts)):
                await self._keep_all(await self._signal.identities(account))
        except (SignalError, StorageError) as error:
            self._did_not_work(error)

    def _did_not_work(self, error: SignalError | StorageError) -> None:
        if isinstance(error, StorageError):
            self._log.failure("phones_not_noted", error)
        else:  # signal-cli's or Signal's trouble, and no fault of our own
            self._log.count("phones_not_looked_at")

    async def _keep_all(self, listed: Sequence[Identity]) -> None:
        fresh = self._fresh(listed)
        for start in range(0, len(fresh), _AT_ONCE):
            await self._keep(fresh[start : start + _AT_ONCE])

    async def _tell(self) -> None:
        now = self._clock.now()
        try:
            await self._store.run(lambda records: tell_of_new_phones(records, now))
        except StorageError as error:
            self._log.failure("new_phones_not_told", error)

    def _fresh(self, listed: Sequence[Identity]) -> list[SeenKey]:
        """Those that are not kept yet; of somebody's several the newest."""
        now = self._clock.now()
        newest = {one.aci: one for one in sorted(listed, key=lambda one: one.added_ms or 0)}
        return [
            SeenKey(aci, one.fingerprint, _moment(one.added_ms, now))
            for aci, one in newest.items()
            if self._kept.get(aci) != one.fingerprint
        ]

    async def _keep(self, keys: list[SeenKey]) -> None:
        """Strangers are looked at again, for they may have come in by then."""
        now = self._clock.now()
        known = set(await self._store.run(lambda records: note_phones(records, keys, now, self._timing)))
        self._kept |= {key.account: key.fingerprint for key in keys if key.account in known}


def _moment(milliseconds: int | None, now: datetime) -> datetime:
    try:
        return now if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return now
