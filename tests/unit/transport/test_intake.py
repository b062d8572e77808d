"""Lines that were read and are not stored yet: in order, few at a time, and never too many."""

import asyncio
from collections import Counter

import pytest

from bot.practice.virtual_time import VirtualClock, run_virtual
from bot.transport.intake import LINE_GIVEN_UP, LINES_AT_ONCE, MAX_WAITING_BYTES, MAX_WAITING_LINES, Intake
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


async def _a_flood_at_signal(intake: Intake) -> None:
    """As the client lets it in: what comes until it has unsubscribed, comes too."""
    while True:
        await intake.relieved.wait()
        await asyncio.sleep(1)
        while not intake.troubled.is_set():
            for _ in range(50):
                intake.put(b"x" * 20)
            await asyncio.sleep(0.01)
        for _ in range(1500):
            intake.put(b"x" * 20)
        await asyncio.sleep(1.5)


def test_while_nothing_can_be_stored_no_more_is_kept_than_may_wait() -> None:
    """Found by review: what had been tried in vain counted towards no bound, and grew for as long as the disk was
    full."""
    let_in: list[int] = []

    async def play(_: VirtualClock) -> None:
        async def take(lines: list[bytes]) -> None:
            raise OSError("disk full")

        intake = Intake(take, Counts(), Timings())
        put = intake.put

        def counted(line: bytes) -> None:
            let_in.append(1)
            put(line)

        intake.put = counted  # type: ignore[method-assign]
        work = [asyncio.ensure_future(intake.run()), asyncio.ensure_future(_a_flood_at_signal(intake))]
        await asyncio.sleep(4 * 3600)
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)

    run_virtual(play)
    assert MAX_WAITING_LINES < len(let_in) <= 2 * MAX_WAITING_LINES + 2000


def test_lines_that_can_never_be_stored_do_not_keep_it_deaf() -> None:
    """Found by review: more of them than may wait, and no line was let in any more that could have shown that the store
    takes others."""
    stored: list[bytes] = []

    async def play(_: VirtualClock) -> None:
        async def take(lines: list[bytes]) -> None:
            if any(len(line) > 100_000 for line in lines):
                raise OSError("disk nearly full")
            stored.extend(lines)

        intake = Intake(take, Counts(), Timings())
        work = asyncio.ensure_future(intake.run())
        for _ in range(66):
            intake.put(b"x" * 1024 * 1024)
        await asyncio.sleep(60)
        await asyncio.wait_for(intake.relieved.wait(), 3600)
        intake.put(b"her word")
        await asyncio.sleep(900)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    run_virtual(play)
    assert stored == [b"her word"]


class Away:
    """A store that is away until it is `back`, and takes `seconds` for each commit; and never takes these lines."""

    def __init__(self, *never: bytes, seconds: float = 0.1) -> None:
        self.back = False
        self._never = set(never)
        self._seconds = seconds
        self.stored: list[bytes] = []
        self.commits = 0

    async def __call__(self, lines: list[bytes]) -> None:
        if not self.back or self._never & set(lines):
            raise OSError
        await asyncio.sleep(self._seconds)
        self.commits += 1
        self.stored += lines


def test_when_the_store_is_back_what_was_stuck_is_stored_many_at_once_and_in_order() -> None:
    """Found by review: each line had a commit of its own, and a fresh word waited for all of them."""
    away = Away()
    lines = [str(number).encode() for number in range(5000)]

    async def play(_: VirtualClock) -> None:
        intake = Intake(away, Counts(), Timings())
        running = asyncio.ensure_future(intake.run())
        for line in lines:
            intake.put(line)
        await asyncio.sleep(600)
        away.back = True
        intake.put(b"her word")
        await intake.idle.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    run_virtual(play)
    assert away.stored == [*lines, b"her word"]
    assert away.commits < 50


def test_what_can_be_stored_is_given_up_for_none_that_cannot() -> None:
    """There is one in each part; and all that come first."""
    lines = [str(number).encode() for number in range(2000)]
    never = [*lines[: LINES_AT_ONCE + 5], *lines[300::100]]
    away, counts = Away(*never, seconds=0.0), Counts()
    given_up: list[int] = []

    async def play(_: VirtualClock) -> None:
        intake = Intake(away, counts, Timings())
        running = asyncio.ensure_future(intake.run())
        for line in lines:
            intake.put(line)
        await asyncio.sleep(100)
        away.back = True
        for number in range(100):
            intake.put(b"fresh %d" % number)
            await asyncio.sleep(5)
        given_up.append(counts[LINE_GIVEN_UP])
        assert intake.idle.is_set()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    run_virtual(play)
    fresh = {b"fresh %d" % number for number in range(100)}
    assert sorted(away.stored) == sorted({*lines, *fresh} - {*never})
    assert given_up == [len(never)]
