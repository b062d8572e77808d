"""Acting on due deadlines: claim under a lease, decide and commit each in its own unit of work (DESIGN, 4 to 6)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock
from bot.domain.alarm import AlarmStep
from bot.domain.check_in import Step
from bot.domain.drill import DrillStep
from bot.domain.reception import Reception
from bot.domain.reset import ResetStep
from bot.domain.term import TermStep
from bot.domain.timing import Timing
from bot.errors import StorageError, StorageUnavailable
from bot.log import Log
from bot.use_cases.act_on_deadline import Acted, act_on_deadline, ends_alarm
from bot.use_cases.drilling import act_on_drill
from bot.use_cases.failing_deadline import give_back, give_back_and_tell
from bot.use_cases.forget import ForgettingStep, act_on_forgetting
from bot.use_cases.lapse import act_on_term, ends_pairing
from bot.use_cases.let_go import LeavingStep, act_on_leaving
from bot.use_cases.reset import act_on_reset
from scheduler.wake_ups import WakeUps
from storage.deadlines import Deadline
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store

SWEEP = timedelta(seconds=1)
"""How often the known earliest deadline is compared with the clock: heals lost wake-ups and stepped clocks."""
OBJECTIONS_AGAIN = timedelta(seconds=5)
"""Until what may only end while objections are heard is looked at once more."""
LOOK_AGAIN = timedelta(seconds=30)
"""How often the database is asked although nothing is known to be due: heals what another process has changed."""
LEASE = timedelta(seconds=60)
BATCH = 500
INBOX_FIRST = 5.0
"""Seconds that a deadline waits for earlier messages which could close its check-in."""
_INBOX_STEP = 0.05
_DATABASE_STEP = 0.5
"""Seconds between tries while the database is away."""


class Act(Protocol):
    """Takes one due step, settled in this same unit of work."""

    def __call__(
        self,
        records: Records,
        deadline: Deadline,
        lease: Lease,
        now: datetime,
        timing: Timing,
        /,
        *,
        waited_enough: bool,
    ) -> Acted:
        """`waited_enough`: earlier messages have been waited for. May raise; the deadline is tried again then."""
        ...


@dataclass(frozen=True)
class Kind:
    """How the deadlines of one kind of subject are acted upon, and what their steps are called. `ends`: whether a step
    would end what somebody may have objected to, though that is not heard. Who has may wait at Signal's server; so it
    waits until messages come in."""

    act: Act
    steps: type[StrEnum]
    ends: Callable[[Records, Deadline, Reception], bool] | None = None

    def waits_to_be_heard(self, records: Records, deadline: Deadline, reception: Reception) -> bool:
        """Asked in the unit of work that would act: what others have been told may have changed since."""
        return reception is not Reception.HEARS and self.ends is not None and self.ends(records, deadline, reception)


KINDS: Mapping[str, Kind] = {
    "check_in": Kind(act_on_deadline, Step),
    "alarm": Kind(act_on_deadline, AlarmStep, ends_alarm),
    "forgetting": Kind(act_on_forgetting, ForgettingStep),
    "drill": Kind(act_on_drill, DrillStep),
    "reset": Kind(act_on_reset, ResetStep, lambda *_: True),
    "pairing": Kind(act_on_term, TermStep, ends_pairing),
    "leaving": Kind(act_on_leaving, LeavingStep),
}
"""By `Deadline.subject_kind`."""


@dataclass(frozen=True)
class Outlook:
    """The earliest deadline as stored now, and whether people rely on any."""

    earliest: datetime | None
    relied_on: bool


class DueDeadlines:
    """Looks after the deadlines while it runs. `settled` says when it may act (SPEC: "When the bot was down"), and
    whether messages come in then."""

    def __init__(
        self,
        store: Store,
        wake_ups: WakeUps,
        clock: Clock,
        timing: Timing,
        owner: str,
        settled: Callable[[], Awaitable[Reception]],
        log: Log,
    ) -> None:
        self._store = store
        self._wake_ups = wake_ups
        self._clock = clock
        self._timing = timing
        self._owner = owner
        self._settled = settled
        self._log = log
        self._reception = Reception.DEAF
        self._in_hand: set[asyncio.Task[None]] = set()
        self._looked_at = clock.now() - LOOK_AGAIN

    async def run(self) -> None:
        """Until cancelled. An error costs one round and leaves alone what is in hand."""
        try:
            while True:
                self._reception = await self._settled()
                await self._round()
                await self._wake_ups.wait(SWEEP)
                while not self._worth_looking():
                    await self._wake_ups.wait(SWEEP)
        except asyncio.CancelledError:
            for task in self._in_hand:
                task.cancel()
            raise

    def changed(self) -> None:
        """A unit of work has touched the deadlines."""
        self._looked_at = self._clock.now() - LOOK_AGAIN
        self._wake_ups.nudge()

    def _worth_looking(self) -> bool:
        if not self._wake_ups.watch_scheduler():
            self._log.tell_warning("scheduler_woken")
        waited = self._clock.now() - self._looked_at
        return self._wake_ups.is_overdue() or not timedelta(0) <= waited < LOOK_AGAIN

    async def _round(self) -> None:
        now = self._looked_at = self._clock.now()
        try:
            while (outlook := await self._claim_and_act(now)) is None:
                pass  # what falls due meanwhile must ask again whether it may be acted upon
        except StorageError as error:
            self._log.failure("deadlines_not_read", error)
            self._looked_at = self._clock.now() - LOOK_AGAIN  # at the next sweep: what is due may not be known yet
            return
        self._wake_ups.set_earliest(outlook.earliest, relied_on=outlook.relied_on)

    async def _claim_and_act(self, now: datetime) -> Outlook | None:
        """One batch of what was due at `now`; once that is all, what comes next."""
        lease = Lease(self._owner, self._clock.now() + LEASE)
        found = await self._store.run(lambda records: _claim(records, now, lease), first=True)
        if isinstance(found, Outlook):
            return found
        for deadline in found:
            task = asyncio.ensure_future(self._act(deadline, lease))
            self._in_hand.add(task)
            task.add_done_callback(self._in_hand.discard)
        return None

    async def _act(self, deadline: Deadline, lease: Lease) -> None:
        """One deadline to its end: settled, left to whoever changed it, or given back for another try."""
        try:
            acted = await self._act_after_inbox(deadline, lease)
            if acted is Acted.WAITS_TO_BE_HEARD:
                await self._give_back_uncounted(deadline, OBJECTIONS_AGAIN)
                return
            late = (self._clock.now() - deadline.due_at).total_seconds()
            step = KINDS[deadline.subject_kind].steps(deadline.what)
            self._log.tell("deadline", step=step, acted=acted, late_s=round(late, 3))
        except StorageUnavailable as error:  # no fault of the deadline, and none of its tries
            self._log.failure("deadline_waits_for_database", error)
            await asyncio.sleep(_DATABASE_STEP)
            await self._give_back_uncounted(deadline)  # as soon as it is back: nobody waits for the lease to run out
        except Exception as error:  # noqa: BLE001 (one deadline's fault must not stop the others)
            self._log.failure("deadline_failed", error)
            await self._give_back(deadline)

    async def _act_after_inbox(self, deadline: Deadline, lease: Lease) -> Acted:
        kind, reception = KINDS[deadline.subject_kind], self._reception
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + INBOX_FIRST
        while True:
            waited_enough = loop.time() >= give_up_at
            now = self._clock.now()
            acted = await self._store.run(
                lambda records, now=now, waited_enough=waited_enough: (  # type: ignore[misc]
                    Acted.WAITS_TO_BE_HEARD
                    if kind.waits_to_be_heard(records, deadline, reception)
                    else kind.act(records, deadline, lease, now, self._timing, waited_enough=waited_enough)
                ),
                first=True,
            )
            if acted is not Acted.WAITS_FOR_INBOX:
                return acted
            await asyncio.sleep(_INBOX_STEP)

    async def _give_back(self, deadline: Deadline) -> None:
        """For another try; whoever must know that it fails is told, unless that fails, too."""
        now, timing = self._clock.now(), self._timing
        try:
            await self._until_kept(lambda records: give_back_and_tell(records, deadline, now, timing))
        except Exception as error:  # noqa: BLE001 (then nothing but the next try is left)
            self._log.failure("plain_alert_failed", error)
            await self._until_kept(lambda records: give_back(records, deadline, now))

    async def _give_back_uncounted(self, deadline: Deadline, wait: timedelta = timedelta(0)) -> None:
        now = self._clock.now()
        await self._until_kept(lambda records: records.deadlines.release(deadline, now + wait, counts=False))

    async def _until_kept(self, unit: Callable[[Records], None]) -> None:
        while True:
            try:
                await self._store.run(unit)
            except StorageUnavailable as error:
                self._log.failure("deadline_not_given_back", error)
                await asyncio.sleep(_DATABASE_STEP)
            else:
                return


def _claim(records: Records, now: datetime, lease: Lease) -> list[Deadline] | Outlook:
    """What is due; only where there is nothing, what comes next: a unit that writes reads no more than it must."""
    claimed = records.deadlines.claim_due(now, BATCH, lease)
    return claimed or Outlook(records.deadlines.earliest(), records.deadlines.relied_on())
