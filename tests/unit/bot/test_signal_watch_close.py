"""When a deadline is close, Signal is asked more often, and before it is acted upon (SPEC: "When Signal is down")."""

import asyncio

from bot.signal_watch import (
    FRESH_FOR,
    PROBE_EVERY,
    PROBE_WHEN_CLOSE,
    SLOW,
    SURE_WITHIN,
    SignalWatch,
)
from tests.unit.bot.watched import NO_NETWORK, Watched, now, reached_although_round_trips_fail


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
