"""Signs of life, being told of an absence, and erasing what has served (SPEC: "When the bot was down", Privacy)."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.check_in import Stage, Watch
from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.domain.timing import Timing
from bot.errors import StorageUnavailable
from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from bot.upkeep import Upkeep
from storage.leases import Lease
from storage.outbox import OutboxRow
from storage.records import Records
from storage.unit_of_work import Store
from tests.virtual import HOUR, MINUTE, SECOND, armed

DAY = timedelta(days=1)


@pytest.fixture
async def upkeep(store: Store, clock: VirtualClock) -> Upkeep:
    return Upkeep(store, clock, Timing(), Log(clock, io.StringIO()))


async def check_in_until(store: Store, clock: VirtualClock, length: timedelta) -> str:
    def work(records: Records) -> str:
        now = clock.now()
        ana, bo = records.people.add("ana", now), records.people.add("bo", now)
        records.check_ins.add(armed("c" * 32, ana.id, now, now + length, Watch(bo.id, None, 1, on_call=True)))
        return ana.id

    return await store.run(work)


async def said(store: Store, clock: VirtualClock) -> list[OutboxRow]:
    lease = Lease("x", clock.now() + SECOND)
    return await store.run(lambda records: records.outbox.claim(clock.now(), 10, lease, urgent=False))


async def test_the_last_sign_of_life_is_kept(upkeep: Upkeep, clock: VirtualClock) -> None:
    assert await upkeep.last_beat() is None
    await upkeep.beat()
    at = clock.now()
    clock.step(100)
    assert await upkeep.last_beat() == at


async def test_who_has_an_open_check_in_is_told_from_when_to_when_the_bot_was_away(
    upkeep: Upkeep, store: Store, clock: VirtualClock
) -> None:
    ana = await check_in_until(store, clock, 2 * HOUR)
    since = clock.now()
    clock.step(600)
    await upkeep.tell_of_absence(since)
    (row,) = await said(store, clock)
    assert (row.to, row.text) == (ToPerson(ana), "away.was_away")
    assert (row.facts["from_time"], row.facts["to_time"]) == (since, clock.now())


async def test_after_the_deadline_she_is_told_that_it_has_passed(
    upkeep: Upkeep, store: Store, clock: VirtualClock
) -> None:
    await check_in_until(store, clock, MINUTE)
    since = clock.now()
    clock.step(600)
    await upkeep.tell_of_absence(since)
    assert [row.text for row in await said(store, clock)] == ["away.was_away_late"]


@pytest.mark.parametrize("seconds", [0, 59])
async def test_a_short_absence_is_not_worth_a_word(
    upkeep: Upkeep, store: Store, clock: VirtualClock, seconds: int
) -> None:
    await check_in_until(store, clock, HOUR)
    since = clock.now()
    clock.step(seconds)
    await upkeep.tell_of_absence(since)
    assert await said(store, clock) == []


async def test_a_first_start_was_not_away(upkeep: Upkeep, store: Store, clock: VirtualClock) -> None:
    await check_in_until(store, clock, HOUR)
    await upkeep.tell_of_absence(None)
    assert await said(store, clock) == []


async def test_a_check_in_that_began_meanwhile_was_not_affected(
    upkeep: Upkeep, store: Store, clock: VirtualClock
) -> None:
    since = clock.now()
    clock.step(600)
    await check_in_until(store, clock, HOUR)
    await upkeep.tell_of_absence(since)
    assert await said(store, clock) == []


async def close(store: Store, clock: VirtualClock) -> None:
    def work(records: Records) -> None:
        check_in = records.check_ins.get("c" * 32)
        assert check_in is not None
        closed = replace(check_in, stage=Stage.CLOSED, closed_at=clock.now(), step=None, step_at=None)
        records.check_ins.save(closed)

    await store.run(work)


async def test_a_closed_check_in_vanishes_after_a_day(upkeep: Upkeep, store: Store, clock: VirtualClock) -> None:
    await check_in_until(store, clock, HOUR)
    await close(store, clock)
    for step, there in ((DAY - SECOND, True), (2 * SECOND, False)):
        clock.step(step.total_seconds())
        await upkeep.purge()
        found = await store.run(lambda records: records.check_ins.get("c" * 32))
        assert (found is not None) is there


async def test_an_open_check_in_never_vanishes(upkeep: Upkeep, store: Store, clock: VirtualClock) -> None:
    await check_in_until(store, clock, HOUR)
    clock.step(30 * DAY.total_seconds())
    await upkeep.purge()
    assert await store.run(lambda records: records.check_ins.get("c" * 32)) is not None


async def test_what_is_still_to_be_sent_or_answered_is_never_purged(
    upkeep: Upkeep, store: Store, clock: VirtualClock
) -> None:
    ana = await check_in_until(store, clock, HOUR)

    def wait(records: Records) -> None:
        now = clock.now()
        records.outbox.add(Outgoing(ToPerson(ana), Priority.REPLY, Purpose.REPLY, text="x", check_in_id="c" * 32), now)
        records.inbox.add("bot", "ana", 1, now, now, {}, None)

    await store.run(wait)
    await close(store, clock)
    clock.step(30 * DAY.total_seconds())
    await upkeep.purge()
    assert len(await said(store, clock)) == 1
    lease = Lease("x", clock.now() + SECOND)
    assert len(await store.run(lambda records: records.inbox.claim_waiting(clock.now(), 10, lease))) == 1


async def test_recurring_work_survives_a_database_that_is_away(
    upkeep: Upkeep, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(store, "run_inline", away)
    await upkeep.beat()
    await upkeep.purge()
    await upkeep.tell_of_absence(clock.now() - HOUR)


async def test_what_was_purged_leaves_the_log_at_the_next_beat_if_it_could_not_at_once(
    upkeep: Upkeep, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program read the database just then."""
    tries: list[bool] = []

    def empty(_: object) -> None:
        tries.append(len(tries) > 0)
        if not tries[-1]:
            raise StorageUnavailable("read")

    monkeypatch.setattr("storage.unit_of_work.empty_log", empty)
    await upkeep.purge()
    await upkeep.erase_files()
    await upkeep.erase_files()
    assert tries == [False, True]
