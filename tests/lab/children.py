"""Child processes that never outlive the tests."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

_LINE_LIMIT = 32 * 1024 * 1024
_LEASH = Path(__file__).with_name("leash.py")


async def start_child(*command: str | os.PathLike[str], log: Path, talking: bool = False) -> asyncio.subprocess.Process:
    """Start a program that ends when the test run does, even if that is killed.

    What it says to stderr is added to the log; `talking`: its stdin and stdout are pipes.
    """
    channel = asyncio.subprocess.PIPE if talking else asyncio.subprocess.DEVNULL
    with log.open("ab") as stderr:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-IS",
            _LEASH,
            str(os.getpid()),
            *command,
            stdin=channel,
            stdout=channel,
            stderr=stderr,
            limit=_LINE_LIMIT,
            process_group=0,
        )


async def stop_child(child: asyncio.subprocess.Process, patience: float) -> None:
    """Ask it to end (SIGTERM); make it (SIGKILL) after `patience` seconds. Returns when it has ended."""
    if child.returncode is not None:
        return
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.wait(), patience)
    except TimeoutError:
        await kill_child(child)


async def kill_child(child: asyncio.subprocess.Process) -> None:
    """End it as a crash would (SIGKILL)."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
