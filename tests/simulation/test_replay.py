"""A night is replayed exactly by its seed, in any process."""

import hashlib
import os
import subprocess
import sys

import pytest

from bot.simulation.dialogue import dialogue
from bot.simulation.drawing import draw
from bot.simulation.playing import play

SEEDS = (9, 36)
PRINT_DIGESTS = """
import hashlib
from tests.simulation.test_replay import SEEDS, digest
print([digest(seed) for seed in SEEDS])
"""


def digest(seed: int) -> str:
    chronicle = play(draw(seed))
    return hashlib.sha256(f"{dialogue(chronicle)}\n{chronicle.logged}".encode()).hexdigest()


def test_the_plan_follows_from_the_seed() -> None:
    assert draw(7) == draw(7)
    assert draw(7) != draw(8)


def test_the_same_seed_gives_the_same_night_to_the_last_byte() -> None:
    assert [digest(seed) for seed in SEEDS] == [digest(seed) for seed in SEEDS]


@pytest.mark.parametrize("hash_seed", ["1", "4711"])
def test_in_another_process_too(hash_seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    told = subprocess.run(
        [sys.executable, "-c", PRINT_DIGESTS], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert told.strip() == str([digest(seed) for seed in SEEDS])
