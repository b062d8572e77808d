"""The Node.js side of the lab (lab.mjs): the mock server, the phones' cryptography, the network."""

import asyncio
import itertools
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.lab.children import start_child, stop_child
from tests.lab.parts import HERE, node
from tests.lab.phone import Event, Phone

JSON = dict[str, Any]


class LabError(Exception):
    """The lab itself failed: a part did not start, or a command was refused."""


class MockServer:
    """The running server. Commands go in as JSON lines; replies and the phones' events come back."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        self._child = child
        self._stdin = child.stdin
        self._ids = itertools.count(1)
        self._replies: dict[int, asyncio.Future[JSON]] = {}
        self._ready: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self.phones: dict[str, Phone] = {}
        self.bot_is_connected = asyncio.Event()
        self._reading = asyncio.create_task(self._read(child.stdout))

    @classmethod
    async def start(cls, parts: Path, uploads: Path, log: Path, *, trace: bool) -> "MockServer":
        """Start it on a free port and wait until it is there."""
        options = ["--trace"] if trace else []
        server = cls(await start_child(node(), HERE / "lab.mjs", parts, uploads, *options, log=log, talking=True))
        try:
            await asyncio.wait_for(asyncio.shield(server._ready), 30.0)
        except BaseException:
            await server.close()
            raise
        return server

    @property
    def port(self) -> int:
        """The port on localhost that signal-cli is pointed at."""
        return int(self._ready.result()["port"])

    @property
    def bot(self) -> JSON:
        """The bot's account: name, aci, pni, number."""
        bot: JSON = self._ready.result()["bot"]
        return bot

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    async def command(self, cmd: str, **arguments: Any) -> JSON:
        """One command; README.md lists them. Raises LabError when it is refused."""
        if self._reading.done():
            raise LabError("the mock server is not running")
        command_id = next(self._ids)
        reply = self._replies[command_id] = asyncio.get_running_loop().create_future()
        given = {name: value for name, value in arguments.items() if value is not None}
        self._stdin.write(json.dumps({"id": command_id, "cmd": cmd, **given}).encode() + b"\n")
        try:
            answer = await asyncio.wait_for(reply, 60.0)
        finally:
            del self._replies[command_id]
        if not answer["ok"]:
            raise LabError(f"{cmd}: {answer['error']}")
        result: JSON = answer["result"]
        return result

    async def close(self) -> None:
        """End it; it does so by itself when its stdin closes."""
        self._stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._child.wait(), 2.0)
        await stop_child(self._child, 2.0)
        await self._reading

    async def _read(self, stdout: asyncio.StreamReader) -> None:
        try:
            while line := await stdout.readline():
                await self._take_in(json.loads(line))
        finally:
            for reply in (self._ready, *self._replies.values()):
                if not reply.done():
                    reply.set_exception(LabError("the mock server ended"))

    async def _take_in(self, message: JSON) -> None:
        if "event" not in message:
            reply = self._replies.get(message["id"])
            if reply is not None and not reply.done():
                reply.set_result(message)
        elif message["event"] == "ready":
            self._ready.set_result(message)
        elif message["event"] == "bot_connected":
            self.bot_is_connected.set()
        elif message["event"] == "bot_disconnected":
            self.bot_is_connected.clear()
        elif phone := self.phones.get(message.get("phone", "")):
            await phone.take_in(Event(message["event"], message, asyncio.get_running_loop().time()))
