"""Which yes stands on which message, on both databases."""

from datetime import timedelta

from storage import receipts
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START

SENT_MS = 1795406620280
DAY = timedelta(days=1)


async def test_a_yes_stands_until_it_is_taken_away_or_old(store: Store) -> None:
    bo = (await store.run(lambda records: records.people.add("bo's account", START))).id
    cy = (await store.run(lambda records: records.people.add("cy's account", START))).id

    async def stands(person_id: str, sent_ms: int = SENT_MS) -> bool:
        return await store.run(lambda records: records.counted_yes.stands(person_id, sent_ms))

    assert not await stands(bo)
    for _ in range(2):
        await store.run(lambda records: records.counted_yes.note(bo, SENT_MS, START))
    assert await stands(bo)
    assert (await stands(cy), await stands(bo, SENT_MS + 1)) == (False, False)
    await store.run(lambda records: records.counted_yes.forget(bo, SENT_MS))
    assert not await stands(bo)
    await store.run(lambda records: records.counted_yes.note(bo, SENT_MS, START))
    await store.run(lambda records: records.outbox.purge(START + DAY))
    assert not await stands(bo)


async def test_it_is_no_receipt_that_came_early(store: Store) -> None:
    """The yes may be here before the note that its message has left."""
    bo = (await store.run(lambda records: records.people.add("bo's account", START))).id
    await store.run(lambda records: records.counted_yes.note(bo, SENT_MS, START))
    await store.run(lambda records: records.outbox.note_receipt(bo, [SENT_MS], "read", START))

    def apply_and_look(records: Records) -> bool:
        receipts.apply_early(records.scope, "a row", bo, None, SENT_MS)
        return records.counted_yes.stands(bo, SENT_MS)

    assert await store.run(apply_and_look)
