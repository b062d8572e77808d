"""What goes wrong in a night: each kind of mishap, how it begins, and when it is over."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random
from typing import Any

from bot.practice.stand_in import StandIn, StandInError
from bot.practice.stand_in_faults import CallFate, CallFault, Disturbance
from bot.practice.virtual_time import VirtualClock
from bot.simulation.bots import Bots
from bot.simulation.chronicle import Chronicle, Trouble
from bot.simulation.plan import Mishap

CALL_GIVEN_UP = 60.0
"""Seconds after which a call that is never answered is given up."""
FALLS_ASLEEP = 3.0
"""Seconds in which the host is already without network before it sleeps."""
RESTARTS = 5.0
"""Seconds until signal-cli is started again when it has died of a call or a message."""


class Weather:
    """Begins mishaps, and writes down from when to when they last."""

    def __init__(
        self, chronicle: Chronicle, stand_in: StandIn, world: VirtualClock, host: VirtualClock, chance: Random
    ) -> None:
        """`world` is everybody's clock, `host` the one on the bot's machine."""
        self._chronicle = chronicle
        self._stand_in = stand_in
        self._world = world
        self._host = host
        self._chance = chance
        self._began = world.now()
        self.bots: Bots | None = None
        self.disk_full = False
        self.locked = False
        self._commits: list[tuple[str, int]] = []
        self._turns: int | None = None
        self._lines: list[tuple[bool, int]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def now(self) -> float:
        """Seconds since the night began, as the world counts them."""
        return (self._world.now() - self._began).total_seconds()

    def begin(self, mishap: Mishap) -> None:
        """It happens now."""
        self._chronicle.counts[mishap.kind] += 1
        name = mishap.kind.replace(" ", "_")
        method: Callable[[Mishap], Awaitable[None]] = getattr(self, f"_{name}", None) or getattr(self.bots, name)
        task = asyncio.ensure_future(self._last(method, mishap))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def note(self, kind: str, began: float, *, phone: str = "", size: float = 0.0) -> None:
        """Something that began then is over now."""
        self._chronicle.troubles.append(Trouble(kind, began, self.now(), phone, size))

    async def clears_up(self) -> None:
        """No more mishaps begin to matter: what was armed and did not happen never will."""
        self._turns = None
        self._commits.clear()
        self._lines.clear()
        if self.bots is not None:
            self.bots.clears_up()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self.bots is not None:
            await self.bots.all_work()
        with suppress(StandInError):
            await self._stand_in.calm()

    # --- asked by those to whom it may happen

    def fate_of_commit(self) -> str | None:
        """See `Storm`."""
        if not self._commits:
            return None
        (fate, count), *others = self._commits
        self._commits = [(fate, count - 1), *others] if count > 1 else others
        return fate if count <= 1 else None

    def turn_begins(self) -> None:
        """Another turn of the loop."""
        if self.bots is not None:
            self.bots.turn_begins()
        if self._turns is not None:
            self._turns -= 1
            if self._turns <= 0:
                self._turns = None
                if self.bots is not None:
                    self.bots.kill_one()

    def line_leaves(self, leave: Callable[[], None], die: Callable[[], None]) -> None:
        """A bot hands a line to signal-cli."""
        if not self._lines:
            leave()
            return
        (after, count), *others = self._lines
        self._lines = [(after, count - 1), *others] if count > 1 else others
        if count > 1 or after:
            leave()
        if count <= 1:
            die()

    # --- the kinds

    async def _last(self, method: Callable[[Mishap], Awaitable[None]], mishap: Mishap) -> None:
        began = self.now()
        await method(mishap)
        self.note(mishap.kind, began, phone=mishap.who, size=mishap.length if "clock" in mishap.kind else 0.0)

    async def _messages_suffer(self, mishap: Mishap) -> None:
        self._stand_in.faults.messages = self._disturbance()
        await asyncio.sleep(mishap.length)
        self._stand_in.faults.messages = Disturbance()
        await asyncio.sleep(5.0)  # the last that was held back has come

    async def _receipts_suffer(self, mishap: Mishap) -> None:
        self._stand_in.faults.receipts = self._disturbance()
        await asyncio.sleep(mishap.length)
        self._stand_in.faults.receipts = Disturbance()

    def _disturbance(self) -> Disturbance:
        drop, duplicate, delay, reorder = (self._chance.choice((0.0, 0.2, 0.5)) for _ in range(4))
        return Disturbance(drop, duplicate, delay, reorder)

    async def _sends_are_refused(self, mishap: Mishap) -> None:
        await self._calls_suffer(CallFault("send", CallFate.REFUSE, mishap.count, 1.0, self._coin(), code=-1))

    async def _calls_are_refused(self, mishap: Mishap) -> None:
        await self._calls_suffer(CallFault(None, CallFate.REFUSE, mishap.count, 1.0, self._coin(), code=-32603))

    async def _a_send_hangs(self, mishap: Mishap) -> None:
        await self._calls_suffer(CallFault("send", CallFate.HANG, mishap.count, 1.0, self._coin()), CALL_GIVEN_UP)

    async def _a_call_hangs(self, mishap: Mishap) -> None:
        await self._calls_suffer(CallFault(None, CallFate.HANG, mishap.count, 1.0, self._coin()), CALL_GIVEN_UP)

    async def _sends_are_slow(self, mishap: Mishap) -> None:
        rule = CallFault("send", CallFate.DELAY, None, 1.0, self._coin(), seconds=self._chance.uniform(0.2, 8.0))
        self._rules.append(rule)
        await asyncio.sleep(mishap.length)
        self._take_back(rule)
        await asyncio.sleep(rule.seconds)

    async def _calls_suffer(self, rule: CallFault, and_then: float = 0.0) -> None:
        """Until the rule has applied so often, or a minute has passed."""
        self._rules.append(rule)
        for _ in range(600):
            if not self._stands(rule):
                break
            await asyncio.sleep(0.1)
        self._take_back(rule)
        await asyncio.sleep(and_then)

    @property
    def _rules(self) -> list[CallFault]:
        return self._stand_in.faults._calls  # noqa: SLF001 (one rule is taken back, not all)

    def _take_back(self, rule: CallFault) -> None:
        self._rules[:] = [one for one in self._rules if one is not rule]

    def _stands(self, rule: CallFault) -> bool:
        return any(one is rule for one in self._rules)

    async def _signal_cli_dies(self, mishap: Mishap) -> None:
        await self._stand_in.kill_signal_cli(lose_message_in_hand=self._coin())
        await asyncio.sleep(mishap.length)
        await self._start_signal_cli()

    async def _signal_cli_dies_of_a_call(self, mishap: Mishap) -> None:
        rule = CallFault(None, CallFate.DIE, 1, 1.0, self._coin())
        self._rules.append(rule)
        await self._until_it_died(mishap, lambda: self._take_back(rule))

    async def _signal_cli_dies_of_a_message(self, mishap: Mishap) -> None:
        self._stand_in.faults.die_at_message(lose=self._coin())
        await self._until_it_died(mishap, lambda: self._stand_in.faults.take_death())

    async def _until_it_died(self, mishap: Mishap, forget: Callable[[], Any]) -> None:
        waited = 0.0
        while self._stand_in.is_running and waited < mishap.length:
            await asyncio.sleep(0.5)
            waited += 0.5
        forget()
        if not self._stand_in.is_running:
            await asyncio.sleep(RESTARTS)
            await self._start_signal_cli()

    async def _start_signal_cli(self) -> None:
        while not self._stand_in.is_running:
            try:
                await self._stand_in.start_signal_cli()
            except StandInError:
                await asyncio.sleep(RESTARTS)

    async def _network_is_down(self, mishap: Mishap) -> None:
        await self._stand_in.network("down")
        await asyncio.sleep(mishap.length)
        await self._stand_in.network("up")

    async def _network_stalls(self, mishap: Mishap) -> None:
        await self._stand_in.network("stall")
        await asyncio.sleep(mishap.length)
        await self._stand_in.network("up")

    async def _connection_drops(self, _: Mishap) -> None:
        await self._stand_in.drop_connections()
        await asyncio.sleep(1.0)

    async def _connection_is_lost_unnoticed(self, _: Mishap) -> None:
        await self._stand_in.lose_connection()
        await asyncio.sleep(60.0)

    async def _somebody_is_rate_limited(self, mishap: Mishap) -> None:
        fault = await self._stand_in.rate_limit(mishap.who, retry_after=5, groups=self._coin())
        await asyncio.sleep(mishap.length)
        await self._stand_in.clear_faults(fault)
        await asyncio.sleep(5.0)

    async def _disk_is_full(self, mishap: Mishap) -> None:
        self.disk_full = True
        await asyncio.sleep(mishap.length)
        self.disk_full = False

    async def _database_is_locked(self, mishap: Mishap) -> None:
        self.locked = True
        await asyncio.sleep(mishap.length)
        self.locked = False

    async def _clock_is_wrong(self, mishap: Mishap) -> None:
        self._host.step(mishap.length)
        await asyncio.sleep(30.0)
        self._host.step(-mishap.length)

    async def _host_sleeps(self, mishap: Mishap) -> None:
        """Nobody can reach it, then time is missing, then its connection is dead although nobody has closed it."""
        await self._stand_in.network("down")
        await asyncio.sleep(FALLS_ASLEEP)
        for clock in (self._world, self._host):
            clock.step(mishap.length)
        await self._stand_in.network("up")
        await self._stand_in.lose_connection()

    async def _kill_at_a_turn(self, mishap: Mishap) -> None:
        self._prepare(mishap)
        self._turns = mishap.count

    async def _kill_before_a_commit(self, mishap: Mishap) -> None:
        self._prepare(mishap)
        self._commits.append(("before", mishap.count))

    async def _kill_after_a_commit(self, mishap: Mishap) -> None:
        self._prepare(mishap)
        self._commits.append(("after", mishap.count))

    async def _kill_tearing_a_commit(self, mishap: Mishap) -> None:
        self._prepare(mishap)
        self._commits.append(("torn", mishap.count))

    async def _kill_before_a_call(self, mishap: Mishap) -> None:
        self._prepare(mishap)
        self._lines.append((False, mishap.count))

    async def _kill_after_a_call(self, mishap: Mishap) -> None:
        self._prepare(mishap)
        self._lines.append((True, mishap.count))

    def _prepare(self, mishap: Mishap) -> None:
        if self.bots is not None:
            self.bots.prepare(mishap.length)

    def _coin(self) -> bool:
        return self._chance.random() < 0.5
