"""Suspended hosts and jumping clocks are noticed; time that simply passes is not (SPEC: "When the bot was down")."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.clock_watch import SET_BACK_IF_MORE, SLEPT_IF_MORE, ClockWatch
from bot.practice.virtual_time import VirtualClock


class Noticed:
    """A watch, and what it has told."""

    def __init__(self, clock: VirtualClock) -> None:
        self.leaps: list[datetime] = []
        self.set_back = 0
        self.watch = ClockWatch(clock, self.leaps.append, self._note_set_back)

    def _note_set_back(self) -> None:
        self.set_back += 1

    def nothing(self) -> bool:
        return not self.leaps and not self.set_back


@pytest.fixture
async def noticed(clock: VirtualClock) -> Noticed:
    return Noticed(clock)


async def test_the_first_look_has_nothing_to_compare_with(noticed: Noticed) -> None:
    noticed.watch.look()
    assert noticed.nothing()


@pytest.mark.parametrize("seconds", [0.0, 0.001, 1.0, 3600.0, 30 * 24 * 3600.0])
async def test_time_that_passes_is_no_leap_however_long(noticed: Noticed, seconds: float) -> None:
    for _ in range(3):
        noticed.watch.look()
        await asyncio.sleep(seconds)
    noticed.watch.look()
    assert noticed.nothing()


async def test_a_leap_is_told_with_the_moment_since_which_time_is_missing(
    noticed: Noticed, clock: VirtualClock
) -> None:
    noticed.watch.look()
    await asyncio.sleep(20)
    noticed.watch.look()
    last_seen = clock.now()
    await asyncio.sleep(3)
    clock.step(2 * 3600)
    noticed.watch.look()
    assert noticed.leaps == [last_seen]
    assert noticed.set_back == 0


async def test_a_leap_is_told_once(noticed: Noticed, clock: VirtualClock) -> None:
    noticed.watch.look()
    clock.step(3600)
    for _ in range(5):
        noticed.watch.look()
        await asyncio.sleep(1)
    assert len(noticed.leaps) == 1


async def test_every_leap_is_told(noticed: Noticed, clock: VirtualClock) -> None:
    noticed.watch.look()
    for _ in range(3):
        clock.step(60)
        noticed.watch.look()
    assert len(noticed.leaps) == 3


@pytest.mark.parametrize("back", [2.0, 3600.0, 10 * 365 * 24 * 3600.0])
async def test_a_clock_set_back_is_told(noticed: Noticed, clock: VirtualClock, back: float) -> None:
    noticed.watch.look()
    await asyncio.sleep(1)
    clock.step(-back)
    noticed.watch.look()
    assert (noticed.leaps, noticed.set_back) == ([], 1)


@pytest.mark.parametrize("correction", [SLEPT_IF_MORE, timedelta(seconds=1), timedelta(0), -SET_BACK_IF_MORE])
async def test_small_corrections_are_taken_for_what_they_are(
    noticed: Noticed, clock: VirtualClock, correction: timedelta
) -> None:
    noticed.watch.look()
    clock.step(correction.total_seconds())
    noticed.watch.look()
    assert noticed.nothing()


async def test_small_corrections_do_not_add_up(noticed: Noticed, clock: VirtualClock) -> None:
    """A clock that is always slewed a little is not a host that sleeps."""
    for _ in range(100):
        noticed.watch.look()
        await asyncio.sleep(10)
        clock.step(0.9)
    for _ in range(100):
        noticed.watch.look()
        await asyncio.sleep(10)
        clock.step(-0.9)
    assert noticed.nothing()


async def test_just_more_than_a_correction_is_noticed(noticed: Noticed, clock: VirtualClock) -> None:
    noticed.watch.look()
    clock.step(SLEPT_IF_MORE.total_seconds() + 0.1)
    noticed.watch.look()
    assert len(noticed.leaps) == 1
    clock.step(-SET_BACK_IF_MORE.total_seconds() - 0.1)
    noticed.watch.look()
    assert noticed.set_back == 1


@pytest.mark.parametrize(("ahead", "was_set_back"), [(-60.0, 0), (0.0, 0), (0.5, 0), (1800.0, 1)])
async def test_at_a_start_the_clock_is_compared_with_what_it_showed_before(
    noticed: Noticed, clock: VirtualClock, ahead: float, was_set_back: int
) -> None:
    noticed.watch.begin(clock.now() + timedelta(seconds=ahead))
    assert (noticed.leaps, noticed.set_back) == ([], was_set_back)


async def test_at_the_first_start_there_is_nothing_to_compare_with(noticed: Noticed) -> None:
    noticed.watch.begin(None)
    assert noticed.nothing()
