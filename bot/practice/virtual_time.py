"""An event loop whose time can be made to pass: a night goes by in milliseconds, always in the same order."""

import asyncio
import concurrent.futures
import heapq
import math
import selectors
from collections.abc import Callable, Coroutine
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Ready = list[tuple[selectors.SelectorKey, int]]

START = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
"""When virtual time begins unless somebody says otherwise: a Friday evening."""


class DeadlockError(RuntimeError):
    """Everybody waits, and no timer is left that could wake anybody."""


class _Door(selectors.DefaultSelector):
    """The selector of a loop that decides for itself how long waiting takes."""

    wait: Callable[[float | None], Ready]

    def select(self, timeout: float | None = None) -> Ready:
        return self.wait(timeout)

    def really_select(self, timeout: float | None) -> Ready:
        return super().select(timeout)


class _Timer(asyncio.TimerHandle):
    """A timer that keeps its place among those for the same moment.

    On a virtual loop many timers share a moment; asyncio's heap alone would wake them in any order.
    """

    def __init__(self, order: int, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.place = (self.when(), order)

    def __lt__(self, other: object) -> bool:
        return self.place < other.place if isinstance(other, _Timer) else NotImplemented


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """A loop whose `time()` starts at 0 and moves on only between callbacks.

    - As it is made by default it never waits: when nothing is ready, time jumps to the next timer. Blocking
      work (`run_in_executor`, `asyncio.to_thread`) is done at once, on the spot, and takes no virtual time.
    - `paced=True`: virtual time runs as real time does, other threads may wake the loop, and `advance` lets
      some time pass at once. `standing=True`: it stands still but for `advance`.
    """

    def __init__(self, *, paced: bool = False, standing: bool = False) -> None:
        self._paced = paced
        self._standing = standing
        self._now = 0.0
        self._leap_until = 0.0
        self._anchor = (0.0, 0.0)  # (virtual, real) at the same moment
        self._timers_made = 0
        self._jobs = 0  # blocking jobs in threads; only when paced
        door = _Door()
        door.wait = self._wait
        self._door = door
        super().__init__(door)
        self._descriptors_of_its_own = len(door.get_map())
        self._set_anchor()

    @property
    def _clock_resolution(self) -> float:
        """Asyncio wakes a timer that is no further ahead than this, and adds it to the time to find out. After half a
        year its own nanosecond is too small to change the sum, and a timer that is due would never wake."""
        return max(self._least_resolution, math.ulp(self._now))

    @_clock_resolution.setter
    def _clock_resolution(self, seconds: float) -> None:
        self._least_resolution = seconds

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._now

    def advance(self, seconds: float) -> "concurrent.futures.Future[None]":
        """Let that much virtual time pass at once, from timer to timer. From any thread.

        The result is done when everything due until then has had its turn (`asyncio.wrap_future` to await it).
        """
        passed: concurrent.futures.Future[None] = concurrent.futures.Future()
        self.call_soon_threadsafe(self._begin_leap, seconds, passed)
        return passed

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """As on any loop; timers for the same moment fire in the order in which they were set."""
        self._check_closed()  # type: ignore[attr-defined]
        self._timers_made += 1
        timer = _Timer(self._timers_made, when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)  # type: ignore[attr-defined]
        timer._scheduled = True  # type: ignore[attr-defined]  # noqa: SLF001 (as asyncio's own call_at does)
        return timer

    def run_in_executor(  # type: ignore[override]
        self, executor: concurrent.futures.Executor | None, func: Callable[..., T], *args: Any
    ) -> "asyncio.Future[T]":
        """As on any loop when paced; otherwise the function is called at once, so that no thread has a say."""
        if self._paced:
            self._jobs += 1
            job = super().run_in_executor(executor, func, *args)
            job.add_done_callback(self._job_done)
            return job
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 (handed on to whoever awaits the result)
            done.set_exception(error)
        return done

    def _job_done(self, _: "asyncio.Future[Any]") -> None:
        self._jobs -= 1

    # --- how waiting is done

    def _wait(self, timeout: float | None) -> Ready:
        if self._paced:
            return self._wait_paced(timeout)
        has_guests = len(self._door.get_map()) > self._descriptors_of_its_own
        if timeout == 0 and not has_guests:
            return []
        ready = self._door.really_select(0)
        if ready or timeout == 0:
            return ready
        if timeout is not None:
            self._now += timeout
            return []
        if has_guests:
            return self._door.really_select(None)
        raise DeadlockError(
            "Everybody waits for somebody else: there is nothing left to do and no timer that could change it. "
            "Look for an await that nobody will ever answer."
        )

    def _wait_paced(self, timeout: float | None) -> Ready:
        if self._now < self._leap_until and not self._jobs:
            return self._leap(timeout)
        ready = self._door.really_select(timeout)
        if self._now < self._leap_until or self._standing:
            self._set_anchor()
        else:
            virtual, real = self._anchor
            self._now = max(self._now, virtual + super().time() - real)
        return ready

    def _leap(self, timeout: float | None) -> Ready:
        ready = self._door.really_select(0)
        if not ready and timeout != 0:
            remaining = self._leap_until - self._now
            self._now = self._leap_until if timeout is None or timeout >= remaining else self._now + timeout
        self._set_anchor()
        return ready

    def _set_anchor(self) -> None:
        self._anchor = (self._now, super().time())

    def _begin_leap(self, seconds: float, passed: "concurrent.futures.Future[None]") -> None:
        self._leap_until = max(self._now, self._leap_until) + seconds
        self.call_at(self._leap_until, self._end_leap, passed)

    def _end_leap(self, passed: "concurrent.futures.Future[None]") -> None:
        if passed.set_running_or_notify_cancel():
            passed.set_result(None)


class VirtualClock:
    """A clock that shows a starting moment plus a loop's time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: datetime = START) -> None:
        """`start` is an aware datetime, shown while the loop's time is 0."""
        self._loop = loop
        self._start = start.astimezone(UTC)

    def now(self) -> datetime:
        """The present virtual moment, aware, in UTC."""
        return self._start + timedelta(seconds=self._loop.time())

    def step(self, seconds: float) -> None:
        """Set the clock forwards, or backwards if negative, while no time passes on the loop."""
        self._start += timedelta(seconds=seconds)


def run_virtual(main: Callable[[VirtualClock], Coroutine[Any, Any, T]], start: datetime = START) -> T:
    """Run `main(clock)` to its end on a fresh loop that never waits, then clean up. Returns its result.

    Raises DeadlockError when it can never end.
    """
    loop = VirtualTimeLoop()
    clock = VirtualClock(loop, start)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(main(clock))
