"""Knowing whether Signal is away; a broken round trip must not hold anything up (SPEC: "When Signal is down")."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from bot.settling import Settling
from bot.signal_watch import (
    DISBELIEVED_FOR,
    FRESH_FOR,
    PROBE_EVERY,
    PROBE_WHEN_CLOSE,
    SLOW,
    SURE_WITHIN,
    SignalWatch,
)
from bot.transport.errors import (
    Refusal,
    SignalAnswerUnclear,
    SignalError,
    SignalRefused,
    SignalTimeout,
    SignalUnavailable,
)
from tests.unit.bot.fake_calls import FakeCalls

NO_NETWORK = SignalRefused(-32603, Refusal.NETWORK)


def now() -> float:
    return asyncio.get_running_loop().time()


class Signal(FakeCalls):
    """Round trips end as told: well, with `error`, after `takes` seconds, or not before their time is up."""

    def __init__(self) -> None:
        super().__init__()
        self.error: SignalError | None = None
        self.hangs = False
        self.takes = 0.0
        self.probed: list[float] = []

    async def probe(self, timeout: float = 10.0) -> None:
        self.probed.append(now())
        if self.hangs:
            await asyncio.sleep(timeout)
            raise SignalTimeout
        await asyncio.sleep(self.takes)
        if self.error is not None:
            raise self.error


@dataclass
class Told:
    """One call of `on_change`: when, and how things stood."""

    at: float
    away: bool
    settled: bool
    may_try: bool


@dataclass
class Watched:
    """A watch at work."""

    log: Log
    signal: Signal = field(default_factory=Signal)
    settling: Settling = field(default_factory=lambda: Settling(timedelta(seconds=5), timedelta(seconds=15)))
    needed: bool = False
    close: bool = False
    told: list[Told] = field(default_factory=list)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[SignalWatch]:
        watch = SignalWatch(self.signal, self.settling, lambda: self.needed, lambda: self.close, self.log)

        async def note() -> None:
            self.told.append(Told(now(), watch.away, self.settling.settled, watch.take_try()))

        watch.on_change = note
        self.settling.flows()
        await self.settling.wait()
        running = asyncio.ensure_future(watch.run())
        try:
            yield watch
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            self.settling.stop()

    def tries(self) -> list[float]:
        """When a message was allowed to try."""
        return [told.at for told in self.told if told.may_try]


@pytest.fixture
async def watched(clock: VirtualClock) -> Watched:
    return Watched(Log(clock, io.StringIO()))


async def test_a_doubt_is_followed_by_a_round_trip_at_once(watched: Watched) -> None:
    async with watched.at_work() as watch:
        await asyncio.sleep(7)
        doubted_at = now()
        watch.doubt()
        await asyncio.sleep(1)
        assert watched.signal.probed == [doubted_at]
        assert not watch.away
        assert watched.settling.settled
    assert watched.told == []


async def test_after_a_good_round_trip_the_doubt_is_gone(watched: Watched) -> None:
    async with watched.at_work() as watch:
        watch.doubt()
        await asyncio.sleep(600)
    assert len(watched.signal.probed) == 1


@pytest.mark.parametrize("reason", [reason for reason in Refusal if reason is not Refusal.NETWORK])
async def test_a_refusal_by_the_server_has_reached_it(watched: Watched, reason: Refusal) -> None:
    watched.signal.error = SignalRefused(-32603, reason)
    async with watched.at_work() as watch:
        watch.doubt()
        await asyncio.sleep(60)
        assert not watch.away
        assert watched.settling.settled
    assert "signal_away" not in watched.log.counts


@pytest.mark.parametrize("error", [NO_NETWORK, SignalTimeout(), SignalUnavailable(), SignalAnswerUnclear()])
async def test_any_other_failure_means_away(watched: Watched, error: SignalError) -> None:
    watched.signal.error = error
    async with watched.at_work() as watch:
        watch.doubt()
        await asyncio.sleep(0.1)
        assert watch.away
    assert watched.log.counts["signal_away"] == 1


async def test_every_half_minute_while_somebody_depends_on_it(watched: Watched) -> None:
    watched.needed = True
    async with watched.at_work():
        began = now()
        await asyncio.sleep(5 * PROBE_EVERY + 1)
    assert [at - began for at in watched.signal.probed] == [PROBE_EVERY * turn for turn in range(1, 6)]


async def test_nobody_is_asked_while_nobody_depends_on_it(watched: Watched) -> None:
    async with watched.at_work():
        await asyncio.sleep(24 * 3600)
    assert watched.signal.probed == []


async def test_it_notices_within_half_a_minute_that_signal_has_gone(watched: Watched) -> None:
    watched.needed = True
    async with watched.at_work() as watch:
        await asyncio.sleep(100)
        watched.signal.error = NO_NETWORK
        await asyncio.sleep(PROBE_EVERY + 0.1)
        assert watch.away


async def test_while_away_it_asks_at_short_growing_intervals(watched: Watched) -> None:
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        began = now()
        watch.doubt()
        await asyncio.sleep(23)
    assert [at - began for at in watched.signal.probed] == [0, 1, 3, 7, 12, 17, 22]


async def test_while_away_a_message_may_try_once_a_minute_right_after_a_failed_round_trip(watched: Watched) -> None:
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        began = now()
        watch.doubt()
        await asyncio.sleep(600)
        assert watch.away
    tries = watched.tries()
    assert 30 <= tries[0] - began <= 35.1
    assert all(60 <= later - earlier <= 65.1 for earlier, later in pairwise(tries))
    assert len(tries) == 10
    assert set(tries) <= set(watched.signal.probed)
    assert all(told.away for told in watched.told)


async def test_round_trips_that_hang_delay_the_first_try_by_no_more_than_one_of_them(watched: Watched) -> None:
    watched.signal.hangs = True
    async with watched.at_work() as watch:
        began = now()
        watch.doubt()
        await asyncio.sleep(300)
    tries = watched.tries()
    assert tries[0] - began <= 60
    assert all(later - earlier <= 76 for earlier, later in pairwise(tries))


async def test_each_permission_is_good_for_one_try(watched: Watched) -> None:
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        watch.on_change = None
        assert not watch.take_try()
        watch.doubt()
        await asyncio.sleep(40)
        assert watch.take_try()
        assert not watch.take_try()


async def test_what_was_sent_all_the_same_ends_it_at_once(watched: Watched) -> None:
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        watch.doubt()
        await asyncio.sleep(40.3)
        asked = len(watched.signal.probed)
        watch.reached(watch.absence)
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert not watch.away
        assert len(watched.signal.probed) == asked + 1  # to know whether round trips can be believed
    assert watched.log.counts["signal_back"] == 1


async def reached_although_round_trips_fail(watched: Watched, watch: SignalWatch) -> float:
    """Returns when Signal counted as back."""
    watched.signal.error = NO_NETWORK
    watch.doubt()
    await asyncio.sleep(40)
    watch.reached(watch.absence)
    await asyncio.sleep(0.01)
    assert not watch.away
    return now()


async def test_round_trips_that_fail_while_messages_get_through_are_not_believed_for_a_while(watched: Watched) -> None:
    watched.needed = True
    async with watched.at_work() as watch:
        back_at = await reached_although_round_trips_fail(watched, watch)
        while now() < back_at + DISBELIEVED_FOR - 1:
            watch.doubt()
            await asyncio.sleep(1)
            assert not watch.away
        await asyncio.sleep(PROBE_EVERY + 2)
        assert watch.away
    assert watched.log.counts["signal_away"] == 2


async def test_round_trips_that_work_again_with_the_first_message_are_believed(watched: Watched) -> None:
    async with watched.at_work() as watch:
        watched.signal.error = NO_NETWORK
        watch.doubt()
        await asyncio.sleep(40.3)
        watched.signal.error = None
        watch.reached(watch.absence)
        await asyncio.sleep(1)
        assert not watch.away
        watched.signal.error = NO_NETWORK
        watch.doubt()
        await asyncio.sleep(1)
        assert watch.away


async def test_what_was_sent_before_is_no_sign_that_signal_is_back(watched: Watched) -> None:
    async with watched.at_work() as watch:
        watch.reached(watch.absence)
        watched.signal.error = NO_NETWORK
        watch.doubt()
        await asyncio.sleep(20)
        assert watch.away


async def test_what_began_before_the_absence_and_ends_in_it_is_no_sign_that_signal_is_back(watched: Watched) -> None:
    """Else round trips would not be believed for minutes, and an alert could leave before her word is heard."""
    async with watched.at_work() as watch:
        began = watch.absence
        watched.signal.error = NO_NETWORK
        watch.doubt()
        await asyncio.sleep(1)
        watch.reached(began)
        await asyncio.sleep(1)
        assert watch.away
        before_back = now()
        watched.signal.error = None
        await asyncio.sleep(10)
    assert [told.at > before_back for told in watched.told] == [True]


async def test_what_began_in_an_earlier_absence_is_none_either(watched: Watched) -> None:
    async with watched.at_work() as watch:
        watched.signal.error = NO_NETWORK
        watch.doubt()
        await asyncio.sleep(1)
        began = watch.absence
        watched.signal.error = None
        await asyncio.sleep(10)
        assert not watch.away
        watched.signal.error = NO_NETWORK
        watch.doubt()
        await asyncio.sleep(1)
        watch.reached(began)
        await asyncio.sleep(1)
        assert watch.away


async def test_round_trips_are_believed_again_as_soon_as_a_message_fails(watched: Watched) -> None:
    async with watched.at_work() as watch:
        await reached_although_round_trips_fail(watched, watch)
        assert not watch.away
        watch.missed()
        await asyncio.sleep(1)
        assert watch.away


@pytest.mark.parametrize("by", ["round trip", "message"])
async def test_what_waited_at_signal_is_let_in_before_anything_leaves(watched: Watched, by: str) -> None:
    """Whoever is told that Signal is back must find the settling begun, or an alert would overtake her word."""
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        watch.doubt()
        await asyncio.sleep(20)
        assert watched.settling.settled
        if by == "message":
            watch.reached(watch.absence)
        watched.signal.error = None
        await asyncio.sleep(5.1)
        (told,) = watched.told
        assert (told.away, told.settled) == (False, False)
        await asyncio.sleep(5)
        assert watched.settling.settled


async def test_a_permission_that_nobody_took_is_void_once_signal_is_back(watched: Watched) -> None:
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        watch.on_change = None
        watch.doubt()
        await asyncio.sleep(40)
        watched.signal.error = None
        await asyncio.sleep(6)
        assert not watch.away
        assert not watch.take_try()


async def test_it_can_go_away_again_and_again(watched: Watched) -> None:
    async with watched.at_work() as watch:
        for _ in range(3):
            watched.signal.error = NO_NETWORK
            watch.doubt()
            await asyncio.sleep(10)
            assert watch.away
            watched.signal.error = None
            await asyncio.sleep(6)
            assert not watch.away
    assert watched.log.counts["signal_away"] == watched.log.counts["signal_back"] == 3


# --- when a deadline is close


async def test_while_a_deadline_is_close_it_asks_every_few_seconds(watched: Watched) -> None:
    watched.needed = True
    async with watched.at_work():
        began = now()
        await asyncio.sleep(10)
        watched.close = True
        await asyncio.sleep(20)
        watched.close = False
        await asyncio.sleep(2 * PROBE_EVERY)
    asked = [at - began for at in watched.signal.probed]
    assert asked == [12, 16, 20, 24, 28, 28 + PROBE_EVERY, 28 + 2 * PROBE_EVERY]
    assert PROBE_WHEN_CLOSE == 4


async def seconds_to_be_sure(watch: SignalWatch) -> float:
    began = now()
    await watch.make_sure()
    return now() - began


async def test_to_be_sure_it_asks_unless_it_has_just_done_so(watched: Watched) -> None:
    async with watched.at_work() as watch:
        for _ in range(2):
            assert await seconds_to_be_sure(watch) == 0
            assert len(watched.signal.probed) == 1
            await asyncio.sleep(FRESH_FOR)
        await asyncio.sleep(0.1)
        watched.signal.takes = 0.5
        assert await seconds_to_be_sure(watch) == 0.5
        assert len(watched.signal.probed) == 2
        assert watched.settling.settled
    assert watched.told == []


async def test_to_be_sure_it_waits_for_the_round_trip_that_is_on_its_way(watched: Watched) -> None:
    watched.signal.takes = 2.0
    async with watched.at_work() as watch:
        watch.doubt()
        await asyncio.sleep(0.5)
        assert await seconds_to_be_sure(watch) == 1.5


async def test_sure_or_not_nothing_waits_for_a_signal_that_is_away(watched: Watched) -> None:
    watched.signal.error = NO_NETWORK
    async with watched.at_work() as watch:
        for _ in range(2):
            assert await seconds_to_be_sure(watch) == 0
            assert watch.away
            await asyncio.sleep(10)


async def test_being_sure_takes_no_longer_than_a_round_trip_may(watched: Watched) -> None:
    watched.signal.hangs = True
    async with watched.at_work() as watch:
        assert await seconds_to_be_sure(watch) <= SURE_WITHIN
        assert watch.away


async def test_nothing_waits_for_ever_though_the_watch_itself_is_stuck(watched: Watched) -> None:
    watched.signal.takes = 600
    async with watched.at_work() as watch:
        assert await seconds_to_be_sure(watch) == SURE_WITHIN


async def test_round_trips_that_are_not_believed_are_not_waited_for(watched: Watched) -> None:
    async with watched.at_work() as watch:
        await reached_although_round_trips_fail(watched, watch)
        asked = len(watched.signal.probed)
        await asyncio.sleep(60)
        assert await seconds_to_be_sure(watch) == 0
        assert len(watched.signal.probed) == asked


async def test_a_good_round_trip_that_took_long_is_followed_by_listening_anew(watched: Watched) -> None:
    watched.signal.takes = SLOW + 1
    async with watched.at_work() as watch:
        assert await seconds_to_be_sure(watch) == SLOW + 1
        assert not watched.settling.settled
        assert not watch.away
        (told,) = watched.told
        assert (told.away, told.settled) == (False, False)
        await asyncio.sleep(5)
        assert watched.settling.settled


async def test_on_a_line_that_is_always_slow_it_is_settled_again_and_again(watched: Watched) -> None:
    watched.needed = watched.close = True
    watched.signal.takes = SLOW + 1
    settled = 0
    async with watched.at_work() as watch:
        for _ in range(600):
            await asyncio.sleep(1)
            assert not watch.away
            settled += watched.settling.settled
    assert settled >= 200
