"""An outbox, the bot's part that works it off, and a Signal that is slow, refuses, or is away."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.clock_watch import ClockWatch
from bot.domain.outgoing import Outgoing, Priority, Purpose, Recipient, ToPerson
from bot.domain.timing import Timing
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
from storage.transactions import Touched
from storage.unit_of_work import Store
from tests.unit.bot.fake_calls import FakeCalls, delivery_by


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


def reply(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.REPLY, Purpose.REPLY, text="safe.closed")


def notice(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.REST, Purpose.NOTICE, text="decline.told")


def alert(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.ALERT, Purpose.ALERT, text="alert.ends", facts={"name": "Ana"}, check_in_id="c")


def details(to: Recipient) -> Outgoing:
    return Outgoing(to, Priority.ALERT, Purpose.ALERT_DETAILS, text="alert.police", facts={"name": "Ana"})
