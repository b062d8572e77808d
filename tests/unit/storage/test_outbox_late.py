"""A try is known to have reached Signal only when the row counts as unknown, and perhaps is in hand anew."""

from datetime import timedelta

from bot.domain.outgoing import UNKNOWN, Purpose, ToPerson
from storage.leases import Lease
from storage.outbox import OutboxRow, OutboxState
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.letters import MINE, SECOND, alert, all_clear, claim, ids_of, queue

AGAIN = Lease("me", START + timedelta(minutes=2))


async def _unknown(store: Store, bo: ToPerson) -> tuple[str, str]:
    """An alert whose first try ended so, and an all-clear behind it."""
    row_id, clear = await store.run(queue(alert(bo, check_in_id="c"), all_clear(bo, check_in_id="c")))
    assert await ids_of(store, claim(urgent=True)) == [row_id]
    assert await store.run(lambda records: records.outbox.still_to_send(row_id, MINE))
    await store.run(lambda records: records.outbox.record_retry(row_id, START + SECOND, UNKNOWN))
    return row_id, clear


async def _row(store: Store, row_id: str) -> OutboxRow:
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    return row


async def test_it_is_sent_then_and_what_is_behind_it_may_leave(store: Store, bo: ToPerson) -> None:
    row_id, clear = await _unknown(store, bo)
    await store.run(lambda records: records.outbox.record_sent(row_id, 5, START, late=True))
    row = await _row(store, row_id)
    assert (row.state, row.sent_ms, row.failure) == (OutboxState.SENT, 5, None)
    assert await ids_of(store, claim(urgent=True, after=2 * SECOND)) == [clear]


async def test_nothing_overtakes_a_try_that_has_begun_since(store: Store, bo: ToPerson) -> None:
    row_id, clear = await _unknown(store, bo)
    assert await ids_of(store, claim(urgent=True, after=SECOND, lease=AGAIN)) == [row_id]
    await store.run(lambda records: records.outbox.record_sent(row_id, 5, START, late=True))
    row = await _row(store, row_id)
    assert (row.state, row.sent_ms, row.failure) == (OutboxState.SENT, 5, UNKNOWN)
    assert await ids_of(store, claim(urgent=True, after=2 * SECOND)) == []
    assert not await store.run(lambda records: records.outbox.still_to_send(row_id, AGAIN))
    assert await ids_of(store, claim(urgent=True, after=2 * SECOND)) == [clear]
    assert (await _row(store, row_id)).state is OutboxState.SENT


async def test_the_lease_of_somebody_else_is_left_alone(store: Store, bo: ToPerson) -> None:
    row_id, _ = await _unknown(store, bo)
    await store.run(claim(urgent=True, after=SECOND, lease=AGAIN))
    await store.run(lambda records: records.outbox.record_sent(row_id, 5, START, late=True))
    assert not await store.run(lambda records: records.outbox.still_to_send(row_id, MINE))
    assert await ids_of(store, claim(urgent=True, after=2 * SECOND)) == []


async def test_of_several_copies_the_last_names_it(store: Store, bo: ToPerson) -> None:
    row_id, _ = await _unknown(store, bo)
    for sent_ms, late, kept in ((7, False, 7), (5, True, 7), (9, True, 9)):
        await store.run(
            lambda records, sent_ms=sent_ms, late=late: records.outbox.record_sent(  # type: ignore[misc]
                row_id, sent_ms, START, late=late
            )
        )
        assert (await _row(store, row_id)).sent_ms == kept


async def test_withdrawn_meanwhile_it_stays_so_and_keeps_its_time_stamp(store: Store, bo: ToPerson) -> None:
    row_id, _ = await _unknown(store, bo)
    await store.run(lambda records: records.outbox.withdraw("c", [Purpose.ALERT]))
    await store.run(lambda records: records.outbox.record_sent(row_id, 5, START, late=True))
    row = await _row(store, row_id)
    assert (row.state, row.sent_ms, row.text) == (OutboxState.WITHDRAWN, 5, None)
