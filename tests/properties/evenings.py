"""Whole evenings on the stand-in, in which things end without warning between any two turns of the loop.

A story is played by people who do what people do: they write, wait for the answer, and write again when none comes.
What must hold whatever was killed in between is checked at its end.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from bot.practice.evening import evening
from bot.practice.stand_in_daemon import StandInDaemon
from bot.practice.virtual_time import VirtualClock
from storage.unit_of_work import Store
from tests.properties.night import Night, TurningLoop
from tests.properties.resting import check_rest

STILLED = 150.0
"""Seconds after the end of a story in which everything must have come to rest."""

Story = Callable[[Night], Awaitable[None]]
Mishap = Callable[[Night], None]


def play(
    story: Story, at: Sequence[int] = (), mishap: Mishap = Night.kill, *, gap: float = 3.0, recorder: Any = None
) -> Night:
    """Play the story; before each of these turns of the loop (counted from its beginning) the mishap happens."""
    loop = TurningLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_play(loop, story, at, mishap, gap, recorder))


async def _play(loop: TurningLoop, story: Story, at: Sequence[int], mishap: Mishap, gap: float, recorder: Any) -> Night:
    clock = VirtualClock(loop)
    logged = io.StringIO()
    async with evening(clock, log_to=logged, min_duration="10s", grace="20s") as given:
        night = Night(
            loop=loop,
            clock=clock,
            evening=given,
            ana=await given.add_phone("Ana"),
            bo=await given.add_phone("Bo"),
            code=await given.operator_code(),
            logged=logged,
        )
        first = loop.turns
        moments = {first + turn for turn in at}
        loop.before_turn = lambda turn: mishap(night) if turn in moments else None
        if recorder is not None:
            recorder.begin(loop)
        reviving = asyncio.ensure_future(night.revive(gap))
        try:
            await story(night)
            loop.before_turn = lambda _: None
            await given.stand_in.calm()
            await asyncio.sleep(STILLED)
            await check_rest(night)
            return night
        finally:
            loop.before_turn = lambda _: None
            reviving.cancel()


@dataclass
class Recorder:
    """In which turns something was committed or asked of signal-cli."""

    turns: set[int] = field(default_factory=set)
    _loop: TurningLoop | None = None
    _first: int = 0

    def begin(self, loop: TurningLoop) -> None:
        """Count from here."""
        self._loop, self._first = loop, loop.turns

    def note(self) -> None:
        """Something happens in this turn."""
        if self._loop is not None:
            self.turns.add(self._loop.turns - self._first)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While open, commits and calls are noted."""
        run_inline, take = Store.run_inline, StandInDaemon.take

        def noted_run(store: Store, work: Any) -> Any:
            self.note()
            return run_inline(store, work)

        def noted_take(daemon: StandInDaemon, connection: Any, line: bytes) -> None:
            self.note()
            take(daemon, connection, line)

        with patch.object(Store, "run_inline", noted_run), patch.object(StandInDaemon, "take", noted_take):
            yield


def moments_of(story: Story) -> list[int]:
    """The turns before and after which something is committed or asked, in an evening in which nothing goes wrong."""
    recorder = Recorder()
    with recorder.watching():
        play(story, recorder=recorder)
    return sorted({turn + later for turn in recorder.turns for later in (0, 1)})
