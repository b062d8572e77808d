"""A real signal-cli, a mock Signal server and simulated phones.

async with SignalLab.start() as lab:
    ana = lab.phone("ana")
    await ana.send("hello")              # arrives at the bot on lab.socket_path
    reply = await ana.next_message()     # what the bot sent, decrypted by Ana's phone
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from bot.attachments import AttachmentFolder, DiskAttachments
from bot.transport.connection import Endpoint
from tests.lab.mock_server import LabError, MockServer
from tests.lab.parts import find_parts
from tests.lab.phone import Phone
from tests.lab.rpc import JSON, RpcClient
from tests.lab.signal_cli import JAVA_OPTIONS, SignalCli

__all__ = ["TRUST_ALWAYS", "LabError", "Phone", "SignalLab"]

PEOPLE = ("ana", "bo", "cy", "dee")
TRUST_ALWAYS = ("--trust-new-identities", "always")
_LOG_CHARACTERS = 3000


class SignalLab:
    """Create it with `SignalLab.start`."""

    def __init__(self, folder: Path, server: MockServer, signal_cli: SignalCli, stack: AsyncExitStack) -> None:
        self.folder = folder
        self._server = server
        self._signal_cli = signal_cli
        self._stack = stack
        self.timings: dict[str, float] = {}  # seconds
        self.account: str = server.bot["number"]
        self.account_aci: str = server.bot["aci"]
        server.phones["bot"] = Phone(server.command, "bot", self.account_aci, self.account)

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        phones: Sequence[str] = PEOPLE,
        *,
        hide_numbers: bool = True,
        options: Sequence[str] = TRUST_ALWAYS,
        java_options: Sequence[str] = JAVA_OPTIONS,
        verbose: bool = False,
        keep_folder: bool = False,
    ) -> "AsyncIterator[SignalLab]":
        """Start everything; end everything on leaving, whatever happens. Raises PartsMissingError, LabError.

        hide_numbers: phones do not show their numbers, today's default of Signal. options: signal-cli's own.
        verbose and keep_folder: leave talkative logs behind in `lab.folder`.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        parts = find_parts()
        folder = Path(tempfile.mkdtemp(prefix="lab-"))
        async with AsyncExitStack() as stack:
            if not keep_folder:
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
            try:
                server = await _start_server(stack, parts, folder, trace=verbose)
                signal_cli = SignalCli(parts, folder, options, java_options, verbose)
                lab = cls(folder, server, signal_cli, stack)
                for name in phones:
                    await lab.add_phone(name, hide_number=hide_numbers)
                await lab._bring_up()
            except Exception as error:
                error.add_note(_log_tail(folder))
                raise
            lab.timings["start"] = loop.time() - began
            yield lab

    async def _bring_up(self) -> None:
        self._stack.push_async_callback(self._signal_cli.stop, 3.0)
        self._signal_cli.point_at(self._server.port)
        await self.start_signal_cli()
        await self._link()
        if self._signal_cli.options:
            # Options do not reach an account that was linked since the daemon's start.
            await self.stop_signal_cli()
            await self.start_signal_cli()

    # --- where the bot connects

    @property
    def socket_path(self) -> Path:
        """The JSON-RPC socket of signal-cli. It stays the same across restarts."""
        return self._signal_cli.socket_path

    @property
    def attachments_folder(self) -> Path:
        """Where signal-cli puts what it downloads."""
        return self._signal_cli.account_folder / "attachments"

    @property
    def attachments(self) -> AttachmentFolder:
        """The same folder, as the bot uses it."""
        return DiskAttachments(self.attachments_folder)

    def endpoint(self) -> Endpoint:
        """The same socket as an endpoint."""
        return self._signal_cli.endpoint

    def child_command(self) -> list[str]:
        """What runs the same signal-cli as a child that talks over its standard streams. Stop the daemon first."""
        return self._signal_cli.command("jsonRpc")

    # --- people

    def phone(self, name: str) -> Phone:
        """A phone by name. "bot" is the phone of the bot's own account: it sees `sync_sent` events."""
        return self._server.phones[name]

    async def add_phone(self, name: str, *, profile_name: str | None = None, hide_number: bool = True) -> Phone:
        """One phone more."""
        told = await self._server.command("create_phone", name=name, profile_name=profile_name, hide_number=hide_number)
        phone = self._server.phones[name] = Phone(self._server.command, name, told["aci"], told["number"])
        return phone

    async def group(self, group_id: str) -> JSON:
        """A group as it stands on the server, decrypted."""
        return await self._server.command("group_view", group_id=group_id)

    # --- misfortune

    async def start_signal_cli(self, timeout: float = 60.0) -> None:
        """Start the daemon and wait until its socket answers. It need not be online yet."""
        await self._signal_cli.start(timeout)

    async def stop_signal_cli(self) -> None:
        """End the daemon in good order (SIGTERM)."""
        await self._signal_cli.stop()

    async def kill_signal_cli(self) -> None:
        """End the daemon as a crash would (SIGKILL)."""
        await self._signal_cli.kill()

    async def wait_until_online(self, timeout: float = 30.0) -> None:
        """Wait until signal-cli is connected to the server, as it is while somebody is subscribed."""
        async with asyncio.timeout(timeout):
            await self._server.bot_is_connected.wait()

    async def network(self, mode: Literal["up", "down", "stall"]) -> None:
        """down: signal-cli's connections end and are refused. stall: they stay, but nothing moves."""
        await self._server.command("network", mode=mode)

    async def drop_connections(self) -> int:
        """Cut every connection of signal-cli once. Returns how many."""
        return int((await self._server.command("drop_connections"))["dropped"])

    async def rate_limit(
        self,
        phone: str,
        status: int = 429,
        *,
        retry_after: int = 5,
        times: int | None = None,
        groups: bool = False,
    ) -> int:
        """Answer sends to this phone with 429, or 428 (a proof is asked for); `times` None: until cleared.

        groups: group messages too. retry_after: seconds. Returns the fault's id.
        """
        told = await self._server.command(
            "rate_limit", phone=phone, status=status, retry_after=retry_after, times=times, groups=groups
        )
        return int(told["fault"])

    async def fault(
        self,
        path: str,
        status: int,
        *,
        method: str | None = None,
        body: Any = "",
        headers: dict[str, str] | None = None,
        times: int | None = 1,
    ) -> int:
        """Answer requests whose path matches this regular expression so. Returns the fault's id."""
        told = await self._server.command(
            "fault", path=path, status=status, method=method, body=body, headers=headers or {}, times=times
        )
        return int(told["fault"])

    async def clear_faults(self, *ids: int) -> None:
        """Take back these faults, or all."""
        await self._server.command("clear_faults", faults=list(ids) or None)

    async def calm(self) -> None:
        """Network up, no faults, signal-cli running: what the next test may rely on."""
        await self.clear_faults()
        await self.network("up")
        if not self._signal_cli.is_running:
            await self.start_signal_cli()

    # --- looking inside

    async def state(self) -> JSON:
        """Phones, network, and how many messages wait for the bot."""
        return await self._server.command("state")

    async def waiting(self) -> int:
        """How many messages wait at the server for the bot to take them in."""
        return sum(device["unacknowledged"] for device in (await self.state())["bot_devices"])

    def process_ids(self) -> list[int]:
        """The processes of mock server and signal-cli. Raises LabError when signal-cli does not run."""
        return [self._server.pid, self._signal_cli.pid]

    def log_tail(self) -> str:
        """The ends of the logs, for error reports."""
        return _log_tail(self.folder)

    async def _link(self) -> None:
        async with RpcClient.connect(self.endpoint()) as rpc:
            url = (await rpc.call("startLink"))["deviceLinkUri"]
            linking = asyncio.create_task(self._server.command("link", url=url))
            try:
                await rpc.call("finishLink", deviceLinkUri=url, deviceName="lab")
                await linking
            finally:
                linking.cancel()
            subscription = await rpc.call("subscribeReceive")
            await self._drain()
            await rpc.call("unsubscribeReceive", subscription=subscription)

    async def _drain(self) -> None:
        """Let signal-cli take in what a freshly linked device is sent, so that a test starts from silence."""
        async with asyncio.timeout(15.0):
            await asyncio.sleep(0.2)
            while await self.waiting():
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.2)


async def _start_server(stack: AsyncExitStack, parts: Path, folder: Path, *, trace: bool) -> MockServer:
    server = await MockServer.start(parts, folder / "uploads", folder / "server.log", trace=trace)
    stack.push_async_callback(server.close)
    return server


def _log_tail(folder: Path) -> str:
    ends = {path.name: path.read_text(errors="replace")[-_LOG_CHARACTERS:] for path in folder.glob("*.log")}
    return "\n".join(f"--- {name}\n{end}" for name, end in ends.items())
