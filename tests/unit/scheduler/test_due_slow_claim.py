"""What falls due while the claim before it takes long must ask, like all others, whether it may be acted upon."""

import asyncio
from collections.abc import Callable

import pytest

from bot.domain.check_in import Stage
from bot.domain.reception import Reception
from bot.practice.virtual_time import VirtualClock
from storage.records import Records
from storage.unit_of_work import Store
from tests.unit.scheduler.deadlines_at_work import Due, add
from tests.virtual import MINUTE, SECOND


async def test_a_deadline_that_falls_due_during_a_slow_claim_is_not_acted_upon_unsettled(
    due: Due, store: Store, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await add(store, 1, clock.now(), clock.now() + MINUTE)
    second = await add(store, 2, clock.now(), clock.now() + MINUTE + 2 * SECOND)
    may_act, run = asyncio.Event(), store.run
    may_act.set()
    slow_ones: list[object] = []

    async def slow(work: Callable[[Records], object], *, first: bool = False) -> object:
        result = await run(work, first=first)
        if isinstance(result, list) and result and not slow_ones:
            slow_ones.append(result)
            may_act.clear()  # Signal is found to be away, or the host's network was
            await asyncio.sleep(5)  # the answer to the commit comes late
        return result

    async def settled() -> Reception:
        await may_act.wait()
        return Reception.HEARS

    monkeypatch.setattr(store, "run", slow)
    due.settled = settled
    async with due.at_work():
        await asyncio.sleep(70)
        assert await due.stage(first) is Stage.ASKED
        assert await due.stage(second) is Stage.ARMED
        may_act.set()
        await asyncio.sleep(2)
        assert await due.stage(second) is Stage.ASKED
