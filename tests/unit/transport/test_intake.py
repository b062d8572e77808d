"""Lines that were read and are not stored yet: in order, few at a time, and never too many."""

import asyncio
from collections import Counter

import pytest

from bot.practice.virtual_time import VirtualClock, run_virtual
from bot.transport.intake import LINES_AT_ONCE, MAX_WAITING_BYTES, MAX_WAITING_LINES, Intake
from bot.transport.timings import Timings


class Taken:
    """What was stored together."""

    def __init__(self) -> None:
        self.units: list[list[bytes]] = []
        self.opened = asyncio.Event()
        self.opened.set()

    async def __call__(self, lines: list[bytes]) -> None:
        await self.opened.wait()
        self.units.append(lines)


class Counts(Counter[str]):
    def count(self, name: str) -> None:
        self[name] += 1


async def stored(lines: list[bytes]) -> list[list[bytes]]:
    """How they are stored where all had come before the first was."""
    taken = Taken()
    intake = Intake(taken, Counts(), Timings())
    for line in lines:
        intake.put(line)
    running = asyncio.ensure_future(intake.run())
    await intake.idle.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return taken.units


async def test_a_flood_is_stored_in_order_and_in_parts() -> None:
    """Else her word, which came last, would wait for all of it, and whatever is urgent with her."""
    lines = [str(number).encode() for number in range(1000)]
    units = await stored(lines)
    assert [line for unit in units for line in unit] == lines
    assert max(map(len, units)) <= LINES_AT_ONCE


async def test_long_lines_come_in_smaller_parts() -> None:
    units = await stored([b"x" * 300_000] * 10)
    assert max(map(len, units)) <= 4
    assert sum(map(len, units)) == 10


async def test_a_line_that_is_longer_than_a_part_is_stored_alone() -> None:
    assert [len(unit) for unit in await stored([b"x" * 3_000_000] * 2)] == [1, 1]


@pytest.mark.parametrize(
    "lines", [[b"x"] * (MAX_WAITING_LINES + 1), [b"x" * 1_000_000] * (MAX_WAITING_BYTES // 1_000_000 + 1)]
)
async def test_too_much_is_left_at_signal_until_the_store_has_caught_up(lines: list[bytes]) -> None:
    taken = Taken()
    taken.opened.clear()
    intake = Intake(taken, Counts(), Timings())
    running = asyncio.ensure_future(intake.run())
    for line in lines[:-1]:
        intake.put(line)
    assert not intake.troubled.is_set()
    intake.put(lines[-1])
    assert intake.troubled.is_set()
    taken.opened.set()
    await intake.idle.wait()
    assert not intake.troubled.is_set()
    assert intake.relieved.is_set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_one_line_that_cannot_be_stored_holds_up_no_others() -> None:
    stored_at: dict[bytes, float] = {}

    async def play(_: VirtualClock) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()

        async def take(lines: list[bytes]) -> None:
            if b"bad" in lines:
                raise ValueError
            stored_at.update(dict.fromkeys(lines, loop.time() - begun))

        intake = Intake(take, Counts(), Timings())
        running = asyncio.ensure_future(intake.run())
        intake.put(b"bad")
        for number in range(3000):
            intake.put(str(number).encode())
        while len(stored_at) < 3000:
            await asyncio.sleep(0.05)
        running.cancel()

    run_virtual(play)
    assert max(stored_at.values()) < 2
