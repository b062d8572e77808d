"""Deadlines and their leases, on both databases."""

from dataclasses import replace

from storage.deadlines import Deadline
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, MINUTE

MINE = Lease("me", START + HOUR)
YOURS = Lease("you", START + 3 * HOUR)


async def put(store: Store, *subjects: tuple[str, int]) -> None:
    def work(records: Records) -> None:
        for subject, minutes in subjects:
            records.deadlines.put("check_in", subject, "ask", START + minutes * MINUTE)

    await store.run(work)


async def claim(store: Store, minutes: int, lease: Lease = MINE, limit: int = 100) -> list[Deadline]:
    return await store.run(lambda records: records.deadlines.claim_due(START + minutes * MINUTE, limit, lease))


async def test_the_earliest_is_the_first_that_nobody_has_in_hand(store: Store) -> None:
    assert await store.run(lambda records: records.deadlines.earliest()) is None
    await put(store, ("late", 30), ("early", 10))
    assert await store.run(lambda records: records.deadlines.earliest()) == START + 10 * MINUTE
    await claim(store, 10)
    assert await store.run(lambda records: records.deadlines.earliest()) == START + 30 * MINUTE


async def test_due_rows_are_claimed_oldest_first_up_to_the_limit(store: Store) -> None:
    await put(store, ("c", 3), ("a", 1), ("b", 2), ("later", 60))
    assert [due.subject_id for due in await claim(store, 5, limit=2)] == ["a", "b"]
    assert [due.subject_id for due in await claim(store, 5)] == ["c"]
    assert await claim(store, 5) == []


async def test_a_claimed_row_comes_back_when_the_lease_runs_out(store: Store) -> None:
    await put(store, ("a", 1))
    (mine,) = await claim(store, 1)
    assert await claim(store, 59, YOURS) == []
    (yours,) = await claim(store, 60, YOURS)
    assert yours == mine
    assert not await store.run(lambda records: records.deadlines.still_mine(mine, MINE))
    assert await store.run(lambda records: records.deadlines.still_mine(yours, YOURS))


async def test_a_released_row_waits_and_counts_the_attempt(store: Store) -> None:
    await put(store, ("a", 1))
    (due,) = await claim(store, 1)
    await store.run(lambda records: records.deadlines.release(due, START + 4 * MINUTE))
    assert await store.run(lambda records: records.deadlines.earliest()) == START + 4 * MINUTE
    assert await claim(store, 3) == []
    (again,) = await claim(store, 4)
    assert again == replace(due, attempts=1)


async def test_putting_the_same_again_keeps_the_lease_and_something_else_ends_it(store: Store) -> None:
    await put(store, ("a", 1))
    (due,) = await claim(store, 1)
    await put(store, ("a", 1))
    assert await store.run(lambda records: records.deadlines.still_mine(due, MINE))
    await put(store, ("a", 2))
    assert not await store.run(lambda records: records.deadlines.still_mine(due, MINE))
    assert await store.run(lambda records: records.deadlines.count_open()) == 1


async def test_a_cleared_subject_has_no_deadline(store: Store) -> None:
    await put(store, ("a", 1), ("b", 1))
    await store.run(lambda records: records.deadlines.clear("check_in", "a"))
    assert [due.subject_id for due in await claim(store, 5)] == ["b"]
    assert await store.run(lambda records: records.deadlines.count_open()) == 1


async def test_an_alarm_and_a_check_in_have_deadlines_of_their_own(store: Store) -> None:
    def work(records: Records) -> None:
        records.deadlines.put("check_in", "same id", "ask", START)
        records.deadlines.put("alarm", "same id", "repeat", START)

    await store.run(work)
    assert sorted(due.subject_kind for due in await claim(store, 0)) == ["alarm", "check_in"]
