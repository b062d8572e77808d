"""The bots of a night: one as a rule; in some nights a second one on the same PostgreSQL database, beside the first.

Units of work of the two take turns here, each whole: what happens when their transactions overlap is shown on threads.
"""

import asyncio
from collections.abc import Callable
from random import Random

from bot.simulation.life import Life
from bot.simulation.mortal_evening import MortalEvening
from bot.simulation.plan import Mishap
from storage.servers import let_go

_LONGEST_ABSENCE = 300
"""Seconds after which a bot that has not come back never will."""


class Bots:
    """Those that run, hang, or are down just now. A mishap strikes one of those that run."""

    def __init__(
        self,
        make: Callable[[int], MortalEvening],
        chance: Random,
        now: Callable[[], float],
        note: Callable[[str, float], None],
    ) -> None:
        """`make`: the evening of the bot with this number; `note`: something that began then is over now."""
        self._make = make
        self._chance = chance
        self._now = now
        self._note = note
        self._living: list[asyncio.Task[None]] = []
        self._at_work: set[int] = set()
        self._absent: dict[int, float] = {}
        self._nobody_since: float | None = None
        self._at_turns: list[tuple[int, asyncio.Future[Life | None]]] = []
        self.evenings: list[MortalEvening] = []

    async def begin(self) -> None:
        """The first bot starts."""
        await self._add().begin()
        self._at_work.add(0)

    async def lay_to_rest(self) -> None:
        """The night is over."""
        for task in self._living:
            task.cancel()
        for number in list(self._absent):
            self._note_absence(number)
        for evening in self.evenings:
            await evening.lay_to_rest()

    @property
    def ended_by_itself(self) -> bool:
        """Whether one has ended although nobody ended it."""
        return any(evening.ended_by_itself for evening in self.evenings)

    def prepare(self, gap: float) -> None:
        """Whoever is killed next is started again after so many seconds."""
        for evening in self.evenings:
            evening.gap = gap

    def kill_one(self) -> None:
        """`kill -9`, now."""
        evening = self._one()
        if evening is not None:
            evening.kill()

    def turn_begins(self) -> None:
        """Another turn of the loop."""
        waiting, self._at_turns = self._at_turns, []
        for turns, hangs in waiting:
            if turns > 1:
                self._at_turns.append((turns - 1, hangs))
            else:
                self._begin_to_hang(hangs)

    def clears_up(self) -> None:
        """Whoever does not hang yet never will."""
        for _, hangs in self._at_turns:
            hangs.set_result(None)
        self._at_turns.clear()

    async def all_work(self) -> None:
        """Returns once nobody is down or hangs any more: the last kill may have come just before the end."""
        for _ in range(_LONGEST_ABSENCE):
            if len(self._at_work) == len(self.evenings):
                return
            await asyncio.sleep(1.0)

    # --- mishaps

    async def a_second_bot_starts(self, _: Mishap) -> None:
        """Started by mistake, or to stand by: the product refuses it only on SQLite."""
        if len(self.evenings) > 1:
            return
        evening = self._add()
        number = self.evenings.index(evening)
        await evening.start_anew()
        if evening.alive:
            self._at_work.add(number)
        else:  # it could not start just now, and is tried again
            self._absent[number] = self._now()

    async def a_bot_hangs(self, mishap: Mishap) -> None:
        """Stopped as by SIGSTOP: it keeps its connections and its lock, and goes on where it stood."""
        await self._hang(mishap, "hangs")

    async def a_bot_hangs_and_loses_its_lock(self, mishap: Mishap) -> None:
        """The others must take it for dead, and it wakes up believing that it still has what it had in hand."""
        await self._hang(mishap, "hangs without its lock")

    async def a_bot_loses_its_lock(self, _: Mishap) -> None:
        """The server ends the session that holds it, and the bot works on."""
        evening = self._one()
        if evening is not None:
            let_go(evening.settings.database_url, evening.owner)

    async def a_bot_ends(self, mishap: Mishap) -> None:
        """In good order, and is started again after a while."""
        evening = self._one()
        if evening is None:
            return
        number = self.evenings.index(evening)
        self._is_away(number)
        await evening.end_and_return(mishap.length)
        if evening.alive:
            self._is_back(number)

    # --- who is there

    def _add(self) -> MortalEvening:
        number = len(self.evenings)
        evening = self._make(number)
        self.evenings.append(evening)
        alive = evening.keep_alive(lambda: self._is_away(number), lambda: self._is_back(number))
        self._living.append(asyncio.ensure_future(alive))
        return evening

    def _one(self) -> MortalEvening | None:
        able = [evening for evening in self.evenings if evening.alive and evening.running]
        return self._chance.choice(able) if len(able) > 1 else able[0] if able else None

    async def _hang(self, mishap: Mishap, how: str) -> None:
        """From the `count`-th turn on, for those are what a bot does at one moment."""
        hangs: asyncio.Future[Life | None] = asyncio.get_running_loop().create_future()
        self._at_turns.append((mishap.count, hangs))
        life = await hangs
        if life is None:
            return
        began, number = self._now(), self._number_of(life)
        if "without" in how:
            let_go(self.evenings[number].settings.database_url, self.evenings[number].owner)
        await asyncio.sleep(mishap.length)
        life.wake()
        if len(self.evenings) > 1:
            self._note(f"bot {number + 1} of two {how}", began)
        if life.alive:
            self._somebody(number)

    def _begin_to_hang(self, hangs: "asyncio.Future[Life | None]") -> None:
        evening = self._one()
        if evening is not None:
            evening.life.hang()
            self._at_work.discard(self.evenings.index(evening))
            self._perhaps_nobody()
        hangs.set_result(None if evening is None else evening.life)

    def _number_of(self, life: Life) -> int:
        return next(number for number, evening in enumerate(self.evenings) if evening.life is life)

    def _is_away(self, number: int) -> None:
        self._absent.setdefault(number, self._now())
        self._at_work.discard(number)
        self._perhaps_nobody()

    def _is_back(self, number: int) -> None:
        self._note_absence(number)
        self._somebody(number)

    def _note_absence(self, number: int) -> None:
        began = self._absent.pop(number, None)
        if began is not None and len(self.evenings) > 1:
            self._note(f"bot {number + 1} of two was down", began)

    def _perhaps_nobody(self) -> None:
        if not self._at_work and self._nobody_since is None:
            self._nobody_since = self._now()

    def _somebody(self, number: int) -> None:
        if self._nobody_since is not None:
            self._note("bot was down", self._nobody_since)
        self._nobody_since = None
        self._at_work.add(number)
