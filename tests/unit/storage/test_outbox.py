"""The outbox, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, ToGroup, ToPerson, ToStranger
from storage.leases import Lease
from storage.outbox import OutboxState, Outlook
from storage.records import Records
from storage.unit_of_work import Store
from tests.databases import START
from tests.unit.storage.letters import (
    MINE,
    SECOND,
    alert,
    all_clear,
    claim,
    clean_up,
    ids_of,
    next_at,
    queue,
    reply,
)


async def test_text_and_facts_come_back_exactly(store: Store, bo: ToPerson) -> None:
    facts = {
        "name": "Ana \ud800 🌙",
        "at": START,
        "grace": timedelta(minutes=5, microseconds=1),
        "n": 3,
        "yes": True,
        "no": None,
    }
    (row_id,) = await store.run(queue(reply(bo, facts=facts, check_in_id="check-in", expires_at=START + SECOND)))
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.text, row.facts, row.to, row.check_in_id) == ("armed", facts, bo, "check-in")
    assert (row.priority, row.purpose, row.action) == (Priority.REPLY, Purpose.REPLY, Action.TEXT)
    assert (row.state, row.attempts, row.created_at, row.first_attempt_at) == (OutboxState.WAITING, 0, START, None)


async def test_a_lane_gives_one_row_at_a_time_in_order(store: Store, bo: ToPerson, cy: ToPerson) -> None:
    first, second, other = await store.run(queue(reply(bo), reply(bo), reply(cy)))
    assert await ids_of(store, claim(urgent=False)) == [first, other]
    assert await ids_of(store, claim(urgent=False)) == []
    await store.run(lambda records: records.outbox.record_sent(first, 1, START))
    assert await ids_of(store, claim(urgent=False)) == [second]


async def test_a_reply_in_hand_does_not_hold_up_an_alert(store: Store, bo: ToPerson) -> None:
    line, urgent = await store.run(queue(reply(bo), alert(bo)))
    assert await ids_of(store, claim(urgent=False)) == [line]
    assert await ids_of(store, claim(urgent=True)) == [urgent]


async def test_an_alert_overtakes_everything_but_earlier_alerts_and_all_clears(store: Store, bo: ToPerson) -> None:
    deletion, clear, first, second = await store.run(queue(clean_up(bo), all_clear(bo), alert(bo), alert(bo)))
    seen = []
    while rows := await store.run(claim(urgent=True)):
        (row,) = rows
        seen.append(row.id)
        await store.run(lambda records, row=row: records.outbox.record_sent(row.id, 1, START))
    assert seen == [clear, first, second, deletion]


async def test_a_normal_lane_keeps_the_order_of_writing_whatever_the_priority(store: Store, bo: ToPerson) -> None:
    notice = Outgoing(bo, Priority.REST, Purpose.NOTICE, text="notice")
    first, _ = await store.run(queue(notice, reply(bo)))
    assert await ids_of(store, claim(urgent=False)) == [first]


async def test_best_lanes_come_first(store: Store, bo: ToPerson, cy: ToPerson) -> None:
    rest, better = await store.run(queue(Outgoing(bo, Priority.REST, Purpose.NOTICE, text="notice"), reply(cy)))
    assert await ids_of(store, claim(urgent=False)) == [better, rest]


async def test_the_outlook_shows_what_waits_in_nobodys_hand_and_when_there_will_be_more(
    store: Store, bo: ToPerson, cy: ToPerson
) -> None:
    async def outlook(after: timedelta = timedelta()) -> Outlook:
        return await store.run(lambda records: records.outbox.outlook(START + after))

    assert await outlook() == Outlook(urgent=False, others=False, next_at=None)
    await store.run(queue(reply(bo)))
    assert await outlook() == Outlook(urgent=False, others=True, next_at=None)
    (alert_id,) = await store.run(queue(alert(cy)))
    assert await outlook() == Outlook(urgent=True, others=True, next_at=None)
    await store.run(claim(urgent=False))
    await store.run(claim(urgent=True))
    assert await outlook() == Outlook(urgent=False, others=False, next_at=MINE.until)
    await store.run(lambda records: records.outbox.record_retry(alert_id, START + 10 * SECOND))
    assert await outlook() == Outlook(urgent=False, others=False, next_at=START + 10 * SECOND)
    assert await outlook(10 * SECOND) == Outlook(urgent=True, others=False, next_at=MINE.until)
    assert await outlook(30 * SECOND) == Outlook(urgent=True, others=True, next_at=None)


async def test_the_outlook_shows_what_has_become_pointless_during_its_pause(store: Store, bo: ToPerson) -> None:
    (row_id,) = await store.run(queue(reply(bo, expires_at=START + SECOND)))
    await store.run(claim(urgent=False))
    await store.run(lambda records: records.outbox.record_retry(row_id, START + 10 * SECOND))
    outlook = await store.run(lambda records: records.outbox.outlook(START + 2 * SECOND))
    assert outlook == Outlook(urgent=False, others=True, next_at=START + 10 * SECOND)
    assert await ids_of(store, claim(urgent=False, after=2 * SECOND)) == []
    assert await next_at(store) is None


@pytest.mark.parametrize(("make", "urgent"), [(reply, False), (alert, True)])
async def test_a_row_waiting_for_its_retry_holds_its_lane(
    store: Store, bo: ToPerson, make: Callable[[ToPerson], Outgoing], urgent: bool
) -> None:
    first, second = await store.run(queue(make(bo), make(bo)))
    await store.run(claim(urgent=urgent))
    await store.run(lambda records: records.outbox.record_retry(first, START + 10 * SECOND))
    assert await ids_of(store, claim(urgent=urgent)) == []
    assert await next_at(store) == START + 10 * SECOND
    (row,) = await store.run(claim(urgent=urgent, after=10 * SECOND))
    assert (row.id, row.attempts, row.first_attempt_at) == (first, 1, START)
    assert second != first


async def test_a_lease_that_ran_out_is_claimed_again(store: Store, bo: ToPerson) -> None:
    (row_id,) = await store.run(queue(alert(bo)))
    await store.run(claim(urgent=True))
    assert await next_at(store) == MINE.until
    assert await ids_of(store, claim(urgent=True, after=29 * SECOND)) == []
    later = Lease("other", START + timedelta(minutes=2))
    assert await ids_of(store, claim(urgent=True, after=30 * SECOND, lease=later)) == [row_id]


async def test_what_has_become_pointless_is_withdrawn_instead_of_claimed(store: Store, bo: ToPerson) -> None:
    late, next_one = await store.run(queue(reply(bo, expires_at=START + SECOND), reply(bo)))
    assert await ids_of(store, claim(urgent=False, after=2 * SECOND)) == [next_one]
    row = await store.run(lambda records: records.outbox.get(late))
    assert row is not None
    assert (row.state, row.text, row.first_attempt_at) == (OutboxState.WITHDRAWN, None, None)


async def test_sent_rows_are_erased_and_found_by_their_time_stamp(store: Store, bo: ToPerson) -> None:
    to_bo, to_group = await store.run(queue(reply(bo), reply(ToGroup("group"))))
    await store.run(claim(urgent=False))

    def sent(records: Records) -> None:
        records.outbox.record_sent(to_bo, 1_000, START)
        records.outbox.record_sent(to_group, 1_000, START)

    await store.run(sent)
    by_person = await store.run(lambda records: records.outbox.by_sent(1_000, bo.person_id, None))
    by_group = await store.run(lambda records: records.outbox.by_sent(1_000, None, "group"))
    assert by_person is not None
    assert by_group is not None
    assert (by_person.id, by_person.state, by_person.text, by_person.facts) == (to_bo, OutboxState.SENT, None, {})
    assert by_group.id == to_group
    assert await store.run(lambda records: records.outbox.by_sent(1_001, bo.person_id, None)) is None
    assert await store.run(lambda records: records.outbox.count_waiting()) == 0


async def test_withdrawn_in_flight_stays_withdrawn_and_keeps_its_time_stamp(store: Store, bo: ToPerson) -> None:
    in_flight, waiting, clear = await store.run(
        queue(alert(bo, check_in_id="c"), alert(bo, check_in_id="c"), all_clear(bo, check_in_id="c"))
    )
    await store.run(claim(urgent=True))
    rows = await store.run(lambda records: records.outbox.withdraw("c", [Purpose.ALERT]))
    assert [(row.id, row.state, row.first_attempt_at, row.text) for row in rows] == [
        (in_flight, OutboxState.WITHDRAWN, START, None),
        (waiting, OutboxState.WITHDRAWN, None, None),
    ]
    assert await ids_of(store, claim(urgent=True)) == []  # the all-clear never passes the alert in flight
    await store.run(lambda records: records.outbox.record_sent(in_flight, 5, START))
    row = await store.run(lambda records: records.outbox.get(in_flight))
    assert row is not None
    assert (row.state, row.sent_ms) == (OutboxState.WITHDRAWN, 5)
    assert await ids_of(store, claim(urgent=True)) == [clear]


@pytest.mark.parametrize("how", ["retry", "failed"])
async def test_a_withdrawn_row_is_not_tried_again(store: Store, bo: ToPerson, how: str) -> None:
    (row_id,) = await store.run(queue(alert(bo, check_in_id="c")))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.withdraw("c", [Purpose.ALERT]))
    if how == "retry":
        await store.run(lambda records: records.outbox.record_retry(row_id, START))
    else:
        await store.run(lambda records: records.outbox.record_failed(row_id, "unregistered", START))
    assert await ids_of(store, claim(urgent=True, after=timedelta(hours=1))) == []
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert row.state is OutboxState.WITHDRAWN


async def test_a_failure_is_a_fact_and_frees_the_lane(store: Store, bo: ToPerson) -> None:
    first, second = await store.run(queue(alert(bo, check_in_id="c"), alert(bo, check_in_id="c")))
    await store.run(claim(urgent=True))
    await store.run(lambda records: records.outbox.record_failed(first, "unregistered", START))
    rows = await store.run(lambda records: records.outbox.of_check_in("c", Purpose.ALERT))
    assert [(row.id, row.state, row.failure) for row in rows] == [
        (first, OutboxState.FAILED, "unregistered"),
        (second, OutboxState.WAITING, None),
    ]
    assert await store.run(lambda records: records.outbox.of_check_in("c", Purpose.ALL_CLEAR)) == []
    assert await ids_of(store, claim(urgent=True)) == [second]


@pytest.mark.parametrize("to_stranger", [False, True])
async def test_a_fact_is_kept_once_with_what_waits(store: Store, bo: ToPerson, to_stranger: bool) -> None:
    to = ToStranger("his account") if to_stranger else bo
    (row_id,) = await store.run(queue(reply(to, facts={"n": 3})))
    for value in ("first", "second"):
        kept = await store.run(lambda records, said=value: records.outbox.keep_fact(row_id, "there", said))
        assert kept == "first"
    (row,) = await store.run(claim(urgent=False))
    assert (row.text, row.facts, row.to) == ("armed", {"n": 3, "there": "first"}, to)


async def test_no_fact_is_kept_with_what_has_left(store: Store, bo: ToPerson) -> None:
    (row_id,) = await store.run(queue(reply(bo)))
    await store.run(lambda records: records.outbox.record_sent(row_id, 1, START))
    assert await store.run(lambda records: records.outbox.keep_fact(row_id, "there", "late")) is None
    assert await store.run(lambda records: records.outbox.keep_fact("nowhere", "there", "late")) is None


@pytest.mark.parametrize("purpose", [Purpose.LIFETIME, Purpose.MENDING])
async def test_whether_the_same_waits_already_for_the_same_group(store: Store, purpose: Purpose) -> None:
    def mending(group: str) -> Outgoing:
        return Outgoing(ToGroup(group), Priority.REST, purpose, Action.MEND_GROUP)

    async def waits(group: str) -> bool:
        return await store.run(lambda records: records.outbox.waits(mending(group)))

    other = Outgoing(ToGroup("g"), Priority.REST, Purpose.GROUP, Action.MAKE_GROUP)
    await store.run(queue(other))
    assert not await waits("g")
    await store.run(queue(mending("g")))
    assert (await waits("g"), await waits("h")) == (True, False)
    await store.run(claim(urgent=False))  # in hand it may have read what stood before
    assert not await waits("g")
