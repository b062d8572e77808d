"""`make bench`: the figures, as JSON lines, with the machine's own floor measured in the same run."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import arming, commands, deadlines, files, flood, floor, idle, kills, nights, words
from bench.figures import Figure

MEASUREMENTS: dict[str, Callable[[Path], list[Figure]]] = {
    "floor": floor.measure,
    "commands": lambda folder: asyncio.run(commands.measure(folder)),
    "arming": lambda folder: asyncio.run(arming.measure(folder)),
    "deadlines": lambda folder: asyncio.run(deadlines.measure(folder)),
    "flood": lambda folder: asyncio.run(flood.measure(folder)),
    "words": lambda folder: asyncio.run(words.measure(folder)),
    "files": lambda folder: asyncio.run(files.measure(folder)),
    "nights": nights.measure,
    "kills": lambda folder: asyncio.run(kills.measure(folder)),
    "idle": idle.measure,
}


def main(names: list[str]) -> None:
    """Run the named measurements, or all."""
    for name in names or MEASUREMENTS:
        with TemporaryDirectory(prefix="buddy-bench-") as folder:
            for figure in MEASUREMENTS[name](Path(folder)):
                sys.stdout.write(json.dumps({"measurement": name, **figure}) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
