"""What is done again and again: signs of life, rows left lying, and erasing what has served (SPEC: Privacy)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.clock import Clock
from bot.domain.check_in import Stage
from bot.domain.details import STARTS_HEARD_LATE, WAITS_FOR_START
from bot.domain.outgoing import Fact, Purpose
from bot.domain.timing import Timing
from bot.errors import StorageError, StorageUnavailable
from bot.log import Log
from bot.use_cases.follow_clock import follow_clock, whom_clock_concerns
from bot.use_cases.term import begin_missing_terms
from bot.use_cases.voice import Voice
from storage.records import Records
from storage.transactions import Touched
from storage.unit_of_work import Store

T = TypeVar("T")

BEAT_EVERY = timedelta(seconds=15)
PURGE_EVERY = timedelta(minutes=10)
AWAY_IF_LONGER = timedelta(minutes=1)


class Upkeep:
    """Recurring work; each looks after its own errors, for the next round comes soon."""

    def __init__(self, store: Store, clock: Clock, timing: Timing, log: Log) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing
        self._log = log
        self._erased = False
        store.after_commit(self._note)

    def _note(self, touched: Touched) -> None:
        self._erased = self._erased or touched.erased

    async def beat(self) -> None:
        """Remember that the bot is alive, and follow when the keys were rotated beside it."""
        now = self._clock.now()
        try:
            if not await self._store.run(lambda records: _beat(records, now)):
                self._log.tell_warning("key_not_seen")
        except StorageError as error:
            self._log.failure("beat_not_kept", error)

    async def purge(self) -> None:
        """Erase closed check-ins and messages long done, from SQLite's log file too."""
        before = self._clock.now() - self._timing.keep_closed
        try:
            await self._store.run(lambda records: _purge(records, before))
            waiting_since = self._clock.now() - WAITS_FOR_START - STARTS_HEARD_LATE
            await self._store.run(lambda records: _purge_details(records, waiting_since))
            await self._store.checkpoint()
        except StorageError as error:
            self._erased = True
            self._log.failure("not_purged", error)

    async def erase_files(self) -> None:
        """Erase the files of what has been erased, one at a time, so that nothing waits for a large one; and what she
        left from the database's own log."""
        erased, self._erased = self._erased, False
        try:
            with_files = False
            while await self._store.run(lambda records: records.details.erase_one_file_of_nobody()):
                with_files = True
            if with_files:
                await self._store.checkpoint()
            elif erased:
                await self._store.checkpoint_if_cheap()
        except StorageError as error:
            self._erased = True
            self._log.failure("files_not_erased", error)

    async def begin_terms(self) -> None:
        """Pairings of an earlier version, which held for ever, get an end like all others; first of all a long term."""
        now = self._clock.now()
        try:
            await self._store.run(lambda records: begin_missing_terms(records, now, self._timing))
        except StorageError as error:
            self._log.failure("terms_not_begun", error)

    async def follow_clock(self) -> None:
        """The clock was set back, or may have been: no open alert waits for the old time."""
        await self._until_possible(lambda records: records.deadlines.hurry(self._clock.now()))
        concerned = await self._until_possible(lambda records: whom_clock_concerns(records, self._clock.now()))
        for person_id in concerned or []:
            await self._until_possible(partial(self._follow_clock, person_id=person_id))

    def _follow_clock(self, records: Records, person_id: str) -> None:
        follow_clock(records, person_id, self._clock.now(), self._timing)

    async def _until_possible(self, unit: Callable[[Records], T]) -> T | None:
        while True:
            try:
                return await self._store.run(unit)
            except StorageUnavailable as error:
                self._log.failure("clock_not_followed", error)
                await asyncio.sleep(1.0)
            except (StorageError, LookupError, ValueError) as error:  # one damaged row must not hold up other alerts
                self._log.failure("clock_not_followed_here", error)
                return None

    async def last_beat(self) -> datetime | None:
        """When the bot was last alive before this start."""
        return await self._store.run(lambda records: records.beats.last())

    async def tell_of_absence(self, since: datetime | None) -> None:
        """People with an open check-in are told from when to when the bot was away."""
        now = self._clock.now()
        if since is None or now - since < AWAY_IF_LONGER:
            return
        try:
            await self._store.run(lambda records: _tell_of_absence(records, since, now))
        except StorageError as error:
            self._log.failure("absence_not_told", error)


def _beat(records: Records, now: datetime) -> bool:
    """Whether the key is seen under which rows are sealed now."""
    records.beats.beat(now)
    return records.seals.follow()


def _purge(records: Records, before: datetime) -> None:
    records.check_ins.purge_closed(before)
    records.alarms.purge_closed(before)
    records.inbox.purge(before)
    records.outbox.purge(before)
    records.invites.purge(before)


def _purge_details(records: Records, before: datetime) -> None:
    records.details.purge_waiting(before)
    records.details.purge_arrived()


def _tell_of_absence(records: Records, since: datetime, now: datetime) -> None:
    for check_in in records.check_ins.open_all():
        if check_in.started_at > since:
            continue
        ahead = check_in.stage is Stage.ARMED and check_in.deadline > now
        facts: dict[str, Fact] = {"from_time": since, "to_time": now, "until": check_in.deadline}
        text = "away.was_away" if ahead else "away.was_away_late"
        Voice(records, now, check_in.id).to_person(check_in.person_id, Purpose.NOTICE, text, facts)
