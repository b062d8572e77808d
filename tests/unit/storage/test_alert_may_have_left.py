"""Whether an alert may have left: what any try has left open stays open, whatever the next one brings."""

from collections.abc import Callable
from datetime import timedelta

from bot.domain.outgoing import NO_ACCOUNT, NOT_CONNECTED, UNKNOWN, ToPerson
from storage.leases import Lease
from storage.records import Records
from storage.single_process import release_leases
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.letters import SECOND, alert, claim, queue

SOON = timedelta(seconds=5)


def may_have_left(bo: ToPerson) -> Callable[[Records], bool]:
    return lambda records: records.outbox.alert_may_have_left("c", bo.person_id, START)


async def _tried(store: Store, bo: ToPerson, reason: str) -> str:
    (row,) = await store.run(queue(alert(bo, check_in_id="c")))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.record_retry(row, START + SECOND, reason))
    return row


async def test_a_refused_try_has_not_left_and_one_in_hand_may_have(store: Store, bo: ToPerson) -> None:
    await _tried(store, bo, "rate_limit")
    assert not await store.run(may_have_left(bo))
    await store.run(claim(urgent=True, after=SOON))
    assert await store.run(may_have_left(bo))


async def test_unknown_and_then_refused(store: Store, bo: ToPerson) -> None:
    row = await _tried(store, bo, UNKNOWN)
    await store.run(claim(urgent=True, after=SOON))
    await store.run(lambda records: records.outbox.record_retry(row, START + SOON, "rate_limit"))
    assert await store.run(may_have_left(bo))


async def test_unknown_and_then_without_account(store: Store, bo: ToPerson) -> None:
    row = await _tried(store, bo, UNKNOWN)
    await store.run(claim(urgent=True, after=SOON))
    await store.run(lambda records: records.outbox.record_failed(row, NO_ACCOUNT, START + SOON))
    assert await store.run(may_have_left(bo))


async def test_killed_while_it_was_sent(store: Store, bo: ToPerson) -> None:
    row = await _tried(store, bo, "rate_limit")
    await store.run(claim(urgent=True, after=SOON, lease=Lease("dead", START + timedelta(minutes=3))))
    await store.run(lambda records: release_leases(records, ["dead"]))
    assert await store.run(may_have_left(bo))
    await store.run(claim(urgent=True, after=2 * SOON))
    await store.run(lambda records: records.outbox.record_retry(row, START + 3 * SOON, "rate_limit"))
    assert await store.run(may_have_left(bo))


async def test_a_lease_that_ran_out(store: Store, bo: ToPerson) -> None:
    row = await _tried(store, bo, "rate_limit")
    await store.run(claim(urgent=True, after=SOON, lease=Lease("slow", START + 2 * SOON)))
    await store.run(claim(urgent=True, after=3 * SOON))
    await store.run(lambda records: records.outbox.record_retry(row, START + 4 * SOON, "rate_limit"))
    assert await store.run(may_have_left(bo))


async def test_somebody_may_have_been_told_by_what_a_stalled_network_took(store: Store, bo: ToPerson) -> None:
    """Found by reading: the next try, which met no connection at all, made it count as never told."""
    row_id = await _tried(store, bo, "network")
    await store.run(claim(urgent=True, after=SOON))
    await store.run(lambda records: records.outbox.record_retry(row_id, START + SOON, NOT_CONNECTED))
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert row.may_have_left
    assert not await store.run(may_have_left(bo))


async def test_nobody_was_told_by_what_met_no_connection(store: Store, bo: ToPerson) -> None:
    row_id = await _tried(store, bo, NOT_CONNECTED)
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert not row.may_have_left
