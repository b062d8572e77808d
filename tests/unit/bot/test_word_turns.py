"""Whose word is worked on next: a crowd delays nobody by more than what is in hand (virtual time)."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.word_turns import Asker, MayEnd, WordTurns

TAKES = 0.2
"""Seconds that each turn takes here."""


class Desk:
    """Two places, and who had them, in order."""

    def __init__(self) -> None:
        self.takes = TAKES
        self.turns = WordTurns(2)
        self.had: list[str] = []

    async def asks(self, account: str, *, times: int = 1, may_end: MayEnd = MayEnd.NOTHING) -> float:
        """So many words, one after the other, as in a lane; how many seconds the first one took in all."""
        began = asyncio.get_running_loop().time()
        first = 0.0
        for number in range(times):
            async with self.turns.turn(Asker(account, may_end)):
                self.had.append(account)
                await asyncio.sleep(self.takes)
            if number == 0:
                first = asyncio.get_running_loop().time() - began
        return first


@pytest.fixture
async def desk() -> Desk:
    return Desk()


def crowd_at(desk: Desk, *, times: int = 1000, may_end: MayEnd = MayEnd.NOTHING) -> list[asyncio.Task[float]]:
    return [
        asyncio.ensure_future(desk.asks(f"stranger {number}", times=times, may_end=may_end)) for number in range(100)
    ]


@pytest.fixture
def ending() -> Iterator[list[asyncio.Task[float]]]:
    tasks: list[asyncio.Task[float]] = []
    yield tasks
    for task in tasks:
        task.cancel()


@pytest.mark.parametrize("may_end", MayEnd)
async def test_in_a_crowd_that_goes_on_who_asks_first_is_next(
    desk: Desk, ending: list[asyncio.Task[float]], may_end: MayEnd
) -> None:
    """Also where all of the crowd have timers: they have had their turns."""
    ending += crowd_at(desk, may_end=may_end)
    await asyncio.sleep(30)
    assert await desk.asks("ana", may_end=MayEnd.OWN_TIMER) <= 2 * TAKES + 0.01
    assert await desk.asks("bo") <= 4 * TAKES + 0.01


async def test_also_on_a_machine_so_slow_that_a_turn_for_each_takes_minutes(
    desk: Desk, ending: list[asyncio.Task[float]]
) -> None:
    """Found: turns were forgotten before the crowd came round, and she waited for all of it each time."""
    desk.takes = 3
    ending += crowd_at(desk, may_end=MayEnd.OWN_TIMER)
    await asyncio.sleep(200)
    assert await desk.asks("ana", may_end=MayEnd.OWN_TIMER) <= 2 * desk.takes + 0.01


@pytest.mark.parametrize("may_end", [MayEnd.NOTHING, MayEnd.ANOTHERS])
async def test_whose_timer_runs_waits_for_no_crowd_that_has_just_come(
    desk: Desk, ending: list[asyncio.Task[float]], may_end: MayEnd
) -> None:
    """Found: buddies without anything of their own, who all named somebody, were as much in a hurry as she was."""
    ending += crowd_at(desk, may_end=may_end)
    await asyncio.sleep(0)
    assert await desk.asks("ana", may_end=MayEnd.OWN_TIMER) <= 2 * TAKES + 0.01


async def test_her_tries_before_do_not_put_her_behind_those_without_a_timer(
    desk: Desk, ending: list[asyncio.Task[float]]
) -> None:
    await desk.asks("ana", times=20, may_end=MayEnd.OWN_TIMER)
    ending += crowd_at(desk)
    await asyncio.sleep(0)
    assert await desk.asks("ana", may_end=MayEnd.OWN_TIMER) <= 2 * TAKES + 0.01


async def test_who_names_somebody_waits_for_no_crowd_that_has_just_come(
    desk: Desk, ending: list[asyncio.Task[float]]
) -> None:
    ending += crowd_at(desk)
    await asyncio.sleep(0)
    assert await desk.asks("bo", may_end=MayEnd.ANOTHERS) <= 3 * TAKES + 0.01


async def test_timers_starve_nobody(desk: Desk, ending: list[asyncio.Task[float]]) -> None:
    """A duress word counts without a timer too: each of the crowd has one turn before it at most."""
    ending += crowd_at(desk, may_end=MayEnd.OWN_TIMER)
    await asyncio.sleep(0)
    assert await desk.asks("ana") <= (100 / 2 + 2) * TAKES


async def test_ten_minutes_later_all_are_equal_again(desk: Desk) -> None:
    await desk.asks("ana", times=20)
    await asyncio.sleep(600)
    waiting = [asyncio.ensure_future(desk.asks(name)) for name in ("cy", "dee", "ana", "bo")]
    await asyncio.gather(*waiting)
    assert desk.had[-4:] == ["cy", "dee", "ana", "bo"]


async def test_no_more_than_the_places_at_once(desk: Desk) -> None:
    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(desk.asks(f"stranger {number}") for number in range(10)))
    assert asyncio.get_running_loop().time() - began == pytest.approx(5 * TAKES)


async def test_who_gives_up_takes_no_place_along(desk: Desk) -> None:
    """Waiting, at work, and in the moment between."""
    asking = [asyncio.ensure_future(desk.asks(f"stranger {number}")) for number in range(6)]
    await asyncio.sleep(TAKES / 2)
    for task in (asking[0], asking[4]):
        task.cancel()
    asking[1].cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    began = asyncio.get_running_loop().time()
    await asyncio.gather(desk.asks("ana"), desk.asks("bo"))
    assert asyncio.get_running_loop().time() - began == pytest.approx(TAKES)
