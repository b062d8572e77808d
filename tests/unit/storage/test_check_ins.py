"""Check-ins, their watches, and their one deadline, on both databases."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.domain.check_in import Stage, Step
from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.errors import StorageConflict
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.builders import HOUR, MINUTE, armed, closed

LEASE = Lease("me", START + 10 * HOUR)


@dataclass(frozen=True)
class Cast:
    ana: str
    bo: str
    cy: str


@pytest.fixture
async def cast(store: Store) -> Cast:
    def add(records: Records) -> Cast:
        return Cast(*(records.people.add(account, START).id for account in ("ana", "bo", "cy")))

    return await store.run(add)


async def test_a_check_in_comes_back_whole(store: Store, cast: Cast) -> None:
    check_in = armed("a", cast.ana, cast.bo, cast.cy)
    await store.run(lambda records: records.check_ins.add(check_in))
    assert await store.run(lambda records: records.check_ins.get("a")) == check_in
    assert await store.run(lambda records: records.check_ins.open_of(cast.ana)) == check_in
    assert await store.run(lambda records: records.check_ins.open_watched_by(cast.cy)) == [check_in]
    assert await store.run(lambda records: records.check_ins.open_watched_by(cast.ana)) == []
    assert await store.run(lambda records: records.check_ins.open_all()) == [check_in]


async def test_everything_that_can_change_is_saved(store: Store, cast: Cast) -> None:
    before = armed("a", cast.ana, cast.bo, cast.cy)
    bo, cy = before.watches
    after = replace(
        before,
        stage=Stage.TAKEN,
        deadline=START + HOUR,
        reminded=True,
        grace=timedelta(seconds=1),
        extended_freely=MINUTE,
        wrong_words=2,
        alerting_since=START + HOUR,
        taken_by=cast.bo,
        holds=1,
        resolved_by=cast.cy,
        step=Step.FOLLOW_UP,
        step_at=START + 2 * HOUR,
        watches=(replace(bo, seen_at=START + MINUTE, alerted_at=START + HOUR, alerts=3), replace(cy, on_call=True)),
    )
    await store.run(lambda records: records.check_ins.add(before))
    await store.run(lambda records: records.check_ins.save(after))
    assert await store.run(lambda records: records.check_ins.get("a")) == after


async def test_a_watch_can_join_and_leave(store: Store, cast: Cast) -> None:
    check_in = armed("a", cast.ana, cast.bo)
    await store.run(lambda records: records.check_ins.add(check_in))
    other = replace(check_in, watches=armed("a", cast.ana, cast.cy).watches)

    def swap(records: Records) -> None:
        loaded = records.check_ins.get("a")
        assert loaded is not None
        records.check_ins.save(replace(loaded, watches=other.watches))

    await store.run(swap)
    assert await store.run(lambda records: records.check_ins.get("a")) == other


async def test_an_open_check_in_has_exactly_one_deadline_that_follows_its_step(store: Store, cast: Cast) -> None:
    check_in = armed("a", cast.ana, cast.bo)
    await store.run(lambda records: records.check_ins.add(check_in))
    assert await store.run(lambda records: records.deadlines.earliest()) == check_in.step_at
    moved = replace(check_in, step=Step.ASK, step_at=START + 2 * HOUR)
    await store.run(lambda records: records.check_ins.save(moved))
    (due,) = await store.run(lambda records: records.deadlines.claim_due(START + 3 * HOUR, 10, LEASE))
    assert (due.subject_kind, due.subject_id, due.what, due.due_at) == ("check_in", "a", "ask", moved.step_at)
    await store.run(lambda records: records.check_ins.save(closed(moved)))
    assert await store.run(lambda records: records.deadlines.count_open()) == 0


async def test_an_open_check_in_without_a_next_step_is_refused_and_leaves_nothing(store: Store, cast: Cast) -> None:
    with pytest.raises(ValueError, match="next step"):
        await store.run(lambda records: records.check_ins.add(armed("a", cast.ana, step=None)))
    assert await store.run(lambda records: records.check_ins.get("a")) is None


async def test_moving_the_step_takes_the_deadline_out_of_other_hands(store: Store, cast: Cast) -> None:
    check_in = armed("a", cast.ana, cast.bo)
    await store.run(lambda records: records.check_ins.add(check_in))
    (due,) = await store.run(lambda records: records.deadlines.claim_due(START + 2 * HOUR, 10, LEASE))
    assert await store.run(lambda records: records.deadlines.still_mine(due, LEASE))
    await store.run(lambda records: records.check_ins.save(replace(check_in, step_at=START + 5 * HOUR)))
    assert not await store.run(lambda records: records.deadlines.still_mine(due, LEASE))


async def test_a_second_open_check_in_is_refused(store: Store, cast: Cast) -> None:
    first = armed("a", cast.ana, cast.bo)
    await store.run(lambda records: records.check_ins.add(first))
    with pytest.raises(StorageConflict):
        await store.run(lambda records: records.check_ins.add(armed("b", cast.ana, cast.bo)))
    await store.run(lambda records: records.check_ins.save(closed(first)))
    await store.run(lambda records: records.check_ins.add(armed("b", cast.ana, cast.bo)))
    open_now = await store.run(lambda records: records.check_ins.open_of(cast.ana))
    assert open_now is not None
    assert open_now.id == "b"


async def test_closed_check_ins_vanish_with_watches_and_messages(store: Store, cast: Cast) -> None:
    check_in = armed("a", cast.ana, cast.bo)
    line = Outgoing(ToPerson(cast.bo), Priority.ALL_CLEAR, Purpose.ALL_CLEAR, text="all clear", check_in_id="a")

    def close(records: Records) -> str:
        records.check_ins.add(check_in)
        records.check_ins.save(closed(check_in))
        return records.outbox.add(line, START)

    row_id = await store.run(close)
    long_after = START + 48 * HOUR
    assert await store.run(lambda records: records.check_ins.purge_closed(long_after)) == 0  # not before it is told
    await store.run(lambda records: records.outbox.record_sent(row_id, 1, START))
    assert await store.run(lambda records: records.check_ins.purge_closed(START)) == 0
    assert await store.run(lambda records: records.check_ins.purge_closed(long_after)) == 1
    assert await store.run(lambda records: records.outbox.get(row_id)) is None
    assert await store.run(lambda records: records.check_ins.get("a")) is None


async def test_an_open_check_in_is_never_purged_and_keeps_its_messages(store: Store, cast: Cast) -> None:
    line = Outgoing(ToPerson(cast.bo), Priority.ALERT, Purpose.ALERT, text="alert", check_in_id="a")

    def sent(records: Records) -> None:
        records.check_ins.add(armed("a", cast.ana, cast.bo))
        records.outbox.record_sent(records.outbox.add(line, START), 1, START)

    await store.run(sent)
    assert await store.run(lambda records: records.check_ins.purge_closed(START + 48 * HOUR)) == 0
    assert await store.run(lambda records: records.outbox.purge(START + 48 * HOUR)) == 0


async def test_removing_her_removes_check_in_deadline_and_messages(store: Store, cast: Cast) -> None:
    line = Outgoing(ToPerson(cast.bo), Priority.ALERT, Purpose.ALERT, text="alert", check_in_id="a")

    def fill_and_remove(records: Records) -> str:
        records.check_ins.add(armed("a", cast.ana, cast.bo))
        row_id = records.outbox.add(line, START)
        records.outbox.record_sent(row_id, 7, START)
        records.people.remove(cast.ana)
        return row_id

    row_id = await store.run(fill_and_remove)
    assert await store.run(lambda records: records.deadlines.count_open()) == 0
    assert await store.run(lambda records: records.check_ins.get("a")) is None
    assert await store.run(lambda records: records.outbox.get(row_id)) is None


async def test_what_others_are_still_to_be_told_outlives_her(store: Store, cast: Cast) -> None:
    """And what has left about that check-in, too: it may be what is to be deleted for everyone."""
    alert = Outgoing(ToPerson(cast.bo), Priority.ALERT, Purpose.ALERT, text="alert", check_in_id="a")
    all_clear = Outgoing(ToPerson(cast.bo), Priority.ALL_CLEAR, Purpose.ALL_CLEAR, text="clear", check_in_id="a")
    to_her = Outgoing(ToPerson(cast.ana), Priority.REPLY, Purpose.REPLY, text="reply", check_in_id="a")

    def fill_and_remove(records: Records) -> list[str]:
        records.check_ins.add(armed("a", cast.ana, cast.bo))
        row_ids = [records.outbox.add(one, START) for one in (alert, all_clear, to_her)]
        records.outbox.record_sent(row_ids[0], 7, START)
        records.people.remove(cast.ana)
        return row_ids

    row_ids = await store.run(fill_and_remove)
    kept = [await store.run(lambda records, key=key: records.outbox.get(key)) for key in row_ids]
    assert [row is not None for row in kept] == [True, True, False]


async def test_saving_a_check_in_that_is_gone_is_an_error(store: Store, cast: Cast) -> None:
    with pytest.raises(LookupError):
        await store.run(lambda records: records.check_ins.save(armed("a", cast.ana)))
