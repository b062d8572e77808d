"""`kill -9` at any moment of a busy evening: no alert missed, none false, none late, nothing changed twice."""

from pathlib import Path

import pytest

from tests.processes.killing import kill_again_and_again

KILLS = 15
"""On each of the two databases, one after the other: beside each other two bots on a small machine only wait."""


@pytest.mark.timeout(400)
async def test_kills_lose_nothing_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "evening"
    folder.mkdir()
    verdict = await kill_again_and_again(folder, database_url, KILLS, seed=1)
    assert verdict.faults == []
    assert verdict.kills == KILLS
    assert verdict.alerts > 0
    assert verdict.duplicate_alerts <= 1  # sent, and killed before that was recorded
