"""Simulated nights in a minute, on two processors."""

import os
import time
from pathlib import Path

from bench.figures import Figure
from bot.simulation.nights import run_nights

_NIGHTS = 200


def measure(_: Path) -> list[Figure]:
    """Seeds from one on, on SQLite, as `buddy simulate --nights 200` plays them."""
    before, began = _processor_seconds(), time.perf_counter()
    tally = run_nights(1, _NIGHTS, jobs=2)
    seconds = time.perf_counter() - began
    return [
        {
            "nights": tally.nights,
            "nights_per_minute": round(60 * tally.nights / seconds, 1),
            "processor_s_per_night": round((_processor_seconds() - before) / tally.nights, 3),
            "failing": len(tally.failing),
        }
    ]


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
