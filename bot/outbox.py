"""What leaves the bot: claim a row, send it, record what became of it. Alerts first; nobody waits for somebody else."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from bot.attempts import Attempt, Result, record_if_sent
from bot.clock import Clock
from bot.clock_watch import ClockWatch
from bot.delivery import Delivery
from bot.domain.outgoing import Action, Purpose, ToGroup, ToOperator
from bot.domain.timing import Timing
from bot.errors import StorageError, StorageUnavailable
from bot.log import Log
from bot.operator_news import OperatorNews
from bot.parcels import Claimed, Defaults, Parcel, claim_for_operator, claim_long_waiting, claim_parcels
from bot.settling import Settling
from bot.side_tasks import SideTasks
from bot.signal_watch import SignalWatch
from bot.transport.outcomes import FailureKind
from bot.use_cases.alert_not_sent import alert_not_sent
from bot.use_cases.line_missed import line_missed
from bot.use_cases.sos_reactions import answer_sos
from storage.leases import Lease
from storage.outbox import OutboxRow, OutboxState
from storage.records import Records
from storage.unit_of_work import Store

LEASE = timedelta(minutes=3)
"""Longer than any call to signal-cli may take."""
SWEEP = 5.0
"""Seconds after which the outbox is looked at although nothing is known to wait."""
LEAST_WAIT = 0.25
"""Seconds between looks while something is ready that may not leave yet."""
AT_ONCE = 12
AT_ONCE_URGENT = 32
HANGS_AFTER = 2.0
"""Seconds after which what is being sent takes nobody's place any more: signal-cli works off requests side by side."""
MOST_AT_ONCE = 512
"""Of those that are urgent, or of the others, with all that hangs."""
LONG_WAITING_AT_ONCE = 2
"""Besides, where more waits than leaves: of what has waited longest, whatever it is."""


class _Place(Enum):
    """What takes a place from what else."""

    URGENT = auto()
    OTHER = auto()
    LONG_WAITING = auto()
    FILE = auto()  # it may take long


@dataclass(frozen=True)
class _InHand:
    """What is being sent, since when on the event loop's clock."""

    place: _Place
    begun_at: float


class Deliveries:
    """Works off the outbox for as long as it runs. Alerts wait until it is settled, and are judged again."""

    def __init__(
        self,
        store: Store,
        delivery: Delivery,
        signal_watch: SignalWatch,
        clock_watch: ClockWatch,
        clock: Clock,
        owner: str,
        defaults: Defaults,
        timing: Timing,
        settling: Settling,
        news: OperatorNews,
        log: Log,
    ) -> None:
        self._store = store
        self._delivery = delivery
        self._signal_watch = signal_watch
        self._clock_watch = clock_watch
        self._clock = clock
        self._owner = owner
        self._defaults = defaults
        self._timing = timing
        self._settling = settling
        self._news = news
        self._log = log
        self._nudged = asyncio.Event()
        self._in_hand: dict[asyncio.Task[None], _InHand] = {}
        self._late = SideTasks()

    async def run(self) -> None:
        """Until cancelled. What is in hand then is tried again by the next run; an error leaves it alone."""
        try:
            while True:
                self._clock_watch.look()
                waiting_for = await self._round()
                await self._wait(waiting_for)
        except asyncio.CancelledError:
            for task in (ending := [*self._in_hand, *self._late.running]):
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)
            raise

    def nudge(self) -> None:
        """Something new may be there."""
        self._nudged.set()

    async def finish(self) -> None:
        """Return when what is being sent right now is sent."""
        if self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _round(self) -> float:
        """Send what can be sent; seconds until it is worth looking again."""
        self._nudged.clear()
        try:
            if self._signal_watch.away:
                await self._claim_for_operator()
                if self._signal_watch.take_try():
                    await self._try()
                return SWEEP
            now = self._clock.now()
            outlook = await self._store.run(lambda records: records.outbox.outlook(now), first=True)
            held_back = outlook.urgent and not self._settling.settled
            if held_back:
                await self._claim_for_operator()
            elif outlook.urgent:
                await self._claim(AT_ONCE_URGENT, urgent=True)
            if outlook.others:
                await self._claim(AT_ONCE, urgent=False)
        except StorageError as error:
            self._log.failure("outbox_not_read", error)
            return 1.0
        if held_back:
            return LEAST_WAIT
        longest = HANGS_AFTER if self._in_hand and (outlook.urgent or outlook.others) else SWEEP
        if outlook.next_at is None:
            return longest
        return min(longest, max(LEAST_WAIT, (outlook.next_at - self._clock.now()).total_seconds()))

    async def _try(self) -> None:
        """One message of each kind, to see whether Signal can be reached after all.

        All take turns: if the first could not be sent for a reason of its own, it would stand in the way for ever.
        No alert is tried in the first minute.
        """
        await self._claim(1, urgent=True, in_turn=True)
        await self._claim(1, urgent=False, in_turn=True)

    async def _claim_for_operator(self) -> None:
        """The operator is told also while Signal is away: that may be the news."""
        now, lease = self._now_and_lease()
        claimed = await self._store.run(lambda records: claim_for_operator(records, now, lease, self._defaults))
        await self._begin(claimed, lease, _Place.OTHER)

    async def _claim(self, at_once: int, *, urgent: bool, in_turn: bool = False) -> None:
        """Take what is free and begin to send it."""
        place = _Place.URGENT if urgent else _Place.OTHER
        free = self._free(place, at_once)
        begun = 0
        if free > 0:
            now, lease = self._now_and_lease()
            claimed = await self._store.run(
                lambda records: claim_parcels(
                    records, now, free, lease, self._defaults, urgent=urgent, in_turn=in_turn
                ),
                first=urgent,
            )
            await self._begin(claimed, lease, place)
            begun = len(claimed.parcels)
        if begun >= free and not urgent and not in_turn:
            await self._claim_long_waiting()

    async def _claim_long_waiting(self) -> None:
        """While members write without pause, the least important of what waits would never leave."""
        free = self._free(_Place.LONG_WAITING, LONG_WAITING_AT_ONCE)
        if free <= 0:
            return
        now, lease = self._now_and_lease()
        claimed = await self._store.run(lambda records: claim_long_waiting(records, now, free, lease, self._defaults))
        await self._begin(claimed, lease, _Place.LONG_WAITING)

    def _free(self, place: _Place, at_once: int) -> int:
        """What hangs takes no place, or whoever can be reached would wait for those who cannot."""
        begun = [one.begun_at for one in self._in_hand.values() if one.place is place]
        hangs_if_before = asyncio.get_running_loop().time() - HANGS_AFTER
        return min(at_once - sum(at > hangs_if_before for at in begun), MOST_AT_ONCE - len(begun))

    def _now_and_lease(self) -> tuple[datetime, Lease]:
        now = self._clock.now()
        return now, Lease(self._owner, now + LEASE)

    async def _begin(self, claimed: Claimed, lease: Lease, place: _Place) -> None:
        for parcel in claimed.parcels:
            task = asyncio.ensure_future(self._send(parcel, lease))
            takes = _Place.FILE if parcel.row.action is Action.FILE else place
            self._in_hand[task] = _InHand(takes, asyncio.get_running_loop().time())
            task.add_done_callback(self._put_down)
        for row in claimed.failed:
            await self._follow_failed(row)

    async def _follow_failed(self, row: OutboxRow) -> None:
        """In a unit of its own: damage to what would follow must not keep the others from leaving."""
        try:
            await self._until_kept(lambda records: alert_not_sent(records, row, self._clock.now(), self._timing))
        except Exception as error:  # noqa: BLE001 (it has failed all the same)
            self._log.failure("delivery_not_followed", error)

    def _put_down(self, task: asyncio.Task[None]) -> None:
        self._in_hand.pop(task, None)
        self._nudged.set()

    async def _wait(self, seconds: float) -> None:
        sweep = asyncio.get_running_loop().call_later(seconds, self._nudged.set)
        try:
            await self._nudged.wait()
        finally:
            sweep.cancel()

    async def _send(self, parcel: Parcel, lease: Lease) -> None:
        absence = self._signal_watch.absence
        attempt = await self._delivery.attempt(parcel)
        row = parcel.row
        waited = (self._clock.now() - row.created_at).total_seconds()
        self._log.tell(
            "delivery", result=attempt.result, purpose=row.purpose, waited_s=round(waited, 3), attempts=row.attempts
        )
        await self._record_until_kept(parcel, attempt, lease)
        if attempt.late is not None:
            self._late.begin(record_if_sent(attempt.late, lambda late: self._record_until_kept(parcel, late, lease)))
        if attempt.result is Result.SIGNAL_AWAY:
            self._signal_watch.missed()
        elif attempt.result is Result.SENT and not isinstance(row.to, ToOperator):
            self._signal_watch.reached(absence)
        elif attempt.reason == FailureKind.CAPTCHA:
            await self._news.captcha()

    async def _record_until_kept(self, parcel: Parcel, attempt: Attempt, lease: Lease) -> None:
        """A message that is out must not be sent again only because the database is away for a moment, or because
        something is damaged that would follow from it."""
        try:
            await self._until_kept(lambda records: self._record_and_follow(records, parcel, attempt, lease))
        except Exception as error:  # noqa: BLE001 (what became of the message is kept all the same)
            self._log.failure("delivery_not_followed", error)
            await self._until_kept(lambda records: self._record(records, parcel, attempt, lease))

    async def _until_kept(self, unit: Callable[[Records], object]) -> None:
        while True:
            try:
                await self._store.run(unit)
            except StorageUnavailable as error:
                self._log.failure("delivery_not_recorded", error)
                await asyncio.sleep(1.0)
            else:
                return

    def _record_and_follow(self, records: Records, parcel: Parcel, attempt: Attempt, lease: Lease) -> None:
        now, row = self._clock.now(), parcel.row
        before = records.outbox.get(row.id) if attempt.missed else None
        if not self._record(records, parcel, attempt, lease):
            return
        if attempt.result is Result.SENT and row.purpose is Purpose.ALERT:
            answer_sos(records, now)
        if before is not None and before.state is OutboxState.WAITING:
            line_missed(records, row, attempt.missed, attempt.without_account, now, self._timing)
        if attempt.result is not Result.SENT:
            alert_not_sent(records, row, now, self._timing, moves_on=attempt.result is not Result.SIGNAL_AWAY)

    def _record(self, records: Records, parcel: Parcel, attempt: Attempt, lease: Lease) -> bool:
        """Whether it counts. One that failed does not if it took so long that another bot has the row in hand, or has
        sent it; one that succeeded always does, for then it is out."""
        now, row = self._clock.now(), parcel.row
        if attempt.result is not Result.SENT and not records.outbox.still_to_send(row.id, lease):
            return False
        match attempt.result:
            case Result.SENT:
                records.outbox.record_sent(row.id, attempt.sent_ms, now, late=attempt.is_late)
            case Result.FAILED:
                records.outbox.record_failed(row.id, attempt.reason, now)
            case Result.RETRY | Result.SIGNAL_AWAY:
                records.outbox.record_retry(row.id, now + attempt.pause, attempt.reason, tried=attempt.tried)
        if attempt.result in (Result.SENT, Result.FAILED) and row.action is Action.END_GROUP:
            assert isinstance(row.to, ToGroup)
            records.groups.remove(row.to.group_id)  # it is left, or Signal does not let the bot leave it
        return True

    async def hurry(self) -> None:
        """Nobody waits out a pause: Signal is back, or the clock was set back."""
        now = self._clock.now()
        try:
            await self._store.run(lambda records: records.outbox.hurry(now))
        except StorageError as error:
            self._log.failure("outbox_not_hurried", error)
        self._nudged.set()
