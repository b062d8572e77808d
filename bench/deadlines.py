"""Ten thousand deadlines in one second: how late are they acted upon?"""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from bench.figures import Figure
from bench.household import CLOCK, add_pair, arm, only_store, running_bot, settings_in
from bot.practice.stand_in import StandIn
from storage.records import Records

_MANY = 10_000
_DUE_IN = timedelta(seconds=40)
_BATCH = 500


async def measure(folder: Path) -> list[Figure]:
    """From the second in which all fall due to the last one settled."""
    settings = settings_in(folder)
    async with only_store(folder) as store:
        due_at = CLOCK.now() + _DUE_IN
        for first in range(0, _MANY, _BATCH):

            def some(records: Records, first: int = first) -> None:
                for number in range(first, first + _BATCH):
                    spread = timedelta(microseconds=1_000_000 * number // _MANY)
                    arm(records, add_pair(records, number).person_id, due_at + spread - CLOCK.now(), settings)

            await store.run(some)
    behind = (CLOCK.now() - due_at).total_seconds()
    async with running_bot(folder, StandIn()) as bot:
        await asyncio.sleep(max(0.0, (due_at - CLOCK.now()).total_seconds()))
        began = time.perf_counter()
        while bot.log.counts.get("deadline", 0) < _MANY:
            await asyncio.sleep(0.05)
        took = time.perf_counter() - began
    return [
        {
            "figure": "deadlines_in_one_second",
            "count": _MANY,
            "last_settled_after_s": round(took, 3),
            "filled_late_by_s": round(max(0.0, behind), 1),
        }
    ]
