"""Three hundred times `kill -9`, half of them on each database, while people go out; the verdict as figures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.figures import Figure
from storage.engine import migrate, open_database
from tests.lab.embedded_postgresql import embedded_postgresql
from tests.processes.judge import Verdict
from tests.processes.killing import kill_again_and_again

_EVENINGS = 5
_KILLS = 30
"""In one evening; each has a seed and a database of its own."""


async def measure(folder: Path) -> list[Figure]:
    """One database after the other: beside each other two bots on a small machine only wait."""
    with _postgresql() as postgresql:
        return [
            await _measure(folder, "sqlite", 1, lambda seed: f"sqlite:///{folder / f'{seed}.db'}"),
            await _measure(folder, "postgresql", 101, postgresql),
        ]


async def _measure(folder: Path, name: str, first_seed: int, url_for: Callable[[int], str]) -> Figure:
    verdicts: list[Verdict] = []
    for seed in range(first_seed, first_seed + _EVENINGS):
        url, files = url_for(seed), folder / f"{name}-{seed}"
        files.mkdir()
        engine = open_database(url)
        migrate(engine)
        engine.dispose()
        verdicts.append(await kill_again_and_again(files, url, _KILLS, seed))
    return {
        "figure": "kills",
        "database": name,
        "seeds": f"{first_seed} to {first_seed + _EVENINGS - 1}",
        "kills": sum(one.kills for one in verdicts),
        "messages": sum(one.messages for one in verdicts),
        "lost_before_the_commit": sum(one.gap for one in verdicts),
        "timers": sum(one.timers for one in verdicts),
        "alerts": sum(one.alerts for one in verdicts),
        "duplicate_alerts": sum(one.duplicate_alerts for one in verdicts),
        "worst_late_s": round(max(one.worst_late_s for one in verdicts), 3),
        "faults": "; ".join(fault for one in verdicts for fault in one.faults) or "none",
    }


@contextmanager
def _postgresql() -> Iterator[Callable[[int], str]]:
    """An embedded server; what is given makes a database of its own and returns its URL."""
    with embedded_postgresql() as server:

        def new_database(seed: int) -> str:
            name = f"evening_{seed}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return str(server.get_uri(name, "psycopg"))

        yield new_database
