"""`kill -9` at any moment of a busy evening: no alert missed, none false, none late, nothing changed twice."""

import asyncio
from pathlib import Path

import pytest

from tests.processes.killing import kill_again_and_again

KILLS = 15
"""On each of the two databases, side by side."""


@pytest.mark.postgresql
@pytest.mark.timeout(400)
async def test_thirty_kills_lose_nothing_and_double_nothing(
    sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    folders = {name: tmp_path / name for name in ("sqlite", "postgresql")}
    for folder in folders.values():
        folder.mkdir()
    verdicts = await asyncio.gather(
        kill_again_and_again(folders["sqlite"], sqlite_url, KILLS, seed=1),
        kill_again_and_again(folders["postgresql"], postgresql_url, KILLS, seed=2),
    )
    for verdict in verdicts:
        assert verdict.faults == []
        assert verdict.alerts > 0
        assert verdict.duplicate_alerts <= 1  # sent, and killed before that was recorded
