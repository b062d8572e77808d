"""What a bot stands on gives way: the disk, the database, signal-cli. It says so, misses no alert, and ends cleanly."""

import asyncio
import re
import resource
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import pytest_asyncio

from tests.end_to_end.bot_process import run_buddy
from tests.lab.embedded_postgresql import embedded_postgresql
from tests.processes.evenings import ALERT, Pair
from tests.processes.household import WORD, Household, household
from tests.zones import ZONES, saved

CANNOT_START = 3
AFTERWARDS = 20.0
"""Seconds after the trouble is over for what was due meanwhile: reconnecting and settling, on a busy machine."""


@pytest_asyncio.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Household]:
    async with household(tmp_path, sqlite_url) as house:
        yield house


async def at_home(house: Household) -> Pair:
    """A bot that runs, and Ana and Bo, who are paired."""
    await house.start()
    pair = await Pair.arrive(house, 0, Random(0))
    await pair.become_buddies()
    return pair


async def goes_out(pair: Pair, seconds: int) -> datetime:
    """Ana starts a timer; when the alert is due."""
    await pair.household.says(pair.ana, f"/start {seconds}s", "^Saved. Your timer runs until")
    return datetime.now(UTC) + timedelta(seconds=seconds + 2)


async def after(moment: datetime) -> None:
    """The story's own deadline has passed."""
    await asyncio.sleep((moment - datetime.now(UTC)).total_seconds() + 1)


async def alert_comes(pair: Pair) -> None:
    """Within the time that is left after the trouble, and once; and her word still ends it."""
    await pair.household.hears(pair.bo, ALERT, AFTERWARDS)
    await pair.household.says(pair.ana, f"/safe {WORD}", "^Thanks, noted")
    await pair.household.hears(pair.bo, "^Ana has sent the word")
    alerts = [event for event in pair.bo.history if (event.body or "").startswith("Timer of Ana: no word")]
    assert len([event for event in alerts if event.group_id is None]) == 1


def fill_disk(house: Household, *, full: bool) -> None:
    """As if the disk had no room left: no file of this process can grow."""
    child = house.bot._child
    assert child is not None
    _, most = resource.prlimit(child.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (0 if full else most, most))


async def test_a_full_disk_holds_up_an_alert_only_until_there_is_room(house: Household) -> None:
    pair = await at_home(house)
    since = len(house.bot.log)
    due = await goes_out(pair, 2)
    fill_disk(house, full=True)
    asked = asyncio.ensure_future(house.says(pair.bo, "/tz Europe/London", "^Saved. Your time zone"))
    await house.bot.told("messages_not_stored", 10, since=since)
    await after(due)
    assert house.bot.is_running
    fill_disk(house, full=False)
    await alert_comes(pair)
    await asked
    assert await house.stop() == 0


async def test_a_folder_that_cannot_be_written_is_told_at_the_start(house: Household, tmp_path: Path) -> None:
    settings = house.bot.settings | {"BUDDY_DATABASE_URL": "sqlite:////proc/buddy.db"}
    ended = await run_buddy(settings, tmp_path, "run")
    assert ended.status == CANNOT_START
    assert "cannot be made or opened. Check who owns it and its folder." in ended.complained
    assert "Traceback" not in ended.complained


async def test_a_signal_cli_that_hangs_and_is_started_anew_costs_no_alert(house: Household) -> None:
    pair = await at_home(house)
    due = await goes_out(pair, 2)
    house.stand_in.faults.hang(times=None)
    await after(due)
    house.stand_in.faults.clear()
    await house.stand_in.kill_signal_cli()
    await house.stand_in.start_signal_cli()
    await alert_comes(pair)
    assert await house.stop() == 0


async def test_a_bot_whose_signal_cli_hangs_ends_within_five_seconds_and_loses_nothing(house: Household) -> None:
    pair = await at_home(house)
    await goes_out(pair, 2)
    house.stand_in.faults.hang(times=None)
    assert await house.stop() == 0
    house.stand_in.faults.clear()
    await house.start()
    await alert_comes(pair)


async def test_a_bot_that_is_asked_to_end_in_a_burst_answers_or_keeps_every_message(house: Household) -> None:
    pair = await at_home(house)
    sent = [await house.ledger.send(pair.bo, f"/tz {zone}") for zone in ZONES]
    await house.hears(pair.bo, re.escape(saved(ZONES[0])))
    assert await house.stop() == 0
    house.ledger.settle()
    assert not any(message.lost.is_set() for message in sent)
    await house.start()
    for zone in ZONES[1:]:
        await house.hears(pair.bo, re.escape(saved(zone)))


# --- a database that goes away and returns


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL of this test's own, which it may stop and start."""
    with embedded_postgresql() as server:
        yield server
        server.ensure_postgres_running()


@pytest.mark.postgresql
async def test_a_postgresql_that_goes_away_and_returns_costs_no_alert(server: Any, tmp_path: Path) -> None:
    async with household(tmp_path, server.get_uri(driver="psycopg")) as house:
        pair = await at_home(house)
        since = len(house.bot.log)
        due = await goes_out(pair, 3)
        await asyncio.to_thread(server.stop)
        asked = asyncio.ensure_future(house.says(pair.bo, "/tz Europe/London", "^Saved. Your time zone"))
        await house.bot.told("messages_not_stored", 10, since=since)
        await after(due)
        assert house.bot.is_running
        await asyncio.to_thread(server.ensure_postgres_running)
        await alert_comes(pair)
        await asked
        assert await house.stop() == 0


@pytest.mark.postgresql
async def test_without_its_postgresql_a_bot_does_not_start_and_says_why(server: Any, tmp_path: Path) -> None:
    async with household(tmp_path, server.get_uri(driver="psycopg")) as house:
        await asyncio.to_thread(server.stop)
        ended = await run_buddy(house.bot.settings, tmp_path, "run")
    assert ended.status == CANNOT_START
    assert "PostgreSQL does not let the bot in, or does not answer." in ended.complained
    assert "Traceback" not in ended.complained
