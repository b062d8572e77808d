"""The bot as its own process, started and ended as a user does it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.lab import leash

T = TypeVar("T")
JSON = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 30.0
_TAIL_LINES = 25


class BotEndedError(AssertionError):
    """The bot has ended although nobody asked it to."""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    status: int
    said: str
    complained: str


def buddy() -> list[str]:
    """The command `buddy` of the environment that runs the tests; without one the same by module."""
    script = Path(sys.executable).with_name("buddy")
    return [str(script)] if script.exists() else [sys.executable, "-m", "bot"]


async def run_buddy(settings: Mapping[str, str], folder: Path, *arguments: str) -> Ended:
    """Run a `buddy` command to its end."""
    child = await _start(settings, folder, *arguments)
    async with asyncio.timeout(STARTS_WITHIN):
        said, complained = await child.communicate()
    assert child.returncode is not None
    return Ended(child.returncode, said.decode(), complained.decode())


async def _start(settings: Mapping[str, str], folder: Path, *arguments: str) -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BUDDY_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-IS", leash.__file__, str(os.getpid())),  # it dies with the test run
        *buddy(),
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)} | settings,
        process_group=0,
    )


class BotProcess:
    """`buddy run` with these settings, again and again if a story wants it. What it logs is kept."""

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        self.settings = dict(settings)
        self.folder = folder
        self.log: list[JSON] = []
        self._raw: deque[str] = deque(maxlen=_TAIL_LINES)
        self._written: list[bytes] = []
        self._heard = asyncio.Condition()
        self._child: Process | None = None
        self._reading: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start it and wait until it says that it has started. Raises BotEndedError."""
        since = len(self.log)
        await self.launch()
        await self.watched(self.told("started", STARTS_WITHIN, since=since))

    async def launch(self) -> None:
        """Start it, and wait for nothing."""
        assert not self.is_running
        child = self._child = await _start(self.settings, self.folder, "run")
        assert child.stdout is not None
        assert child.stderr is not None
        self._reading = [asyncio.ensure_future(self._read(stream)) for stream in (child.stdout, child.stderr)]

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.returncode is None

    @property
    def output(self) -> bytes:
        """Everything that it has written, whichever way."""
        return b"".join(self._written)

    async def stop(self, within: float = 5.0) -> int:
        """End it in good order (SIGTERM); its exit status. Raises TimeoutError."""
        self._send(signal.SIGTERM)
        return await self._wait(within)

    async def kill(self) -> None:
        """End it as a crash would (SIGKILL)."""
        self._send(signal.SIGKILL)
        await self._wait(5.0)

    async def clean_up(self) -> None:
        """End it if it still runs, however."""
        if self.is_running:
            await self.kill()

    async def told(self, event: str, within: float, *, since: int) -> None:
        """Return when its log, from line `since` on, tells of this event. Raises TimeoutError."""
        async with self._heard, asyncio.timeout(within):
            await self._heard.wait_for(lambda: any(line["event"] == event for line in self.log[since:]))

    async def watched(self, waiting: Awaitable[T]) -> T:
        """The outcome of `waiting`. Raises BotEndedError as soon as the bot ends; a failure shows its last words."""
        assert self._child is not None
        task = asyncio.ensure_future(waiting)
        ended = asyncio.ensure_future(self._child.wait())
        try:
            await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
        except Exception as error:
            error.add_note(self.last_words())
            raise
        finally:
            for one in (task, ended):
                one.cancel()
            await asyncio.gather(task, ended, return_exceptions=True)
        await asyncio.gather(*self._reading)
        raise BotEndedError(f"The bot ended with status {self._child.returncode}. {self.last_words()}")

    def last_words(self) -> str:
        """The end of what it has written, for error reports."""
        return "The bot's last words:\n" + "\n".join(self._raw)

    def _send(self, number: signal.Signals) -> None:
        assert self._child is not None
        with suppress(ProcessLookupError):
            os.kill(self._child.pid, number)

    async def _wait(self, within: float) -> int:
        assert self._child is not None
        try:
            async with asyncio.timeout(within):
                status = await self._child.wait()
        except TimeoutError:
            raise TimeoutError(f"the bot has not ended within {within} s. {self.last_words()}") from None
        await asyncio.gather(*self._reading)
        return status

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self._written.append(line)
            self._raw.append(line.decode(errors="replace").rstrip())
            if not line.startswith(b"{"):
                continue
            async with self._heard:
                self.log.append(json.loads(line))
                self._heard.notify_all()
