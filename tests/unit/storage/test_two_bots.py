"""Two stores on one PostgreSQL at once: nobody gets the same row twice, no change is lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from threading import Barrier

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.errors import StorageConflict, StorageError, StorageUnavailable
from bot.ids import Ids
from storage.engine import open_database
from storage.leases import Lease
from storage.records import Records
from storage.sealing import Sealer
from storage.transactions import PostgresTransactions
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, armed

Stores = tuple[Store, Store]


@pytest_asyncio.fixture
async def stores(postgresql_url: str, sealer: Sealer, ids: Ids) -> AsyncIterator[Stores]:
    both = (Store(open_database(postgresql_url), sealer, ids), Store(open_database(postgresql_url), sealer, ids))
    yield both
    for store in both:
        await store.close()


pytestmark = pytest.mark.postgresql


def lease(owner: int) -> Lease:
    return Lease(f"bot {owner}", START + HOUR)


async def claim_everything(stores: Stores, claim: Callable[[Records, Lease], list[str]]) -> Counter[str]:
    """Both stores claim, three tasks each, until nobody finds anything."""

    async def one(store: Store, owner: int) -> list[str]:
        mine: list[str] = []
        while found := await store.run(lambda records: claim(records, lease(owner))):
            mine += found
        return mine

    tasks = [one(store, owner) for owner, store in enumerate(stores) for _ in range(3)]
    return Counter(row for rows in await asyncio.gather(*tasks) for row in rows)


async def test_no_deadline_is_claimed_twice(stores: Stores) -> None:
    def fill(records: Records) -> None:
        for number in range(300):
            records.deadlines.put("check_in", str(number), "ask", START)

    await stores[0].run(fill)
    claimed = await claim_everything(
        stores, lambda records, by: [due.subject_id for due in records.deadlines.claim_due(START, 7, by)]
    )
    assert claimed == Counter(str(number) for number in range(300))


async def test_no_inbox_row_is_claimed_twice(stores: Stores) -> None:
    def fill(records: Records) -> None:
        for number in range(200):
            records.inbox.add("bot", "ana", number, START, START, {}, None)

    await stores[0].run(fill)
    claimed = await claim_everything(
        stores, lambda records, by: [str(row.sent_ms) for row in records.inbox.claim_waiting(START, 7, by)]
    )
    assert claimed == Counter(str(number) for number in range(200))


async def test_no_message_is_claimed_twice_and_no_lane_has_two_in_hand(stores: Stores) -> None:
    def fill(records: Records) -> None:
        for number in range(100):
            person = records.people.add(str(number), START)
            for _ in range(2):
                records.outbox.add(Outgoing(ToPerson(person.id), Priority.ALERT, Purpose.ALERT), START)

    await stores[0].run(fill)
    claimed = await claim_everything(
        stores, lambda records, by: [str(row.to) for row in records.outbox.claim(START, 7, by, urgent=True)]
    )
    assert len(claimed) == 100
    assert set(claimed.values()) == {1}


async def test_a_message_from_signal_that_both_receive_is_kept_once(stores: Stores) -> None:
    def receive(records: Records) -> str | None:
        return records.inbox.add("bot", "ana", 1, START, START, {"text": "help"}, None)

    answers = await asyncio.gather(*(store.run(receive) for store in stores for _ in range(4)))
    assert sum(answer is not None for answer in answers) == 1


async def test_a_change_that_was_overtaken_is_made_again_on_what_is_there_now(stores: Stores) -> None:
    def fill(records: Records) -> None:
        ana = records.people.add("ana", START)
        records.check_ins.add(armed("a", ana.id))

    await stores[0].run(fill)
    both_have_read = Barrier(2, timeout=10)
    runs: list[int] = []

    def one_more_wrong_word(records: Records) -> None:
        check_in = records.check_ins.get("a")
        assert check_in is not None
        runs.append(check_in.wrong_words)
        if len(runs) <= 2:
            both_have_read.wait()
        records.check_ins.save(replace(check_in, wrong_words=check_in.wrong_words + 1))

    await asyncio.gather(*(store.run(one_more_wrong_word) for store in stores))
    check_in = await stores[0].run(lambda records: records.check_ins.get("a"))
    assert check_in is not None
    assert check_in.wrong_words == 2
    assert sorted(runs) == [0, 0, 1]


async def test_many_changes_of_different_people_at_once_all_succeed(stores: Stores) -> None:
    def start(number: int) -> Callable[[Records], None]:
        def unit(records: Records) -> None:
            ana = records.people.add(f"ana {number}", START)
            bo = records.people.add(f"bo {number}", START)
            records.pairings.add(ana.id, bo.id, "Ana", "Bo", START)
            records.check_ins.add(armed(f"check-in {number}", ana.id, bo.id))
            records.outbox.add(Outgoing(ToPerson(bo.id), Priority.REPLY, Purpose.START_LINE), START)

        return unit

    await asyncio.gather(*(stores[number % 2].run(start(number)) for number in range(100)))
    assert await stores[0].run(lambda records: records.deadlines.count_open()) == 100


async def test_a_lost_connection_is_replaced_before_anybody_notices(stores: Stores) -> None:
    await stores[0].run(lambda records: records.people.add("ana", START))
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    await stores[1].run(lambda records: records.scope.connection.execute(cut).all())
    for _ in range(8):
        assert await stores[0].run(lambda records: records.people.count()) == 1


async def test_a_unit_that_goes_on_after_its_connection_was_lost_is_begun_anew(stores: Stores) -> None:
    """Found: that counted as a fault of the unit, and of the message that was being handled."""
    tries = []

    def hide(records: Records) -> None:
        tries.append(1)
        records.people.add("ana", START)
        if len(tries) == 1:
            records.scope.connection.connection.driver_connection.pgconn.finish()
            with suppress(Exception):  # what a unit must never do
                records.people.count()
        records.people.count()

    await stores[0].run(hide)
    assert len(tries) == 2
    assert await stores[0].run(lambda records: records.people.count()) == 1


async def test_a_connection_lost_while_committing_is_not_taken_for_done(stores: Stores) -> None:
    def cut_self(records: Records) -> None:
        records.people.add("ana", START)
        records.scope.connection.connection.driver_connection.pgconn.finish()

    with pytest.raises(StorageUnavailable):
        await stores[0].run(cut_self)
    for _ in range(8):
        assert await stores[0].run(lambda records: records.people.count()) == 0


async def test_a_unit_that_hides_a_refused_statement_is_not_half_kept(stores: Stores) -> None:
    def hide(records: Records) -> None:
        records.people.add("ana", START)
        with suppress(Exception):  # what a unit must never do
            records.scope.connection.execute(text("SELECT 1/0"))

    with pytest.raises(StorageError, match="went on"):
        await stores[0].run(hide)
    assert await stores[0].run(lambda records: records.people.count()) == 0


def test_a_unit_that_is_overtaken_every_time_gives_up_in_the_end(postgresql_url: str, sealer: Sealer, ids: Ids) -> None:
    waits: list[float] = []
    transactions = PostgresTransactions(open_database(postgresql_url), sealer, ids, pause=waits.append)
    overtaken = text("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
    (outcome,) = transactions.perform([lambda records: records.scope.connection.execute(overtaken)])
    transactions.close()
    assert isinstance(outcome.error, StorageUnavailable)
    assert len(waits) > 20
    assert 1 < sum(waits) < 5


async def test_a_long_change_is_not_overtaken_for_ever_by_short_ones(stores: Stores) -> None:
    """Under load a change that took a little longer than others was given up as "too busy"."""
    store = stores[0]
    await store.run(lambda records: records.people.add("ana", START))
    over = asyncio.Event()

    def short(records: Records) -> None:
        records.scope.connection.execute(text("UPDATE people SET words_version = words_version + 1"))

    def long(records: Records) -> None:
        records.scope.connection.execute(text("SELECT sum(words_version) FROM people"))
        records.scope.connection.execute(text("SELECT pg_sleep(0.1)"))
        short(records)

    async def again_and_again() -> None:
        while not over.is_set():
            await store.run(short)

    others = [asyncio.ensure_future(again_and_again()) for _ in range(3)]
    try:
        await store.run(long)
    finally:
        over.set()
        await asyncio.gather(*others)


async def test_conflicts_are_told_and_not_repeated(stores: Stores) -> None:
    runs: list[None] = []

    def twice(records: Records) -> None:
        runs.append(None)
        records.people.add("ana", START)
        records.people.add("ana", START)

    with pytest.raises(StorageConflict):
        await stores[0].run(twice)
    assert len(runs) == 1
