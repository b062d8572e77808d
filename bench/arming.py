"""What one more timer costs when many are armed already, and how soon a bot with many is ready."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from bench.figures import Figure, quantiles
from bench.household import add_pair, arm, only_store, running_bot, settings_in
from bot.practice.stand_in import StandIn
from storage.records import Records
from storage.unit_of_work import Store

_SAMPLES = 200
_BATCH = 500
_LEVELS = (1_000, 100_000)
_DUE_IN = timedelta(hours=5)


async def measure(folder: Path) -> list[Figure]:
    """At each level; then the start-up with the highest."""
    settings = settings_in(folder)
    figures: list[Figure] = []
    armed = 0
    async with only_store(folder) as store:
        for level in _LEVELS:
            await _fill(store, folder, armed, level - _SAMPLES)
            times = [await _arm_one(store, folder, number) for number in range(level - _SAMPLES, level)]
            armed = level
            figures.append({"figure": "arming", "armed": level, **quantiles(times)})
    began = time.perf_counter()
    stand_in = StandIn()
    phone = await stand_in.add_phone("Ana")
    async with running_bot(folder, stand_in):
        await phone.send("hello")
        await phone.next_message(timeout=60)
        figures.append(
            {"figure": "start_to_first_answer", "armed": armed, "seconds": round(time.perf_counter() - began, 3)}
        )
    assert settings.timing.max_duration > _DUE_IN
    return figures


async def _fill(store: Store, folder: Path, start: int, end: int) -> None:
    settings = settings_in(folder)

    def some(first: int, last: int) -> None:
        def work(records: Records) -> None:
            for number in range(first, last):
                arm(records, add_pair(records, number).person_id, _DUE_IN, settings)

        pending.append(store.run(work))

    pending: list[object] = []
    for first in range(start, end, _BATCH):
        some(first, min(first + _BATCH, end))
    for one in pending:
        await one  # type: ignore[misc]


async def _arm_one(store: Store, folder: Path, number: int) -> float:
    settings = settings_in(folder)
    pairing = await store.run(lambda records: add_pair(records, number))
    began = time.perf_counter()
    await store.run(lambda records: arm(records, pairing.person_id, _DUE_IN, settings))
    took = time.perf_counter() - began
    await asyncio.sleep(0)
    return took
