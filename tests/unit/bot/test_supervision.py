"""A part that ends or fails begins again, and one that is asked to end ends."""

import asyncio
import io

import pytest

from bot.log import Log
from bot.practice.virtual_time import VirtualClock
from bot.supervision import keep_running


class Part:
    """Fails as often as told, then runs on."""

    def __init__(self, *ends: BaseException | None) -> None:
        self.ends = list(ends)
        self.begun_at: list[float] = []

    async def run(self) -> None:
        self.begun_at.append(asyncio.get_running_loop().time())
        if not self.ends:
            await asyncio.Event().wait()
        end = self.ends.pop(0)
        if end is not None:
            raise end


@pytest.fixture
async def log(clock: VirtualClock) -> Log:
    return Log(clock, io.StringIO())


async def supervised(part: Part, log: Log) -> None:
    task = asyncio.ensure_future(keep_running("outbox", part.run, log))
    await asyncio.sleep(60)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def test_a_part_that_fails_begins_again_a_second_later(log: Log) -> None:
    part = Part(RuntimeError(), ValueError())
    await supervised(part, log)
    assert part.begun_at == [0, 1, 2]
    assert log.counts == {"outbox_failed": 2}


async def test_a_part_that_ends_begins_again(log: Log) -> None:
    part = Part(None)
    await supervised(part, log)
    assert part.begun_at == [0, 1]
    assert log.counts == {"outbox_ended": 1}


async def test_a_cancellation_from_within_does_not_end_the_part(log: Log) -> None:
    part = Part(asyncio.CancelledError())
    await supervised(part, log)
    assert part.begun_at == [0, 1]


async def test_a_part_that_runs_is_left_alone(log: Log) -> None:
    part = Part()
    await supervised(part, log)
    assert part.begun_at == [0]
    assert log.counts == {}
