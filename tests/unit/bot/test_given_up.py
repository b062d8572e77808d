"""What is given up in the end: it must not be kept for ever, nor stand for ever in the way of what comes behind it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.attempts import Result
from bot.delivery import FILES_AT_ONCE
from bot.domain.details import Content
from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, ToGroup
from bot.parcels import Parcel
from bot.transport.errors import Refusal, SignalRefused, SignalUnavailable
from bot.transport.outcomes import FailureKind, SendOutcome
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import ANA, BO, FakeCalls, delivery_by, failure, parcel
from tests.unit.bot.post import Post, reply
from tests.unit.bot.test_delivery import UNKNOWN, delivery, judged
from tests.virtual import MINUTE

WEEK = timedelta(days=7)


def aged(given: Parcel, age: timedelta, attempts: int = 100) -> Parcel:
    return replace(given, row=replace(given.row, created_at=given.row.created_at - age, attempts=attempts))


@pytest.mark.parametrize("outcome", [UNKNOWN, failure(FailureKind.NETWORK), failure(FailureKind.IDENTITY)])
async def test_what_could_not_be_sent_for_a_week_is_given_up(store: Store, outcome: SendOutcome) -> None:
    young, old = aged(parcel(), WEEK), aged(parcel(), WEEK + timedelta(seconds=1))
    assert (await judged(store, young, outcome)).result in (Result.RETRY, Result.SIGNAL_AWAY)
    assert (await judged(store, old, outcome)).result is Result.FAILED


async def test_but_not_after_few_tries(store: Store) -> None:
    """It may have been queued before the clock was put right."""
    old = [aged(parcel(), 2 * WEEK, attempts=attempts) for attempts in (0, 3, 4)]
    results = [(await judged(store, one, UNKNOWN)).result for one in old]
    assert results == [Result.RETRY, Result.RETRY, Result.FAILED]


async def test_nor_is_a_time_for_messages_that_waits_for_the_close_of_a_timer(store: Store) -> None:
    waits = aged(parcel(action=Action.SET_LIFETIME), 2 * WEEK)
    attempt = await delivery(store, FakeCalls()).attempt(replace(waits, lifetime=None))
    assert (attempt.result, attempt.tried) == (Result.RETRY, False)


@pytest.mark.parametrize("purpose", [Purpose.ALERT, Purpose.ALERT_DETAILS])
async def test_an_alert_never_is(store: Store, purpose: Purpose) -> None:
    old = aged(parcel(purpose=purpose, priority=Priority.ALERT), 10 * WEEK)
    assert (await judged(store, old, UNKNOWN)).result is Result.RETRY


async def test_nor_is_a_group_that_cannot_be_made(store: Store) -> None:
    calls = FakeCalls()
    calls.errors["groups"] = [SignalRefused(-1, Refusal.NOT_ACCEPTED)]
    to_make = parcel(ToGroup("g"), action=Action.MAKE_GROUP, members=(ANA, BO), signal_group=None)
    assert (await delivery(store, calls).attempt(aged(to_make, 10 * WEEK))).result is Result.RETRY


async def test_a_group_is_left_later_where_only_signal_is_away(store: Store) -> None:
    calls = FakeCalls()
    calls.errors["group"] = [SignalUnavailable(), SignalRefused(-1, Refusal.NOT_ACCEPTED)]
    to_end = aged(parcel(ToGroup("g"), action=Action.END_GROUP, purpose=Purpose.GROUP_END), 2 * WEEK)
    results = [(await delivery(store, calls).attempt(to_end)).result for _ in range(2)]
    assert results == [Result.SIGNAL_AWAY, Result.FAILED]


async def test_a_group_that_signal_does_not_let_the_bot_leave_is_forgotten(post: Post) -> None:
    def nearly_a_week_ago(records: Records) -> None:
        then = post.clock.now() - WEEK + 5 * MINUTE
        kept = records.groups.add(then)
        records.groups.set_signal_id(kept.id, "group-0")
        ending = Outgoing(ToGroup(kept.id), Priority.REST, Purpose.GROUP_END, Action.END_GROUP)
        records.outbox.add(ending, then)

    await post.store.run(nearly_a_week_ago)
    post.signal.errors["group"] = [SignalRefused(-1, Refusal.NOT_ACCEPTED)] * 100
    async with post.at_work():
        await asyncio.sleep(240)
        assert await post.store.run(lambda records: records.groups.by_signal_id("group-0")) is not None
        await asyncio.sleep(180)
    assert await post.store.run(lambda records: records.groups.by_signal_id("group-0")) is None
    assert await post.waiting() == 0


async def test_what_only_waited_for_its_turn_has_all_its_tries_before_it(store: Store) -> None:
    hold = asyncio.Event()

    async def slow(_: str) -> Content:
        await hold.wait()
        return Content("", "image/jpeg", b"x")

    sending = delivery_by(FakeCalls(), store, contents=slow)
    photo = parcel(action=Action.FILE, facts={"entry": "e"})
    first = [asyncio.ensure_future(sending.attempt(photo)) for _ in range(FILES_AT_ONCE)]
    await asyncio.sleep(0)
    assert not (await sending.attempt(photo)).tried
    hold.set()
    assert all(attempt.tried for attempt in await asyncio.gather(*first))


async def test_a_turn_that_was_waited_for_is_no_try(post: Post) -> None:
    bo = await post.person("bo")
    (row_id,) = await post.queue(reply(bo))
    now = post.clock.now()
    await post.store.run(lambda records: records.outbox.record_retry(row_id, now, tried=False))
    await post.store.run(lambda records: records.outbox.record_retry(row_id, now))
    row = await post.store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert row.attempts == 1
