"""What a bot had in hand when it died is taken over by those that live, and nothing of one that lives."""

import asyncio
import io
from dataclasses import dataclass, field

import pytest

from bot.errors import StorageUnavailable
from bot.fellow_bots import LOOK_EVERY, FellowBots, take_over_at_start
from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from scheduler.due import INBOX_FIRST
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.virtual import HOUR


@dataclass
class Rights:
    """Who runs, as the database knows it."""

    owner: str = "me"
    is_alone: bool = False
    living: set[str] = field(default_factory=set)
    is_away: bool = False

    def is_alive(self, owner: str, records: Records) -> bool:
        return owner in self.living

    def renew(self) -> None:
        if self.is_away:
            raise StorageUnavailable

    def give_up(self) -> None:
        pass


class Company:
    """Somebody else has a message in hand."""

    def __init__(self, store: Store, clock: VirtualClock) -> None:
        self.store = store
        self.clock = clock
        self.rights = Rights()
        self.log = Log(clock, io.StringIO())
        self.freed = 0
        self.fellows = FellowBots(store, self.rights, self._on_freed, self.log)

    async def _on_freed(self) -> None:
        self.freed += 1

    async def take_in(self, owner: str) -> None:
        now = self.clock.now()
        lease = Lease(owner, now + HOUR)
        await self.store.run(lambda records: records.inbox.add("bot", "ana", 1, now, now, {}, lease))

    async def is_free(self) -> bool:
        """Whether nobody has the message in hand; then "me" has."""
        now = self.clock.now()
        lease = Lease("me", now + HOUR)
        return bool(await self.store.run(lambda records: records.inbox.claim_waiting(now, 1, lease)))


async def test_what_a_dead_bot_had_in_hand_is_free_at_the_second_look(store: Store, clock: VirtualClock) -> None:
    company = Company(store, clock)
    await company.take_in("other")
    await company.fellows.look()
    assert company.freed == 0
    await company.fellows.look()
    assert company.freed == 1
    assert await company.is_free()
    await company.fellows.look()
    assert company.freed == 1


async def test_a_bot_that_is_there_again_at_the_next_look_keeps_what_it_has(store: Store, clock: VirtualClock) -> None:
    company = Company(store, clock)
    await company.take_in("other")
    for is_there in (False, True, False):
        company.rights.living = {"other"} if is_there else set()
        await company.fellows.look()
    assert company.freed == 0
    assert not await company.is_free()


async def test_while_the_database_is_away_nobody_is_taken_for_dead(store: Store, clock: VirtualClock) -> None:
    company = Company(store, clock)
    await company.take_in("other")
    company.rights.is_away = True
    for _ in range(3):
        await company.fellows.look()
    assert not await company.is_free()
    assert company.log.counts["fellows_not_looked_at"] == 3


def test_two_looks_fit_into_the_time_for_which_a_deadline_waits_for_what_she_wrote_before() -> None:
    assert 2 * LOOK_EVERY.total_seconds() < INBOX_FIRST


async def test_a_look_that_failed_in_between_makes_no_two_looks_in_a_row(store: Store, clock: VirtualClock) -> None:
    """Found: where the database comes and goes, one that lives had no chance to renew between two looks of another."""
    company = Company(store, clock)
    await company.take_in("other")
    for is_away in (False, True, False):
        company.rights.is_away = is_away
        await company.fellows.look()
    assert not await company.is_free()


@pytest.mark.parametrize("lives", [True, False])
async def test_a_bot_that_starts_looks_twice_before_it_takes_another_for_dead(
    store: Store, clock: VirtualClock, lives: bool
) -> None:
    """The database was started anew: one that lives renews within the time between two looks."""
    company = Company(store, clock)
    await company.take_in("other")
    starting = asyncio.ensure_future(take_over_at_start(store, company.rights))
    await asyncio.sleep(LOOK_EVERY.total_seconds() / 2)
    assert not starting.done()
    if lives:
        company.rights.living.add("other")
    await starting
    assert await company.is_free() is not lives


async def test_where_no_other_can_run_a_start_waits_for_nothing(store: Store, clock: VirtualClock) -> None:
    company = Company(store, clock)
    company.rights.is_alone = True
    await company.take_in("other")
    before = clock.now()
    await take_over_at_start(store, company.rights)
    assert clock.now() == before
    assert await company.is_free()
