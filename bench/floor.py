"""What this machine can do at best: writing to the disk for good."""

import os
import sqlite3
import time
from pathlib import Path

from bench.figures import Figure, quantiles

_ROUNDS = 300


def measure(folder: Path) -> list[Figure]:
    """One fsync of 4 KiB; one row committed by bare SQLite with the bot's settings."""
    return [{"figure": "fsync", **quantiles(_fsync(folder))}, {"figure": "sqlite_commit", **quantiles(_commit(folder))}]


def _fsync(folder: Path) -> list[float]:
    descriptor = os.open(folder / "file", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        os.write(descriptor, b"x" * 4096)
        os.fsync(descriptor)
        times.append(time.perf_counter() - began)
    os.close(descriptor)
    return times


def _commit(folder: Path) -> list[float]:
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB)")
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows (body) VALUES (?)", (b"x" * 300,))
        connection.execute("COMMIT")
        times.append(time.perf_counter() - began)
    connection.close()
    return times
