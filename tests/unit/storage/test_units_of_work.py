"""Units of work: whole or not at all, many in one commit, answered after it. On both databases."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from threading import Event
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.errors import StorageConflict, StorageUnavailable
from bot.ids import Ids
from storage.records import Records
from storage.sealing import Sealer
from storage.transactions import Touched
from storage.unit_of_work import Store
from tests.databases import START


def add(account: str) -> Callable[[Records], str]:
    return lambda records: records.people.add(account, START).id


async def count(store: Store) -> int:
    return await store.run(lambda records: records.people.count())


class Trouble(Exception):  # noqa: N818
    """Something that a unit did not expect."""


def add_then_fail(records: Records) -> None:
    records.people.add("gone again", START)
    raise Trouble


@pytest_asyncio.fixture(params=[False, True], ids=["threads", "inline"])
async def any_store(request: pytest.FixtureRequest, engine: Engine, sealer: Sealer, ids: Ids) -> AsyncIterator[Store]:
    store = Store(engine, sealer, ids, inline=request.param)
    yield store
    await store.close()


async def test_a_unit_answers_with_its_result(any_store: Store) -> None:
    assert await any_store.run(lambda _: "answer") == "answer"


async def test_a_unit_that_raises_leaves_nothing_and_reaches_its_caller(any_store: Store) -> None:
    with pytest.raises(Trouble):
        await any_store.run(add_then_fail)
    assert await count(any_store) == 0
    await any_store.run(add("ana"))
    assert await count(any_store) == 1


async def test_a_unit_that_raises_undoes_only_itself(store: Store) -> None:
    units = [add("ana"), add_then_fail, add("bo"), add("ana"), add("cy")]
    answers = await asyncio.gather(*(store.run(unit) for unit in units), return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {str: 3, Trouble: 1, StorageConflict: 1}
    assert await count(store) == 3


@pytest.mark.parametrize(
    ("raised", "heard"),
    [(asyncio.CancelledError, asyncio.CancelledError), (SystemExit, SystemExit), (StopIteration, RuntimeError)],
)
async def test_even_an_exit_in_a_unit_does_not_stop_the_store(
    store: Store, raised: type[BaseException], heard: type[BaseException]
) -> None:
    def leave(_: Records) -> None:
        raise raised

    answers = await asyncio.gather(store.run(add("ana")), caught(store, leave), store.run(add("bo")))
    assert isinstance(answers[1], heard)
    assert await count(store) == 2


async def caught(store: Store, unit: Callable[[Records], None]) -> BaseException | None:
    try:
        await store.run(unit)
    except BaseException as error:  # noqa: BLE001 (an exit of the tests, too)
        return error
    return None


async def test_a_fault_of_the_process_at_a_commit_spoils_no_later_unit(
    any_store: Store, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connection may be in any state; and whoever waits must hear of it, or the bot would stand still."""
    commit, faults = engine.dialect.do_commit, [MemoryError()]

    def faulty(connection: Any) -> None:
        if faults:
            raise faults.pop()
        commit(connection)

    monkeypatch.setattr(engine.dialect, "do_commit", faulty)
    async with asyncio.timeout(20):
        with pytest.raises(MemoryError):
            await any_store.run(add("a"))
        assert faults == []
        await asyncio.gather(*(any_store.run(add(f"b{number}")) for number in range(20)))
        assert await count(any_store) == 20


async def test_a_hundred_units_at_once_are_all_kept(store: Store) -> None:
    await asyncio.gather(*(store.run(add(f"account {number}")) for number in range(100)))
    assert await count(store) == 100


async def test_after_closing_nothing_is_taken_any_more_and_nothing_in_hand_is_lost(
    engine: Engine, sealer: Sealer, ids: Ids
) -> None:
    store = Store(engine, sealer, ids)
    waiting = [asyncio.create_task(store.run(add(f"account {number}"))) for number in range(20)]
    await asyncio.sleep(0)
    await store.close()
    assert len(await asyncio.gather(*waiting)) == 20
    with pytest.raises(StorageUnavailable):
        await store.run(add("late"))


async def test_an_inline_store_is_closed_too(inline_store: Store) -> None:
    await inline_store.close()
    with pytest.raises(StorageUnavailable):
        await inline_store.run(add("late"))


async def test_giving_up_waiting_does_not_undo_the_unit(store: Store) -> None:
    started, go_on = Event(), Event()

    def slow(records: Records) -> None:
        started.set()
        go_on.wait(10)
        records.people.add("ana", START)

    task = asyncio.create_task(store.run(slow))
    await asyncio.to_thread(started.wait, 10)
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    while await count(store) == 0:
        await asyncio.sleep(0)


async def test_whoever_listens_is_told_after_the_commit_what_was_touched(any_store: Store) -> None:
    told: list[Touched] = []
    any_store.after_commit(told.append)
    bo = await any_store.run(add("bo"))
    assert told == []
    message = Outgoing(ToPerson(bo), Priority.REPLY, Purpose.REPLY, text="armed")

    def queue_then_fail(records: Records) -> None:
        records.outbox.add(message, START)
        raise Trouble

    with pytest.raises(Trouble):
        await any_store.run(queue_then_fail)
    assert told == []
    await any_store.run(lambda records: records.outbox.add(message, START))
    await any_store.run(lambda records: records.deadlines.put("check_in", "a", "ask", START))
    await asyncio.sleep(0)
    assert told == [Touched(outbox=True, deadlines=False), Touched(outbox=False, deadlines=True)]
