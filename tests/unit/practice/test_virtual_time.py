"""Virtual time: nights pass at once, and in the same order at every run."""

import asyncio
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.practice.virtual_time import START, DeadlockError, VirtualClock, VirtualTimeLoop, run_virtual


def test_a_night_passes_at_once() -> None:
    async def night(clock: VirtualClock) -> datetime:
        await asyncio.sleep(8 * 3600)
        return clock.now()

    assert run_virtual(night) == START + timedelta(hours=8)


def test_a_month_passes_at_once() -> None:
    async def month(clock: VirtualClock) -> datetime:
        await asyncio.sleep(30 * 86400)
        return clock.now()

    start = datetime(2026, 10, 1, 12, tzinfo=UTC)
    assert run_virtual(month, start) == start + timedelta(days=30)


def test_years_pass_at_once_and_timers_go_on() -> None:
    async def years(clock: VirtualClock) -> datetime:
        for _ in range(40):
            await asyncio.sleep(91.3 * 86400)
        return clock.now()

    assert run_virtual(years) - START == timedelta(days=40 * 91.3)


def test_timers_for_the_same_moment_fire_in_the_order_they_were_set() -> None:
    async def crowd(_: VirtualClock) -> list[int]:
        woken: list[int] = []
        loop = asyncio.get_running_loop()
        for number in range(200):
            loop.call_later(5, woken.append, number)
        await asyncio.sleep(5)
        return woken

    assert run_virtual(crowd) == list(range(200))


def test_every_run_has_the_same_order_of_events() -> None:
    async def busy(_: VirtualClock) -> list[tuple[float, int]]:
        seen: list[tuple[float, int]] = []

        async def worker(number: int) -> None:
            for turn in range(20):
                await asyncio.sleep((number * 7 + turn * 3) % 11 / 10)
                seen.append((asyncio.get_running_loop().time(), number))

        await asyncio.gather(*(worker(number) for number in range(20)))
        return seen

    first = run_virtual(busy)
    assert first == run_virtual(busy)
    assert [at for at, _ in first] == sorted(at for at, _ in first)


def test_a_timeout_ends_a_wait_that_nobody_answers() -> None:
    async def patient(clock: VirtualClock) -> datetime:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(40):
                await asyncio.Event().wait()
        return clock.now()

    assert run_virtual(patient) == START + timedelta(seconds=40)


def test_a_wait_that_nobody_can_end_is_reported_instead_of_hanging() -> None:
    async def forever(_: VirtualClock) -> None:
        await asyncio.Event().wait()

    with pytest.raises(DeadlockError, match="nobody will ever answer"):
        run_virtual(forever)


def test_a_socket_is_really_waited_for_when_no_timer_is_left() -> None:
    async def conversation(_: VirtualClock) -> bytes:
        near, far = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=near)
        threading.Timer(0.01, far.send, [b"hello"]).start()
        told = await reader.read(5)
        writer.close()
        await writer.wait_closed()
        far.close()
        return told

    assert run_virtual(conversation) == b"hello"


def test_blocking_work_is_done_on_the_spot_and_takes_no_time() -> None:
    async def work(clock: VirtualClock) -> tuple[int, datetime]:
        thread = await asyncio.to_thread(threading.get_ident)
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(divmod, 1, 0)
        return thread, clock.now()

    assert run_virtual(work) == (threading.get_ident(), START)


def test_a_stepped_clock_moves_while_the_loop_stands_still() -> None:
    async def stepping(clock: VirtualClock) -> tuple[datetime, float]:
        clock.step(-3600)
        await asyncio.sleep(60)
        return clock.now(), asyncio.get_running_loop().time()

    assert run_virtual(stepping) == (START - timedelta(minutes=59), 60.0)


def test_the_clock_speaks_utc_whatever_zone_it_was_started_in() -> None:
    loop = VirtualTimeLoop()
    start = datetime.fromisoformat("2026-07-01T20:00:00+02:00")
    try:
        assert VirtualClock(loop, start).now().isoformat() == "2026-07-01T18:00:00+00:00"
    finally:
        loop.close()


class PacedWorld:
    """A paced loop in a thread of its own, as in interactive practice."""

    def __enter__(self) -> VirtualTimeLoop:
        self.loop = VirtualTimeLoop(paced=True)
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        return self.loop

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


def test_advancing_a_paced_loop_goes_from_timer_to_timer_in_order() -> None:
    seen: list[tuple[str, int]] = []

    async def ticking(loop: VirtualTimeLoop, name: str, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            seen.append((name, round(loop.time())))

    with PacedWorld() as loop:
        tasks = [
            asyncio.run_coroutine_threadsafe(ticking(loop, "slow", 1800), loop),
            asyncio.run_coroutine_threadsafe(ticking(loop, "quick", 1000), loop),
        ]
        loop.advance(3700).result(10)
        for task in tasks:
            task.cancel()
    assert seen == [("quick", 1000), ("slow", 1800), ("quick", 2000), ("quick", 3000), ("slow", 3600)]


def test_a_paced_loop_keeps_real_time_when_left_alone() -> None:
    async def nap(loop: VirtualTimeLoop) -> float:
        await asyncio.sleep(0.02)
        return loop.time()

    with PacedWorld() as loop:
        assert 0.02 <= asyncio.run_coroutine_threadsafe(nap(loop), loop).result(10) < 5


def test_a_paced_loop_advances_no_further_than_asked() -> None:
    async def later(loop: VirtualTimeLoop) -> float:
        await asyncio.sleep(3600)
        return loop.time()

    with PacedWorld() as loop:
        waiting = asyncio.run_coroutine_threadsafe(later(loop), loop)
        loop.advance(3000).result(10)
        assert not waiting.done()
        loop.advance(601).result(10)
        assert waiting.result(10) == pytest.approx(3600, abs=5)


def test_a_leap_waits_for_blocking_work_that_began_before() -> None:
    started, gate = threading.Event(), threading.Event()
    finished: list[float] = []

    def job() -> None:
        started.set()
        gate.wait()

    async def work(loop: VirtualTimeLoop) -> None:
        await asyncio.to_thread(job)
        finished.append(loop.time())

    with PacedWorld() as loop:
        working = asyncio.run_coroutine_threadsafe(work(loop), loop)
        started.wait()
        leap = loop.advance(3600)
        gate.set()
        leap.result(10)
        working.result(10)
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(10)
    assert finished[0] < 60
