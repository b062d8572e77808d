"""A signal-cli as child of the bot, spoken to over its standard streams."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Sequence

from bot.transport.counters import Counters
from bot.transport.lines import LineReader

ENDING_SECONDS = 5.0
"""How long a child may take to end by itself before it is killed."""
CHILD_STDERR_LINE = "child_stderr_line"
_STREAM_LIMIT = 1024 * 1024
_PR_SET_PDEATHSIG = 1
_OURS = "BUDDY_"
ONLY_OWNER = 0o077


def _die_with_parent() -> Callable[[], None] | None:
    """What the child does first so that it ends when the bot is killed. Linux only; elsewhere its input ends."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)  # loaded before the fork: between fork and exec as little as possible is done
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class ChildConnection:
    """The connection to a child; when it is closed the child ends."""

    def __init__(self, child: asyncio.subprocess.Process, counters: Counters) -> None:
        if child.stdin is None or child.stdout is None or child.stderr is None:
            raise ValueError("The child must be started with all three streams as pipes.")
        self._child = child
        self._input = child.stdin
        self._lines = LineReader(child.stdout, counters)
        # A full pipe would stop the child; its words may name people, so they are only counted.
        self._draining = asyncio.ensure_future(_drain(child.stderr, counters))

    async def read_line(self) -> bytes:
        """The next line of the child's output; `b""` when it has ended."""
        return await self._lines.read_line()

    async def write_line(self, line: bytes) -> None:
        """Send one line to the child's input. Raises OSError when it has ended."""
        self._input.write(line + b"\n")
        await self._input.drain()

    async def close(self) -> None:
        """End the child: its input ends, then it is asked, then it is killed. Never raises."""
        self._input.close()
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(ENDING_SECONDS):
                await self._child.wait()
        except TimeoutError:
            pass
        finally:
            self._signal(signal.SIGKILL)
        await self._child.wait()
        self._draining.cancel()
        await asyncio.gather(self._draining, return_exceptions=True)

    def _signal(self, number: signal.Signals) -> None:
        # The child leads a process group of its own, so that what it started ends too.
        if self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, number)


async def _drain(stream: asyncio.StreamReader, counters: Counters) -> None:
    while chunk := await stream.read(_STREAM_LIMIT):
        for _ in range(chunk.count(b"\n")):
            counters.count(CHILD_STDERR_LINE)


def without_our_settings() -> dict[str, str]:
    """The environment for a signal-cli: passwords stand in the settings of the bot, of which it needs none."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


async def start_child(command: Sequence[str], counters: Counters) -> ChildConnection:
    """Run the command. Raises OSError when that is not possible."""
    child = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=_STREAM_LIMIT,
        start_new_session=True,
        env=without_our_settings(),
        umask=ONLY_OWNER,
        preexec_fn=_die_with_parent(),
    )
    return ChildConnection(child, counters)
