"""Committed first, offered then, in the server's order, and nothing twice (DESIGN, invariants 2 and 3)."""

import asyncio
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.outgoing import Outgoing, Priority, Purpose, ToPerson
from bot.errors import StorageUnavailable
from bot.inbox import LEASE, OFFERS, InboxFeed, server_time
from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from bot.transport.incoming import Incoming, PersonMessage, to_stored
from storage.inbox import InboxState
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.transport.fake_signal import ANA, BO, GROUP, envelope, message, notification
from tests.virtual import SECOND

ACCOUNT = "+14155550100"


class Feed:
    """The feed of one run, and what it offered."""

    def __init__(self, store: Store, clock: VirtualClock, owner: str = "me") -> None:
        self.groups: list[str] = []
        self.log = Log(clock, io.StringIO())
        self.parked = 0
        self.feed = InboxFeed(store, clock, owner, ACCOUNT, self.log, self.groups.append, self.tell_parked)

    async def tell_parked(self) -> None:
        self.parked += 1

    def offered(self) -> list[tuple[str, Incoming]]:
        found = []
        while not self.feed._ready.empty():
            found.append(self.feed._ready.get_nowait())
        return found

    def texts(self) -> list[str]:
        return [incoming.text for _, incoming in self.offered() if isinstance(incoming, PersonMessage)]


@pytest.fixture
async def feed(store: Store, clock: VirtualClock) -> Feed:
    return Feed(store, clock)


def line(text: str, sent_ms: int = 1_800_000_000_000, sender: str = ANA, received_ms: int | None = None) -> bytes:
    given = message(text) | {"source": sender, "sourceUuid": sender, "timestamp": sent_ms}
    given["dataMessage"] = given["dataMessage"] | {"timestamp": sent_ms}
    given["serverReceivedTimestamp"] = received_ms or sent_ms
    return json.dumps(notification(given)).encode()


def count(state: InboxState) -> Callable[[Records], int]:
    return lambda records: records.inbox.count(state)


async def test_a_message_is_stored_before_it_is_offered(
    feed: Feed, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, offered_before_the_commit = store.run_inline, []

    def looking(work: Callable[[Records], Any]) -> Any:
        offered_before_the_commit.extend(feed.offered())
        return run(work)

    monkeypatch.setattr(store, "run_inline", looking)
    await feed.feed.take([line("hello")])
    assert offered_before_the_commit == []
    assert feed.texts() == ["hello"]
    assert await store.run(count(InboxState.WAITING)) == 1


async def test_a_database_that_is_away_is_told_and_nothing_is_offered(
    feed: Feed, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise StorageUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(store, "run_inline", away)
        with pytest.raises(StorageUnavailable):
            await feed.feed.take([line("hello")])
    assert feed.offered() == []
    await feed.feed.take([line("hello")])
    assert feed.texts() == ["hello"]


async def test_a_message_delivered_twice_is_offered_once(feed: Feed) -> None:
    await feed.feed.take([line("hello"), line("hello")])
    await feed.feed.take([line("hello")])
    assert feed.texts() == ["hello"]


async def test_what_was_kept_although_the_answer_was_lost_is_offered_when_it_comes_again(
    feed: Feed, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection to the database breaks in the moment of the commit: her word would lie there until its lease ends,
    and her buddies be alerted meanwhile."""
    run = store.run_inline

    def loses_the_answer(work: Callable[[Records], Any]) -> Any:
        run(work)
        raise StorageUnavailable

    with monkeypatch.context() as broken:
        broken.setattr(store, "run_inline", loses_the_answer)
        with pytest.raises(StorageUnavailable):
            await feed.feed.take([line("hello")])
    assert feed.texts() == []
    for _ in range(2):
        await feed.feed.take([line("hello")])
    assert feed.texts() == ["hello"]


async def test_the_same_time_from_two_people_is_two_messages(feed: Feed) -> None:
    await feed.feed.take([line("from Ana"), line("from Bo", sender=BO)])
    assert feed.texts() == ["from Ana", "from Bo"]


async def test_what_an_earlier_run_left_is_offered_in_the_servers_order(store: Store, clock: VirtualClock) -> None:
    dead = Feed(store, clock, owner="dead")
    await dead.feed.take([line("third", 3_000, received_ms=9_000), line("first", 5_000, received_ms=7_000)])
    await dead.feed.take([line("second", 4_000, received_ms=8_000)])
    clock.step(LEASE.total_seconds())
    feed = Feed(store, clock)
    await feed.feed.sweep()
    assert feed.texts() == ["first", "second", "third"]


async def test_what_is_in_hand_is_not_offered_again_however_long_it_takes(feed: Feed, clock: VirtualClock) -> None:
    await feed.feed.take([line("hello")])
    feed.offered()
    for _ in range(5):
        clock.step(LEASE.total_seconds() + 1)
        await feed.feed.sweep()
    assert feed.offered() == []


async def test_what_was_given_back_unfinished_is_offered_again_when_its_lease_ends(
    feed: Feed, clock: VirtualClock
) -> None:
    await feed.feed.take([line("hello")])
    ((inbox_id, _),) = feed.offered()
    feed.feed.finished(inbox_id)
    await feed.feed.sweep()
    assert feed.offered() == []
    clock.step(LEASE.total_seconds())
    await feed.feed.sweep()
    assert feed.texts() == ["hello"]


async def test_more_than_a_thousand_left_behind_are_all_offered_at_the_start(store: Store, clock: VirtualClock) -> None:
    await Feed(store, clock, owner="dead").feed.take([line(str(number), number) for number in range(1, 1_202)])
    clock.step(LEASE.total_seconds())
    feed = Feed(store, clock)
    await feed.feed.sweep()
    assert feed.texts() == [str(number) for number in range(1, 1_202)]


async def test_a_row_of_an_unknown_kind_is_parked_and_the_others_are_offered(
    feed: Feed, store: Store, clock: VirtualClock
) -> None:
    def left_behind(records: Records) -> None:
        now = clock.now()
        records.inbox.add(ACCOUNT, ANA, 1, now, now, {"is": "of a later version"}, None)
        known = to_stored(PersonMessage(ANA, 2, None, None, "hello"))
        records.inbox.add(ACCOUNT, ANA, 2, now, now, known, None)

    await store.run(left_behind)
    await feed.feed.sweep()
    assert feed.texts() == ["hello"]
    assert await store.run(count(InboxState.PARKED)) == 1
    assert feed.parked == 1


async def test_a_row_that_cannot_be_read_is_parked_and_the_others_are_offered(
    feed: Feed, store: Store, clock: VirtualClock
) -> None:
    dead = Feed(store, clock, owner="dead")
    await dead.feed.take([line("spoilt", 1), line("hello", 2)])

    def spoil(records: Records) -> None:
        records.scope.connection.exec_driver_sql("UPDATE inbox SET body = x'00' WHERE sent_ms = 1")

    await store.run(spoil)
    clock.step(LEASE.total_seconds())
    await feed.feed.sweep()
    assert feed.texts() == ["hello"]
    assert await store.run(count(InboxState.PARKED)) == 1
    assert feed.parked == 1


async def test_a_row_that_ends_every_run_that_takes_it_up_is_parked_and_told(store: Store, clock: VirtualClock) -> None:
    """A crash leaves no count of a failure behind, so it is counted before."""
    await store.run(lambda records: records.people.add(ANA, clock.now()))
    await Feed(store, clock, owner="0").feed.take([line("spoilt", 1), line("hello", 2)])
    for run in range(1, OFFERS):
        clock.step(LEASE.total_seconds())
        feed = Feed(store, clock, owner=str(run))
        await feed.feed.sweep()
        assert feed.texts() == ["spoilt", "hello"]  # and now it dies, with the first in hand
        await store.run(lambda records: records.scope.connection.exec_driver_sql(_UNCOUNT_THE_OTHER))
    clock.step(LEASE.total_seconds())
    feed = Feed(store, clock, owner="last")
    await feed.feed.sweep()
    assert feed.texts() == ["hello"]
    assert feed.parked == 1
    rows = await store.run(
        lambda records: records.outbox.claim(clock.now(), 9, Lease("x", clock.now() + SECOND), urgent=False)
    )
    assert [row.text for row in rows if row.purpose is not Purpose.LIFETIME] == ["unknown.parked"]


_UNCOUNT_THE_OTHER = "UPDATE inbox SET attempts = 0 WHERE sent_ms = 2"


async def test_a_sweep_without_its_database_waits_for_the_next(
    feed: Feed, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(store, "run_inline", away)
    await feed.feed.sweep()
    assert feed.log.counts["inbox_not_read"] == 1


async def test_receipts_raise_the_message_and_are_kept_nowhere(feed: Feed, store: Store, clock: VirtualClock) -> None:
    def sent(records: Records) -> str:
        ana = records.people.add(ANA, clock.now())
        row_id = records.outbox.add(Outgoing(ToPerson(ana.id), Priority.REPLY, Purpose.REPLY, text="x"), clock.now())
        records.outbox.claim(clock.now(), 1, Lease("me", clock.now() + SECOND), urgent=False)
        records.outbox.record_sent(row_id, 77, clock.now())
        return row_id

    row_id = await store.run(sent)
    receipt = {"when": 78, "isDelivery": True, "isRead": False, "isViewed": False, "timestamps": [77]}
    await feed.feed.take([json.dumps(notification(envelope() | {"receiptMessage": receipt})).encode()])
    row = await store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.delivered_at, row.read_at) == (clock.now(), None)
    assert feed.offered() == []
    assert await store.run(count(InboxState.WAITING)) == 0


async def test_a_group_that_changed_is_told(feed: Feed) -> None:
    change = message("", groupInfo={"groupId": GROUP, "type": "UPDATE"})
    change["dataMessage"]["message"] = None
    await feed.feed.take([json.dumps(notification(change)).encode()])
    assert feed.groups == [GROUP]


async def test_hostile_lines_are_counted_and_stop_nothing(feed: Feed) -> None:
    await feed.feed.take([b"\xff\xfe", b"[]", b"{}", line("hello"), b"null"])
    assert feed.texts() == ["hello"]
    assert sum(number for name, number in feed.log.counts.items() if name.startswith("line_")) == 4


async def test_waiting_for_messages_ends_with_the_next_one(feed: Feed) -> None:
    messages = feed.feed.messages()
    asyncio.get_running_loop().call_later(3, lambda: asyncio.ensure_future(feed.feed.take([line("hello")])))
    _, incoming = await anext(messages)
    assert isinstance(incoming, PersonMessage)
    assert asyncio.get_running_loop().time() == 3


@pytest.mark.parametrize(
    ("milliseconds", "expected"),
    [
        (None, timedelta()),
        (0, datetime(2027, 3, 5, 18, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)),
        (10**30, timedelta()),
        (-(10**30), timedelta()),
    ],
)
async def test_the_servers_time_is_believed_where_it_makes_sense(
    clock: VirtualClock, milliseconds: int | None, expected: timedelta
) -> None:
    assert clock.now() - server_time(milliseconds, clock.now()) == expected


async def test_a_message_from_the_future_counts_as_received_now(clock: VirtualClock) -> None:
    ahead = round((clock.now() + timedelta(hours=1)).timestamp() * 1000)
    assert server_time(ahead, clock.now()) == clock.now()
