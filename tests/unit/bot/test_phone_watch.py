"""Looking for new phones: a look that fails changes nothing, and nobody waits for it."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest

from bot.domain.timing import Timing
from bot.log import Log
from bot.phone_watch import AGAIN_AFTER, NOT_SOONER, PhoneWatch
from bot.practice.virtual_time import VirtualClock
from bot.transport.accounts import Identity
from bot.transport.errors import SignalTimeout, SignalUnavailable
from storage.records import Records
from storage.tables import phones
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, FakeCalls


class Calls(FakeCalls):
    """Knows keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = {ANA: "05 01", BO: "05 02"}

    async def identities(self, aci: str | None = None) -> tuple[Identity, ...]:
        self._note("identities", aci)
        asked = self.keys if aci is None else {aci: self.keys[aci]}
        return tuple(Identity(one, key, "TRUSTED_UNVERIFIED", None) for one, key in asked.items())


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
async def watch(
    calls: Calls, store: Store, clock: VirtualClock, request: pytest.FixtureRequest
) -> AsyncIterator[PhoneWatch]:
    """With a parameter, the first look ends with that error."""
    if hasattr(request, "param"):
        calls.errors["identities"] = [request.param]
    now = clock.now()
    await store.run(lambda records: records.people.add(ANA, now))
    watch = PhoneWatch(calls, store, clock, Timing(), Log(clock, io.StringIO()))
    running = asyncio.ensure_future(watch.run())
    yield watch
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def kept(store: Store) -> list[str]:
    def read(records: Records) -> list[str]:
        return [row.key_lookup for row in records.scope.connection.execute(phones.select())]

    return await store.run(read)


async def test_at_the_start_those_of_people_are_kept(watch: PhoneWatch, calls: Calls, store: Store) -> None:
    await asyncio.sleep(1)
    assert len(await kept(store)) == 1


@pytest.mark.parametrize("watch", [SignalTimeout(), SignalUnavailable()], indirect=True)
async def test_a_look_that_fails_is_made_again(watch: PhoneWatch, calls: Calls, store: Store) -> None:
    await asyncio.sleep(1)
    assert await kept(store) == []
    await asyncio.sleep(AGAIN_AFTER)
    assert len(await kept(store)) == 1


async def test_a_failed_look_leaves_what_is_kept(watch: PhoneWatch, calls: Calls, store: Store) -> None:
    await asyncio.sleep(1)
    before = await kept(store)
    calls.errors["identities"] = [SignalTimeout()]
    await watch.look_and_tell()
    assert await kept(store) == before


async def test_many_messages_are_one_look_at_their_writer_alone(watch: PhoneWatch, calls: Calls, store: Store) -> None:
    """signal-cli works out a safety number for each key it is asked for: not for everybody's at each message."""
    await asyncio.sleep(1)
    calls.keys[ANA] = "05 03"
    before, looks = await kept(store), len(calls.calls)
    for _ in range(100):
        watch.nudge(ANA)
    await asyncio.sleep(NOT_SOONER / 2)
    assert calls.calls[looks:] == [("identities", ANA)]
    assert await kept(store) != before


async def test_strangers_are_not_looked_at(watch: PhoneWatch, calls: Calls) -> None:
    await asyncio.sleep(1)
    looks = len(calls.calls)
    for number in range(100):
        watch.nudge(f"stranger {number}")
    await asyncio.sleep(NOT_SOONER / 2)
    assert len(calls.calls) == looks


async def test_a_look_at_a_writer_that_fails_is_left_to_the_regular_one(
    watch: PhoneWatch, calls: Calls, store: Store
) -> None:
    await asyncio.sleep(1)
    calls.keys[ANA] = "05 03"
    before = await kept(store)
    calls.errors["identities"] = [SignalTimeout()]
    watch.nudge(ANA)
    await asyncio.sleep(NOT_SOONER + 1)
    assert await kept(store) == before
    await watch.look_and_tell()
    assert await kept(store) != before


async def test_who_comes_back_after_leaving_is_seen_anew(
    watch: PhoneWatch, calls: Calls, store: Store, clock: VirtualClock
) -> None:
    await asyncio.sleep(1)
    now = clock.now()

    def leave_and_come_back(records: Records) -> None:
        person = records.people.by_account(ANA)
        assert person is not None
        records.people.remove(person.id)
        records.people.add(ANA, now)

    await store.run(leave_and_come_back)
    await watch.look_and_tell()
    assert len(await kept(store)) == 1
