"""Order within a lane, and nobody waiting for somebody else's (DESIGN, invariant 13)."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.lanes import Lanes


class Course:
    """What was done, in order, and when."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float]] = []
        self.errors: list[BaseException] = []

    def work(self, name: str, seconds: float = 1, error: Exception | None = None) -> Callable[[], Awaitable[None]]:
        async def work() -> None:
            await asyncio.sleep(seconds)
            if error is not None:
                raise error
            self.done.append((name, asyncio.get_running_loop().time()))

        return work


@pytest.fixture
def course() -> Course:
    return Course()


@pytest.fixture
async def lanes(course: Course) -> Lanes:
    return Lanes(course.errors.append)


async def test_a_lane_keeps_its_order(lanes: Lanes, course: Course) -> None:
    for name, seconds in (("first", 3), ("second", 1), ("third", 2)):
        lanes.put("ana", course.work(name, seconds))
    await lanes.wait_idle()
    assert course.done == [("first", 3), ("second", 4), ("third", 6)]


async def test_lanes_run_side_by_side(lanes: Lanes, course: Course) -> None:
    lanes.put("ana", course.work("slow", 60))
    for number in range(100):
        lanes.put(f"person {number}", course.work("quick"))
    await lanes.wait_idle()
    assert course.done == [("quick", 1.0)] * 100 + [("slow", 60.0)]


async def test_an_error_costs_one_piece_of_work_and_not_its_lane(lanes: Lanes, course: Course) -> None:
    error = RuntimeError()
    lanes.put("ana", course.work("spoilt", 1, error))
    lanes.put("ana", course.work("next"))
    await lanes.wait_idle()
    assert course.done == [("next", 2.0)]
    assert course.errors == [error]


async def test_work_put_in_from_within_a_lane_comes_after_what_waits(lanes: Lanes, course: Course) -> None:
    async def puts() -> None:
        lanes.put("ana", course.work("last"))

    lanes.put("ana", puts)
    lanes.put("ana", course.work("before"))
    await lanes.wait_idle()
    assert [name for name, _ in course.done] == ["before", "last"]


async def test_a_lane_that_was_empty_begins_again(lanes: Lanes, course: Course) -> None:
    lanes.put("ana", course.work("first"))
    await lanes.wait_idle()
    lanes.put("ana", course.work("second"))
    await lanes.wait_idle()
    assert len(course.done) == 2


async def test_nothing_to_do_is_idle(lanes: Lanes) -> None:
    await lanes.wait_idle()


async def test_stopping_gives_up_what_is_in_hand_and_what_waits(lanes: Lanes, course: Course) -> None:
    lanes.put("ana", course.work("in hand", 60))
    lanes.put("ana", course.work("waits"))
    await asyncio.sleep(1)
    await lanes.stop()
    await asyncio.sleep(100)
    assert course.done == []
    await lanes.wait_idle()
