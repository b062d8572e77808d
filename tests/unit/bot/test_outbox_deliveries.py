"""What leaves, in which order, and what never waits for what (DESIGN, invariants 1, 7 and 8)."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.clock_watch import ClockWatch
from bot.domain.details import Content, Subject, SubjectKind
from bot.domain.outgoing import Action, Outgoing, Priority, Purpose, Recipient, ToGroup, ToPerson, ToStranger
from bot.domain.timing import Timing
from bot.errors import StorageUnavailable
from bot.log import Log
from bot.operator_news import OperatorNews
from bot.outbox import Deliveries
from bot.parcels import Defaults
from bot.practice.virtual_time import VirtualClock
from bot.settling import Settling
from bot.signal_watch import SignalWatch
from bot.transport.calls import Quote
from bot.transport.errors import SignalUnavailable
from bot.transport.outcomes import Failure, FailureKind, SendOutcome
from bot.transport.requests import FileToSend
from storage.leases import Lease
from storage.outbox import OutboxState
from storage.records import Records
from storage.single_process import release_leases
from storage.transactions import Touched
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import FakeCalls, delivery_by
from tests.virtual import HOUR, MINUTE


class Signal(FakeCalls):
    """Takes a while for some people, refuses some, and can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.takes: dict[str, float] = {}
        self.fails: dict[str, FailureKind] = {}
        self.away = False
        self.sent: list[tuple[str, float]] = []
        self.tries: list[tuple[str, float]] = []
        self.probes = 0
        self.file_takes = 0.01
        self.files = 0

    async def send_to_person(self, aci: str, text: str, quote: Quote | None = None) -> SendOutcome:
        loop = asyncio.get_running_loop()
        self.tries.append((aci, loop.time()))
        await asyncio.sleep(self.takes.get(aci, 0.01))
        if self.away:
            return SendOutcome(failures={aci: Failure(FailureKind.NETWORK)}, network_down=True)
        if aci in self.fails:
            kind = self.fails[aci]
            return SendOutcome(failures={aci: Failure(kind)}, network_down=kind is FailureKind.NETWORK)
        self.sent.append((aci, loop.time()))
        return SendOutcome(sent_ms=len(self.sent), reached=frozenset({aci}))

    async def send_file(self, aci: str, text: str, file: FileToSend) -> SendOutcome:
        self.files += 1
        await asyncio.sleep(self.file_takes)
        return SendOutcome(sent_ms=10**6 + self.files, reached=frozenset({aci}))

    async def probe(self, timeout: float = 10.0) -> None:
        self.probes += 1
        if self.away:
            raise SignalUnavailable

    def sent_to(self, account: str) -> list[float]:
        """When something reached this account."""
        return [at for to, at in self.sent if to == account]


class Post:
    """An outbox, and the bot's part that works it off."""

    def __init__(self, store: Store, clock: VirtualClock) -> None:
        self.store = store
        self.clock = clock
        self.signal = Signal()
        self.log = Log(clock, io.StringIO())
        self.settling = Settling(timedelta(seconds=5), timedelta(seconds=15))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Until the end of the block."""
        watch = SignalWatch(self.signal, self.settling, lambda: False, lambda: False, self.log)
        clock_watch = ClockWatch(
            self.clock, lambda _: watch.doubt(), lambda: aside.append(asyncio.ensure_future(deliveries.hurry()))
        )
        aside: list[asyncio.Task[None]] = []
        deliveries = Deliveries(
            self.store,
            delivery_by(self.signal, self.store),
            watch,
            clock_watch,
            self.clock,
            "me",
            Defaults("UTC", "en"),
            Timing(),
            self.settling,
            OperatorNews(self.store, self.clock, self.log),
            self.log,
        )

        def tell(touched: Touched) -> None:
            if touched.outbox:
                deliveries.nudge()

        self.store.after_commit(tell)
        watch.on_change = deliveries.hurry
        running = [asyncio.ensure_future(part.run()) for part in (watch, deliveries)]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, *aside, return_exceptions=True)
            self.settling.stop()

    async def person(self, account: str) -> ToPerson:
        person = await self.store.run(lambda records: records.people.add(account, self.clock.now()))
        return ToPerson(person.id)

    async def queue(self, *messages: Outgoing) -> list[str]:
        now = self.clock.now()
        return await self.store.run(lambda records: [records.outbox.add(message, now) for message in messages])

    async def waiting(self) -> int:
        return await self.store.run(lambda records: records.outbox.count_waiting())


@pytest.fixture
async def post(store: Store, clock: VirtualClock) -> Post:
    return Post(store, clock)


def reply(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.REPLY, Purpose.REPLY, text="safe.closed")


def notice(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.REST, Purpose.NOTICE, text="decline.told")


def alert(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.ALERT, Purpose.ALERT, text="alert.ends", facts={"name": "Ana"}, check_in_id="c")


def details(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.ALERT, Purpose.ALERT_DETAILS, text="alert.police", facts={"name": "Ana"})


async def test_a_message_leaves_at_once_after_its_commit(post: Post) -> None:
    bo = await post.person("bo")
    async with post.at_work():
        await asyncio.sleep(3)
        await post.queue(reply(bo))
        await asyncio.sleep(0.02)
    assert post.signal.sent == [("bo", 3.01)]
    assert await post.waiting() == 0


async def test_messages_to_one_person_keep_their_order(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.takes["bo"] = 2
    async with post.at_work():
        await post.queue(reply(bo), reply(bo), reply(bo))
        await asyncio.sleep(7)
    assert [round(at) for at in post.signal.sent_to("bo")] == [2, 4, 6]


async def test_one_slow_recipient_never_delays_another(post: Post) -> None:
    bo, cy = await post.person("bo"), await post.person("cy")
    post.signal.takes["bo"] = 60
    async with post.at_work():
        await post.queue(*[reply(bo)] * 20, reply(cy))
        await asyncio.sleep(1)
        await post.queue(reply(cy))
        await asyncio.sleep(1)
    assert len(post.signal.sent_to("cy")) == 2


async def test_an_alert_does_not_wait_for_a_reply_that_hangs_on_its_way_to_the_same_person(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.takes["bo"] = 60
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(1)
        await post.queue(alert(bo))
        await asyncio.sleep(0.1)
    assert [round(at) for _, at in post.signal.tries] == [0, 1]


async def test_an_alert_overtakes_a_thousand_waiting_notices_to_others(post: Post) -> None:
    others = [await post.person(f"person {number}") for number in range(1000)]
    bo = await post.person("bo")
    for number in range(1000):
        post.signal.takes[f"person {number}"] = 1
    async with post.at_work():
        await post.queue(*[notice(other) for other in others])
        await asyncio.sleep(0.5)
        await post.queue(alert(bo))
        await asyncio.sleep(0.5)
        assert len(post.signal.sent_to("bo")) == 1
        assert await post.waiting() > 900


async def test_an_alert_overtakes_even_while_many_alerts_to_others_hang(post: Post) -> None:
    others = [await post.person(f"person {number}") for number in range(20)]
    bo = await post.person("bo")
    for number in range(20):
        post.signal.takes[f"person {number}"] = 60
    async with post.at_work():
        await post.queue(*[alert(other) for other in others])
        await asyncio.sleep(1)
        await post.queue(alert(bo))
        await asyncio.sleep(0.5)
    assert len(post.signal.sent_to("bo")) == 1


async def test_the_details_of_an_alert_never_leave_before_it(post: Post) -> None:
    """They wait with it while it is not settled: what she left is nobody's before the alert is."""
    bo = await post.person("bo")
    post.settling.ceases()
    post.settling.flows()
    async with post.at_work():
        await post.queue(alert(bo), details(bo))
        await asyncio.sleep(4.9)
        assert post.signal.tries == []
        await asyncio.sleep(1)
    assert len(post.signal.sent_to("bo")) == 2


async def test_alerts_wait_until_it_is_settled_and_replies_do_not(post: Post) -> None:
    bo, ana = await post.person("bo"), await post.person("ana")
    post.settling.ceases()
    post.settling.flows()
    async with post.at_work():
        await post.queue(alert(bo), reply(ana))
        await asyncio.sleep(4.9)
        assert [to for to, _ in post.signal.sent] == ["ana"]
        await asyncio.sleep(0.4)
    assert [to for to, _ in post.signal.sent] == ["ana", "bo"]


async def test_an_alert_withdrawn_while_it_waits_to_be_settled_never_leaves(post: Post) -> None:
    bo = await post.person("bo")
    post.settling.ceases()
    post.settling.flows()
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(3)
        await post.store.run(lambda records: records.outbox.withdraw("c", [Purpose.ALERT]))
        await asyncio.sleep(60)
    assert post.signal.tries == []


async def test_a_receive_line_that_flaps_every_few_seconds_lets_alerts_leave(post: Post) -> None:
    bo = await post.person("bo")
    post.settling.ceases()
    async with post.at_work():
        await post.queue(alert(bo))
        for _ in range(20):
            post.settling.flows()
            await asyncio.sleep(2.9)
            post.settling.ceases()
            await asyncio.sleep(0.1)
    assert post.signal.sent_to("bo")[0] < 20


async def test_a_failed_send_is_tried_again_after_growing_pauses(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.fails["bo"] = FailureKind.IDENTITY
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(130)
    pauses = [later[1] - earlier[1] for earlier, later in pairwise(post.signal.tries)]
    assert [round(pause) for pause in pauses] == [1, 2, 4, 8, 16, 32, 60]


async def test_an_account_that_is_gone_frees_its_lane(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.fails["bo"] = FailureKind.UNREGISTERED
    async with post.at_work():
        await post.queue(reply(bo), reply(bo))
        await asyncio.sleep(1)
    assert len(post.signal.tries) == 2
    assert await post.waiting() == 0


async def test_one_recipients_network_failure_holds_nobody_else_up(post: Post) -> None:
    """signal-cli says "network" for any strange answer of the server, also when it concerns one account alone."""
    bo, cy = await post.person("bo"), await post.person("cy")
    post.signal.fails["bo"] = FailureKind.NETWORK
    async with post.at_work():
        await post.queue(alert(bo))
        for second in range(60):
            await asyncio.sleep(1)
            await post.queue(alert(cy))
            await asyncio.sleep(0.1)
            assert len(post.signal.sent_to("cy")) == second + 1
    assert post.settling.settled
    assert post.signal.probes <= len([to for to, _ in post.signal.tries if to == "bo"])


async def test_when_signals_network_returns_what_waited_there_is_let_in_and_then_alerts_leave(post: Post) -> None:
    bo = await post.person("bo")
    post.settling.flows()
    post.signal.away = True
    async with post.at_work():
        await asyncio.sleep(20)
        await post.queue(alert(bo))
        await asyncio.sleep(600)
        tries = len(post.signal.tries)
        assert tries <= 11  # round trips ask instead, and one message in a minute may try all the same
        assert post.signal.probes >= 100
        post.signal.away = False
        await asyncio.sleep(5)
        assert len(post.signal.tries) == tries
        await asyncio.sleep(5.5)
        assert len(post.signal.sent_to("bo")) == 1


async def test_nothing_is_lost_and_nothing_doubled_while_signal_comes_and_goes(post: Post) -> None:
    people = [await post.person(f"person {number}") for number in range(5)]
    post.settling.flows()
    async with post.at_work():
        for number in range(60):
            post.signal.away = number % 7 > 3
            await post.queue(*[reply(person) for person in people])
            await asyncio.sleep(3)
        post.signal.away = False
        await asyncio.sleep(120)
    assert len(post.signal.sent) == 60 * 5
    assert await post.waiting() == 0


async def test_what_cannot_be_recorded_is_not_sent_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    bo = await post.person("bo")
    run = post.store.run_inline

    def away(work: Callable[[Records], object]) -> object:
        if 1 <= asyncio.get_running_loop().time() < 20:
            raise StorageUnavailable("away")
        return run(work)

    monkeypatch.setattr(post.store, "run_inline", away)
    post.signal.takes["bo"] = 2
    async with post.at_work():
        await post.queue(reply(bo))
        await asyncio.sleep(60)
        assert await post.waiting() == 0
    assert len(post.signal.sent) == 1


async def test_what_follows_from_an_alert_may_fail_without_the_alert_being_sent_again_and_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What became of a message is kept, whatever is damaged in what would follow from it."""

    def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr("bot.outbox.answer_sos", broken)
    bo = await post.person("bo")
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(1200)
    assert len(post.signal.sent_to("bo")) == 1
    assert post.log.counts["delivery_not_followed"] == 1


async def test_what_an_earlier_run_had_in_hand_leaves_when_its_lease_ends(post: Post) -> None:
    bo = await post.person("bo")
    await post.queue(alert(bo))
    now = post.clock.now()
    await post.store.run(lambda records: records.outbox.claim(now, 10, Lease("dead", now + MINUTE), urgent=True))
    async with post.at_work():
        await asyncio.sleep(61)
    assert [round(at) for at in post.signal.sent_to("bo")] == [60]


async def test_a_failure_counts_for_nothing_once_another_bot_has_sent_the_alert(post: Post) -> None:
    """A process that hung with an alert in hand, and comes back to tell of its failure."""
    bo = await post.person("bo")
    post.signal.takes["bo"], post.signal.fails["bo"] = 100.0, FailureKind.NETWORK
    (row_id,) = await post.queue(alert(bo))

    def send_instead(records: Records) -> None:
        release_leases(records, {"me"})
        now = post.clock.now()
        assert records.outbox.claim(now, 1, Lease("other", now + MINUTE), urgent=True)
        records.outbox.record_sent(row_id, 77, now)

    async with post.at_work():
        await asyncio.sleep(50)
        await post.store.run(send_instead)
        await asyncio.sleep(60)
    row = await post.store.run(lambda records: records.outbox.get(row_id))
    assert row is not None
    assert (row.state, row.sent_ms, row.attempts, row.failure) == (OutboxState.SENT, 77, 0, None)


async def test_a_failure_leaves_alone_what_another_bot_is_just_sending(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.takes["bo"], post.signal.fails["bo"] = 100.0, FailureKind.UNREGISTERED
    (row_id,) = await post.queue(alert(bo))
    other = Lease("other", post.clock.now() + HOUR)

    def take_it(records: Records) -> None:
        release_leases(records, {"me"})
        assert records.outbox.claim(post.clock.now(), 1, other, urgent=True)

    async with post.at_work():
        await asyncio.sleep(50)
        await post.store.run(take_it)
        await asyncio.sleep(60)
    assert await post.store.run(lambda records: records.outbox.still_mine(row_id, other))
    assert await post.waiting() == 1


async def test_a_row_that_cannot_be_read_does_not_stop_the_others(post: Post) -> None:
    bo, cy = await post.person("bo"), await post.person("cy")
    (spoilt,) = await post.queue(alert(bo))

    def spoil(records: Records) -> None:
        records.scope.connection.exec_driver_sql("UPDATE outbox SET body = x'00'")

    await post.store.run(spoil)
    async with post.at_work():
        await post.queue(alert(bo), alert(cy))
        await asyncio.sleep(6)
    assert sorted(to for to, _ in post.signal.sent) == ["bo", "cy"]
    assert await post.waiting() == 0
    failed = await post.store.run(
        lambda records: records.scope.connection.exec_driver_sql(
            f"SELECT failure FROM outbox WHERE id = '{spoilt}'"
        ).scalar_one()
    )
    assert failed == "unreadable"


async def test_a_zone_that_this_machine_does_not_know_does_not_stop_an_alert(post: Post) -> None:
    bo = await post.person("bo")
    await post.store.run(lambda records: records.people.set_zone(bo.person_id, "Atlantis/Capital"))
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(1)
    assert len(post.signal.sent_to("bo")) == 1


async def test_a_clock_set_back_does_not_lengthen_the_pause_of_an_alert(post: Post) -> None:
    bo = await post.person("bo")
    post.signal.fails["bo"] = FailureKind.IDENTITY
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(5)
        post.clock.step(-HOUR.total_seconds())
        post.signal.fails.clear()
        await asyncio.sleep(20)
    assert len(post.signal.sent_to("bo")) == 1


async def test_an_error_in_the_rounds_leaves_alone_what_is_being_sent(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The part is started again a moment later; what it had in hand goes on and is recorded."""
    bo = await post.person("bo")
    post.signal.takes["bo"] = 5
    async with post.at_work():
        await post.queue(alert(bo))
        await asyncio.sleep(1)

        def broken(_: Records) -> None:
            raise RuntimeError

        monkeypatch.setattr("bot.outbox.claim_parcels", lambda *_, **__: broken)
        await post.queue(reply(bo))
        await asyncio.sleep(10)
    assert len(post.signal.sent_to("bo")) == 1


async def test_groups_and_strangers_have_lanes_of_their_own(post: Post) -> None:
    group = await post.store.run(lambda records: records.groups.add(post.clock.now()))
    stranger = ToStranger("someone")
    async with post.at_work():
        await post.queue(reply(ToGroup(group.id)), reply(stranger))
        await asyncio.sleep(1)
    assert [to for to, _ in post.signal.sent] == ["someone"]


async def test_no_alert_waits_for_a_file_that_is_on_its_way_to_the_same_person(post: Post) -> None:
    """Found: one file may take two minutes, and an alert about somebody else waited behind it."""
    bo = await post.person("bo")
    now = post.clock.now()
    kept = Subject(SubjectKind.CHECK_IN, "c")

    photo = Content("a.jpg", "image/jpeg", b"photo")
    entry_id = await post.store.run(lambda records: records.details.add_file(kept, now, photo))
    facts = {"entry": entry_id, "name": "Ana"}
    file = Outgoing(bo, Priority.ALERT, Purpose.ALERT_ATTACHMENT, Action.FILE, "alert.police", facts, "c")
    post.signal.file_takes = 100.0
    async with post.at_work():
        await asyncio.sleep(6)
        await post.queue(file)
        await asyncio.sleep(2)
        await post.queue(alert(bo))
        await asyncio.sleep(2)
        assert len(post.signal.sent_to("bo")) == 1
        assert await post.waiting() == 1
        await post.queue(file)
        await asyncio.sleep(50)
        assert post.signal.files == 1, "one file after the other"
        await asyncio.sleep(200)
    assert await post.waiting() == 0
