"""The inbox, on both databases."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from storage.inbox import InboxRow, InboxState
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, MINUTE

BOT, ANA, BO = "the bot", "ana", "bo"
MINE = Lease("me", START + HOUR)


def arrive(
    sender: str = ANA, sent_ms: int = 1, at: datetime = START, lease: Lease | None = None, **body: Any
) -> Callable[[Records], str | None]:
    return lambda records: records.inbox.add(BOT, sender, sent_ms, at, at, body or {"text": "help"}, lease)


async def claim(store: Store, at: datetime = START, lease: Lease = MINE) -> list[InboxRow]:
    return await store.run(lambda records: records.inbox.claim_waiting(at, 10, lease))


async def test_a_message_comes_back_whole(store: Store) -> None:
    body = {"text": "start 2h \ud800\x00 🌙", "nested": {"list": [1, 2.5, None, True]}}
    row_id = await store.run(arrive(**body))
    assert row_id is not None
    row = await store.run(lambda records: records.inbox.get(row_id))
    assert row == InboxRow(row_id, ANA, 1, START, START, body, InboxState.WAITING, 0, None)


async def test_a_message_delivered_twice_is_kept_once(store: Store) -> None:
    row_id = await store.run(arrive())
    assert row_id is not None
    assert await store.run(arrive(text="the same again")) is None
    await store.run(lambda records: records.inbox.finish(row_id, changed=True))
    assert await store.run(arrive()) is None  # also after it was handled
    assert await store.run(arrive(sender=BO)) is not None
    assert await store.run(arrive(sent_ms=2)) is not None


async def test_rows_are_claimed_in_the_servers_receive_order(store: Store) -> None:
    second = await store.run(arrive(sent_ms=1, at=START + MINUTE))
    first = await store.run(arrive(sent_ms=2, at=START))
    third = await store.run(arrive(sent_ms=3, at=START + MINUTE))
    assert [row.id for row in await claim(store)] == [first, second, third]
    assert await claim(store) == []


async def test_a_row_kept_under_a_lease_is_claimed_when_that_runs_out(store: Store) -> None:
    row_id = await store.run(arrive(lease=MINE))
    assert await claim(store, MINE.until - MINUTE) == []
    assert [row.id for row in await claim(store, MINE.until)] == [row_id]


async def test_finishing_erases_the_body_and_happens_once(store: Store) -> None:
    row_id = await store.run(arrive())
    assert row_id is not None
    assert await store.run(lambda records: records.inbox.finish(row_id, changed=False))
    assert not await store.run(lambda records: records.inbox.finish(row_id, changed=True))
    assert not await store.run(lambda records: records.inbox.finish("unknown", changed=True))
    row = await store.run(lambda records: records.inbox.get(row_id))
    assert row is not None
    assert (row.body, row.state, row.changed) == (None, InboxState.DONE, False)


@pytest.mark.parametrize("changed", [True, False])
async def test_whether_a_message_changed_something_is_remembered(store: Store, changed: bool) -> None:
    row_id = await store.run(arrive())
    assert row_id is not None
    assert await store.run(lambda records: records.inbox.changed(ANA, 1)) is None
    await store.run(lambda records: records.inbox.finish(row_id, changed=changed))
    assert await store.run(lambda records: records.inbox.changed(ANA, 1)) is changed
    assert await store.run(lambda records: records.inbox.changed(BO, 1)) is None


async def test_a_change_once_marked_stays(store: Store) -> None:
    row_id = await store.run(arrive())
    assert row_id is not None
    await store.run(lambda records: records.inbox.mark_changed(ANA, 1))
    await store.run(lambda records: records.inbox.finish(row_id, changed=False))
    assert await store.run(lambda records: records.inbox.changed(ANA, 1)) is True


async def test_a_failed_row_counts_and_a_parked_one_is_left_alone(store: Store) -> None:
    row_id = await store.run(arrive())
    assert row_id is not None
    assert await store.run(lambda records: records.inbox.fail(row_id)) == 1
    assert await store.run(lambda records: records.inbox.fail(row_id)) == 2
    await store.run(lambda records: records.inbox.park(row_id))
    assert await claim(store) == []
    assert await store.run(lambda records: records.inbox.count(InboxState.PARKED)) == 1
    assert await store.run(lambda records: records.inbox.count(InboxState.WAITING)) == 0


async def test_who_still_has_something_waiting(store: Store) -> None:
    row_id = await store.run(arrive(at=START + MINUTE))
    assert row_id is not None

    def waiting(*accounts: str, until: datetime = START + MINUTE) -> Callable[[Records], bool]:
        return lambda records: records.inbox.waiting_from(accounts, until)

    assert await store.run(waiting(BO, ANA))
    assert not await store.run(waiting(BO))
    assert not await store.run(waiting())
    assert not await store.run(waiting(ANA, until=START))
    await claim(store)
    assert await store.run(waiting(ANA))  # in hand is not yet handled
    await store.run(lambda records: records.inbox.finish(row_id, changed=True))
    assert not await store.run(waiting(ANA))


async def test_a_forgotten_message_may_come_again(store: Store) -> None:
    row_id = await store.run(arrive())
    assert row_id is not None
    await store.run(lambda records: records.inbox.forget(row_id))
    assert await store.run(arrive()) is not None


async def test_the_purge_spares_what_waits(store: Store) -> None:
    done, waiting = await store.run(arrive(sent_ms=1)), await store.run(arrive(sent_ms=2))
    assert done is not None
    assert waiting is not None
    await store.run(lambda records: records.inbox.finish(done, changed=True))
    assert await store.run(lambda records: records.inbox.purge(START)) == 0
    assert await store.run(lambda records: records.inbox.purge(START + MINUTE)) == 1
    assert await store.run(lambda records: records.inbox.get(waiting)) is not None
