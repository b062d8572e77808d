"""Knowing whether Signal is away; a broken round trip must not hold anything up (SPEC: "When Signal is down")."""

import asyncio
from itertools import pairwise

import pytest

from bot.signal_watch import (
    DISBELIEVED_FOR,
    PROBE_EVERY,
)
from bot.transport.errors import (
    Refusal,
    SignalAnswerUnclear,
    SignalError,
    SignalRefused,
    SignalTimeout,
    SignalUnavailable,
)
from tests.unit.bot.watched import NO_NETWORK, Watched, now, reached_although_round_trips_fail


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
    assert [at - began for at in watched.signal.probed][:7] == [0, 1, 3, 5, 7, 9, 11]


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
