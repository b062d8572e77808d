"""A bot that has nothing to do: its processor time over a minute, and its memory."""

import asyncio
import os
import sys
import time
from pathlib import Path

from bench.figures import Figure
from bot.practice.stand_in import StandIn

_SECONDS = 60.0
_START = 8.0


def measure(folder: Path) -> list[Figure]:
    """The real process, connected to a stand-in over a socket."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> list[Figure]:
    server = await StandIn().serve(folder / "signal.sock")
    environment = {
        **os.environ,
        "BUDDY_SIGNAL": f"unix:{folder / 'signal.sock'}",
        "BUDDY_ACCOUNT": StandIn().account,
        "BUDDY_DATABASE_URL": f"sqlite:///{folder / 'buddy.db'}",
        "BUDDY_KEY_FILE": str(folder / "buddy.key"),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await asyncio.sleep(_START)
        before, began = _processor_seconds(process.pid), time.perf_counter()
        await asyncio.sleep(_SECONDS)
        used = _processor_seconds(process.pid) - before
        share = used / (time.perf_counter() - began)
        memory = _resident_mib(process.pid)
    finally:
        process.terminate()
        await process.wait()
        await server.close()
    return [
        {"figure": "idle_processor", "seconds": round(used, 3), "percent_of_one_core": round(100 * share, 3)},
        {"figure": "resident_memory", "mib": memory},
    ]


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0
