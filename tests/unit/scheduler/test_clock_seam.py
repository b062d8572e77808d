"""APScheduler reads our clock while the seam is open, and only then."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import date

from bot.practice.virtual_time import VirtualClock
from scheduler.clock_seam import apscheduler_reads
from scheduler.wake_ups import WakeUps
from tests.unit.scheduler.counting import CountingScheduler, running
from tests.virtual import MINUTE

MODULES = (base, date)


@pytest.mark.parametrize("module", MODULES)
async def test_apscheduler_takes_the_time_from_our_clock(module: object, clock: VirtualClock) -> None:
    with apscheduler_reads(clock):
        seen = module.datetime  # type: ignore[attr-defined]
        assert seen.now(UTC) == clock.now()
        assert seen.now(ZoneInfo("Australia/Lord_Howe")) == clock.now()
        assert isinstance(clock.now(), seen)
        assert isinstance(seen(2027, 1, 1), datetime)


async def test_the_seam_is_restored_even_after_an_error(clock: VirtualClock) -> None:
    with pytest.raises(RuntimeError), apscheduler_reads(clock):
        raise RuntimeError
    assert [module.datetime for module in MODULES] == [datetime, datetime]  # type: ignore[attr-defined]


async def test_a_virtual_night_has_the_expected_number_of_ticks(clock: VirtualClock) -> None:
    scheduler = CountingScheduler()
    wake_ups = WakeUps(scheduler, clock)
    ticks: list[datetime] = []

    async def tick() -> None:
        ticks.append(clock.now())

    wake_ups.every(MINUTE, tick, "minute")
    began = clock.now()
    with running(scheduler, clock):
        await asyncio.sleep(8 * 3600 + 1)
    assert len(ticks) == 8 * 60
    assert {(at - began) % MINUTE for at in ticks} == {timedelta(0)}
