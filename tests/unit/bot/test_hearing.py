"""Every message is seen through: tried again, parked at last, never in the way of the next (DESIGN, invariant 3)."""

import asyncio
import io
from collections.abc import Callable

import pytest

from bot.errors import StorageError, StorageUnavailable
from bot.lanes import Lanes
from bot.log import Log
from bot.practice.stand_in_attachments import AttachmentShelf
from bot.practice.virtual_time import VirtualClock
from handlers.fetching import Fetching
from handlers.hearing import TRIES, Hearing
from handlers.message import Attached, Message, ReactionMessage
from storage.inbox import InboxState
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store
from tests.virtual import HOUR


class Listener:
    """Stands where the conversation does. `errors`: what each try brings; afterwards all is well."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.errors: dict[str, list[Exception]] = {}
        self.takes: dict[str, float] = {}
        self.heard: list[tuple[str, float]] = []

    async def hear(self, message: Message) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self.takes.get(message.text, 0))
        if self.errors.get(message.text):
            raise self.errors[message.text].pop(0)
        self.heard.append((message.text, loop.time()))
        await self._store.run(lambda records: records.inbox.finish(message.inbox_id, changed=False))

    async def see(self, reaction: ReactionMessage) -> None:
        await self._store.run(lambda records: records.inbox.finish(reaction.inbox_id, changed=False))


class SlowShelf(AttachmentShelf):
    """A folder in which every file is so large that it takes a minute to delete. Tells how many are deleted at once."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self.deleted: list[str] = []
        self.at_once = self.most_at_once = 0

    async def delete(self, attachment_id: str) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(60)
        self.at_once -= 1
        self.deleted.append(attachment_id)


class Ear:
    """A hearing with what belongs to it."""

    def __init__(self, store: Store, clock: VirtualClock) -> None:
        self.store = store
        self.clock = clock
        self.done: list[str] = []
        self.listener = Listener(store)
        self.log = Log(clock, io.StringIO())
        self.shelf = SlowShelf(clock)
        self.attached: tuple[Attached, ...] = ()
        self.lanes = Lanes(lambda error: self.log.failure("lane_failed", error))
        self.hearing = Hearing(
            self.listener,  # type: ignore[arg-type]
            self.lanes,
            store,
            self.log,
            self.done.append,
            Fetching(store, self.shelf, clock, self.log),
            lambda _: self.attached,
            self.tell_parked,
        )
        self.parked = 0
        self._sent = 0

    async def tell_parked(self) -> None:
        self.parked += 1

    async def comes(self, text: str, account: str = "ana") -> str:
        """A message arrives, is stored and handed over; returns its row."""
        self._sent += 1
        sent, now = self._sent, self.clock.now()
        lease = Lease("me", now + HOUR)
        row = await self.store.run(lambda records: records.inbox.add("bot", account, sent, now, now, {}, lease))
        assert row is not None
        self.hearing.hear(Message(row, account, sent, now, None, text))
        return row

    async def count(self, state: InboxState) -> int:
        return await self.store.run(lambda records: records.inbox.count(state))


@pytest.fixture
async def ear(store: Store, clock: VirtualClock) -> Ear:
    return Ear(store, clock)


async def test_messages_of_one_person_are_heard_in_order(ear: Ear) -> None:
    ear.listener.takes = {"first": 3, "second": 1}
    rows = [await ear.comes("first"), await ear.comes("second")]
    await ear.lanes.wait_idle()
    assert ear.listener.heard == [("first", 3), ("second", 4)]
    assert ear.done == rows


async def test_nobody_waits_for_somebody_elses_message(ear: Ear) -> None:
    ear.listener.takes = {"slow": 60}
    await ear.comes("slow", "ana")
    await ear.comes("quick", "bo")
    await ear.lanes.wait_idle()
    assert [text for text, _ in ear.listener.heard] == ["quick", "slow"]


async def test_no_message_waits_while_files_are_deleted(ear: Ear) -> None:
    """Found: her word in time came behind large videos of hers that were overwritten, and her buddy was alerted."""
    ear.attached = tuple(Attached(f"{name}.mp4", "video/mp4", "", 95_000_000) for name in "xyz")
    await ear.comes("videos", "ana")
    await ear.comes("a video", "bo")
    ear.attached = ()
    row = await ear.comes("word", "ana")
    await asyncio.sleep(0.1)
    assert [text for text, at in ear.listener.heard if at < 1] == ["videos", "a video", "word"]
    assert row in ear.done
    await ear.lanes.wait_idle()
    assert sorted(ear.shelf.deleted) == sorted(2 * ["x.mp4", "y.mp4", "z.mp4"])
    assert ear.shelf.most_at_once == 2  # one of each account


async def test_a_message_that_fails_once_is_heard_at_the_second_try(ear: Ear) -> None:
    ear.listener.errors = {"hello": [RuntimeError()]}
    await ear.comes("hello")
    await ear.lanes.wait_idle()
    assert ear.listener.heard == [("hello", 0.5)]


async def test_a_message_that_always_fails_is_parked_its_writer_told_and_the_next_one_heard(
    ear: Ear, store: Store, clock: VirtualClock
) -> None:
    await store.run(lambda records: records.people.add("ana", clock.now()))
    ear.listener.errors = {"spoilt": [RuntimeError() for _ in range(100)]}
    await ear.comes("spoilt")
    await ear.comes("next")
    await ear.lanes.wait_idle()
    assert [text for text, _ in ear.listener.heard] == ["next"]
    assert ear.log.counts["message_failed"] == TRIES
    assert (await ear.count(InboxState.PARKED), await ear.count(InboxState.WAITING)) == (1, 0)
    lease = Lease("x", clock.now() + HOUR)
    (row,) = await store.run(lambda records: records.outbox.claim(clock.now(), 10, lease, urgent=False))
    assert row.text == "unknown.parked"
    assert ear.parked == 1


async def test_a_database_that_is_away_is_waited_for_however_long(ear: Ear) -> None:
    ear.listener.errors = {"hello": [StorageUnavailable("away") for _ in range(200)]}
    await ear.comes("hello")
    await ear.lanes.wait_idle()
    assert ear.listener.heard == [("hello", 100.0)]
    assert await ear.count(InboxState.PARKED) == 0


async def test_what_could_not_even_be_given_up_is_let_go_and_comes_again(
    ear: Ear, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row still waits; the sweep offers it when its lease ends."""
    ear.listener.errors = {"spoilt": [RuntimeError()]}
    row = await ear.comes("spoilt")
    refuse_in(store, monkeypatch, times=1)
    await ear.lanes.wait_idle()
    assert ear.log.counts["lane_failed"] == 1
    assert ear.done == [row]
    assert await ear.count(InboxState.WAITING) == 1


async def test_a_message_for_nobody_is_finished_too(ear: Ear, store: Store, clock: VirtualClock) -> None:
    now = clock.now()
    row = await store.run(lambda records: records.inbox.add("bot", "ana", 1, now, now, {}, None))
    assert row is not None
    await ear.hearing.unhandled(row, "no_handler")
    assert ear.done == [row]
    assert await ear.count(InboxState.DONE) == 1


async def test_a_message_for_nobody_that_cannot_be_finished_comes_again(
    ear: Ear, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_in(store, monkeypatch, times=1)
    with pytest.raises(StorageError):
        await ear.hearing.unhandled("row", "no_handler")
    assert ear.done == ["row"]


def refuse_in(store: Store, monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """The next units of work fail."""
    run: Callable[[Callable[[Records], object]], object] = store.run_inline
    left = times

    def refusing(work: Callable[[Records], object]) -> object:
        nonlocal left
        if left:
            left -= 1
            raise StorageError("refused")
        return run(work)

    monkeypatch.setattr(store, "run_inline", refusing)


async def test_stopping_leaves_the_rows_to_the_next_run(ear: Ear) -> None:
    ear.listener.takes = {"slow": 60}
    await ear.comes("slow")
    await asyncio.sleep(1)
    await ear.lanes.stop()
    assert await ear.count(InboxState.WAITING) == 1
