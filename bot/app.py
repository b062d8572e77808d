"""The whole bot, put together: what is started in which order, and how it ends."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.attachment_sweep import AttachmentSweep
from bot.attachments import AttachmentFolder
from bot.clock import Clock
from bot.clock_watch import ClockWatch
from bot.delivery import Delivery
from bot.domain.codes import make_code
from bot.domain.reception import Reception
from bot.errors import StorageError
from bot.fellow_bots import FellowBots
from bot.group_care import GroupCare
from bot.group_making import GroupMaking
from bot.inbox import InboxFeed, attachment_ids_in
from bot.lanes import Lanes
from bot.log import Log
from bot.operator_channel import NoChannel, OperatorChannel
from bot.operator_news import OperatorNews
from bot.outbox import Deliveries
from bot.parcels import Defaults
from bot.phone_watch import PhoneWatch
from bot.profile import Profile
from bot.settings import Settings
from bot.settling import Settling
from bot.side_tasks import SideTasks
from bot.signal_watch import SignalWatch
from bot.supervision import keep_running
from bot.transport.connection import Endpoint
from bot.transport.signal_cli import SignalCli
from bot.transport.signalbot_seam import BuddySignalBot
from bot.transport.timings import Timings
from bot.upkeep import BEAT_EVERY, PURGE_EVERY, Upkeep
from bot.words_desk import WordsDesk
from handlers.call import Surroundings
from handlers.command import find_commands
from handlers.conversation import Conversation
from handlers.door import Door
from handlers.entrance import register_entrances
from handlers.fetching import Fetching
from handlers.hearing import Hearing
from scheduler.clock_seam import apscheduler_reads
from scheduler.due import DueDeadlines
from scheduler.wake_ups import WakeUps
from storage.single_process import Ownership
from storage.transactions import Touched
from storage.unit_of_work import Store
from storage.words import WordHasher

SWEEP_INBOX = timedelta(seconds=30)
LISTEN_CHECK = timedelta(seconds=20)
FINISH_WITHIN = 3.0
"""Seconds that an orderly end may take for what is in hand; all of it is over in 5, even if signal-cli hangs."""


@dataclass(frozen=True)
class Edges:
    """Everything from outside: time, chance, Signal, storage, and where slow work on words is done.

    `ownership` names this run in leases; `timings` are those of the connection to signal-cli.
    `executor` is None where there are no threads (virtual time). `operator`: the second channel.
    """

    clock: Clock
    random_bytes: Callable[[int], bytes]
    chance: Callable[[], float]
    endpoint: Endpoint
    store: Store
    ownership: Ownership
    hasher: WordHasher
    executor: Executor | None
    log: Log
    attachments: AttachmentFolder
    timings: Timings = field(default_factory=Timings)
    operator: OperatorChannel = field(default_factory=NoChannel)


class Bot:
    """One running bot. Make it inside the event loop, then await `run`."""

    def __init__(self, edges: Edges, settings: Settings) -> None:
        self._edges = edges
        self.log = edges.log
        self._timing = settings.timing
        clock, store, log = edges.clock, edges.store, edges.log
        self.settling = Settling(
            self._timing.settle_quiet,
            self._timing.settle_at_most,
            on_settled=lambda seconds: log.tell("settled", after_s=round(seconds, 3)),
        )
        self._news = OperatorNews(store, clock, log)
        self._signal = self._signal_cli(settings)
        self._care = GroupCare(self._signal, store, clock, log)
        self._feed = InboxFeed(
            store, clock, edges.ownership.owner, settings.account, log, self._care.changed, self._news.message_parked
        )
        self._phones = PhoneWatch(self._signal, store, clock, settings.timing, log)
        self._profile = Profile(self._signal, settings.profile_name, self.settling.wait, log)
        self._lanes = Lanes(lambda error: log.failure("lane_failed", error))
        self._hearing = Hearing(
            self._conversation(settings),
            self._lanes,
            store,
            log,
            self._feed.finished,
            Fetching(store, edges.attachments, clock, log),
            self._feed.attachments,
            self._news.message_parked,
        )
        self._sweep = AttachmentSweep(store, edges.attachments, clock, log, attachment_ids_in)
        self._signalbot = BuddySignalBot(
            self._feed.messages(), on_unhandled=self._hearing.unhandled, account=settings.account, counters=log
        )
        register_entrances(self._signalbot.register, self._hearing)
        self._wake_ups = WakeUps(self._signalbot.scheduler, clock)
        self._signal_watch = SignalWatch(
            self._signal, self.settling, self._wake_ups.is_waiting, self._wake_ups.is_close, log
        )
        self._clock_watch = ClockWatch(clock, self._after_leap, self._after_set_back)
        self._due = DueDeadlines(store, self._wake_ups, clock, self._timing, edges.ownership.owner, self._may_act, log)
        self._deliveries = self._delivering(settings)
        self._aside = SideTasks()
        self._upkeep = Upkeep(store, clock, self._timing, log)
        self._stop_asked = asyncio.Event()
        store.after_commit(self._after_commit)

    def request_stop(self) -> None:
        """Let `run` end in good order."""
        self._stop_asked.set()

    async def run(self) -> None:
        """Work until `request_stop`, finish what is in hand within a few seconds, and return."""
        with apscheduler_reads(self._edges.clock):
            away_since = await self._upkeep.last_beat()
            self._signal_watch.on_change = self._signal_changed
            self._signal_watch.on_long_away = self._news.signal_away
            self._feed.on_writing = self._phones.nudge
            await self._feed.sweep()  # before anything new can come: each person's order is kept
            self._start_clockwork()
            self.settling.ceases()
            parts = [
                asyncio.ensure_future(keep_running(name, part, self._edges.log))
                for name, part in (
                    ("signal", self._signal.run),
                    ("handlers", self._signalbot.run_until_stopped),
                    ("deadlines", self._due.run),
                    ("outbox", self._deliveries.run),
                    ("watch", self._signal_watch.run),
                    ("groups", self._care.run),
                    ("phones", self._phones.run),
                )
            ]
            self._clock_watch.begin(away_since)
            if self._edges.ownership.is_alone:  # set back, perhaps, in a moment that nobody saw
                self._aside.begin(self._upkeep.follow_clock())
            self._aside.begin(self._tell_of_absence(away_since), self._sweep.run(), self._profile.set_up())
            try:
                await self._stop_asked.wait()
                await self._finish()
            finally:
                await self._end(parts)

    def _signal_cli(self, settings: Settings) -> SignalCli:
        return SignalCli(
            self._edges.endpoint,
            settings.account,
            take=self._take,
            on_subscribed=self.settling.flows,
            on_lost=self.settling.ceases,
            random=self._edges.chance,
            counters=self.log,
            timings=self._edges.timings,
        )

    def _conversation(self, settings: Settings) -> Conversation:
        surroundings = Surroundings(
            timing=self._timing,
            default_zone=settings.timezone,
            account=settings.account,
            code=lambda: make_code(self._edges.random_bytes),
            lets_new_people_in=settings.registration.lets_new_people_in,
        )
        words = WordsDesk(self._edges.hasher, self._edges.executor)
        door = Door(settings.registration)
        return Conversation(self._edges.store, words, find_commands(), surroundings, door, self._edges.clock)

    def _delivering(self, settings: Settings) -> Deliveries:
        store, log = self._edges.store, self.log
        delivery = Delivery(
            self._signal,
            GroupMaking(self._signal, store),
            self._care,
            self._edges.operator,
            lambda error: log.failure("delivery_failed", error),
            lambda entry_id: store.run(lambda records: records.details.content(entry_id)),
        )
        return Deliveries(
            store,
            delivery,
            self._signal_watch,
            self._clock_watch,
            self._edges.clock,
            self._edges.ownership.owner,
            Defaults(settings.timezone, settings.language),
            self._timing,
            self.settling,
            self._news,
            log,
        )

    def _start_clockwork(self) -> None:
        every = self._wake_ups.every
        every(BEAT_EVERY, self._upkeep.beat, "beat")
        every(PURGE_EVERY, self._upkeep.purge, "purge")
        every(PURGE_EVERY, self._upkeep.begin_terms, "terms")
        every(PURGE_EVERY, self._sweep.run, "attachments")
        every(BEAT_EVERY, self._upkeep.erase_files, "files")
        every(self._timing.look_for_phones, self._phones.look_and_tell, "phones")
        every(SWEEP_INBOX, self._feed.sweep, "inbox")
        every(LISTEN_CHECK, self._say_if_deaf, "deaf")
        every(PURGE_EVERY, self._care.look_at_all, "groups")
        FellowBots(self._edges.store, self._edges.ownership, self._feed.sweep, self.log).look_often(every)
        self._signalbot.scheduler.start()

    async def _say_if_deaf(self) -> None:
        """A wrong account, or a signal-cli that is away, must not go unnoticed by the operator."""
        if not self._signal.subscribed:
            self.log.tell_warning("no_messages_flow", connected=self._signal.connected)

    async def _take(self, lines: list[bytes]) -> None:
        self.settling.heard()
        try:
            await self._feed.take(lines)
        except StorageError as error:  # they are offered again, and what follows waits at Signal's server
            self.log.failure("messages_not_stored", error)
            raise

    def _after_commit(self, touched: Touched) -> None:
        if touched.outbox:
            self._deliveries.nudge()
        if touched.deadlines:
            self._due.changed()

    async def _signal_changed(self) -> None:
        """Signal is back, or an urgent message may try although it seems away."""
        if not self._signal_watch.away:
            self._signal.listen_anew()
            await self._news.signal_back()
        await self._deliveries.hurry()

    async def _may_act(self) -> Reception:
        """Return when deadlines may be acted upon; before any that is due, Signal is asked whether it is there."""
        self._clock_watch.look()
        await self.settling.wait()
        if self._wake_ups.may_be_overdue():
            await self._signal_watch.make_sure()
            await self.settling.wait()
        return self._signal_watch.reception

    def _after_leap(self, since: datetime) -> None:
        """The host was asleep, or its clock was set forwards: what waited at Signal is let in first. signal-cli's
        connection is most likely dead then, and it would find that out only after a while."""
        self.log.tell_warning("clock_leapt")
        self.settling.begin()
        self._signal.listen_anew()
        self._signal_watch.doubt()
        self._aside.begin(self._tell_of_absence(since))

    def _after_set_back(self) -> None:
        """Neither a message nor a step of an open alert waits for the old time."""
        self._aside.begin(self._deliveries.hurry(), self._upkeep.follow_clock())

    async def _tell_of_absence(self, away_since: datetime | None) -> None:
        await self.settling.wait()
        await self._lanes.wait_idle()
        await self._upkeep.tell_of_absence(away_since)

    async def _finish(self) -> None:
        """No more messages; what came is handled and answered, as far as the time allows."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH_WITHIN):
                await self._signal.stop_receiving()
                await self._lanes.wait_idle()
                await self._deliveries.finish()

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        if self._signalbot.scheduler.running:
            self._signalbot.scheduler.shutdown(wait=False)  # takes effect at the next turn of the loop
        for task in (ending := [*tasks, *self._aside.running]):
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self.settling.stop()
        await self._lanes.stop()
        await self._upkeep.beat()
