"""A signal-cli made of canned answers."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

ANA = "aaaaaaaa-0000-4000-8000-000000000001"
BO = "bbbbbbbb-0000-4000-8000-000000000002"
CY = "cccccccc-0000-4000-8000-000000000003"
BOT = "dddddddd-0000-4000-8000-000000000004"
GROUP = "h/7WAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

Answer = dict[str, Any]
SILENCE: Answer = {"silence": True}


class CountingCounters:
    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def count(self, name: str) -> None:
        self.counted[name] += 1


class FakeConnection:
    """The bot's end of a connection."""

    def __init__(self, signal: "FakeSignal") -> None:
        self.signal = signal
        self.to_bot: asyncio.Queue[bytes] = asyncio.Queue()
        self.subscriptions = 0
        self.closed = False

    async def read_line(self) -> bytes:
        return await self.to_bot.get()

    async def write_line(self, line: bytes) -> None:
        if self.closed:
            raise ConnectionResetError
        await self.signal.hear(self, json.loads(line))

    async def close(self) -> None:
        self.closed = True

    def end(self) -> None:
        """The daemon closes the connection."""
        self.to_bot.put_nowait(b"")

    def tell(self, whole: Any) -> None:
        self.to_bot.put_nowait(whole if isinstance(whole, bytes) else json.dumps(whole).encode())


class FakeSignal:
    """Answers each method as told; `{}` where nothing is told."""

    def __init__(self) -> None:
        self.connections: list[FakeConnection] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Answer | Callable[[dict[str, Any]], Answer]] = {}
        self.refused_connections = 0
        self.away = False
        self.attempts_at: list[float] = []

    async def connect(self) -> FakeConnection:
        self.attempts_at.append(asyncio.get_running_loop().time())
        if self.away:
            raise ConnectionRefusedError
        self.connections.append(FakeConnection(self))
        return self.connections[-1]

    async def hear(self, connection: FakeConnection, request: dict[str, Any]) -> None:
        method, params = request["method"], request["params"]
        self.asked.append((method, params))
        told = self.answers.get(method, {})
        answer = told(params) if callable(told) else told
        if answer is SILENCE:
            return
        if method == "subscribeReceive" and "error" not in answer:
            connection.subscriptions += 1
        if method == "unsubscribeReceive":
            connection.subscriptions -= 1
        body = {"error": answer["error"]} if "error" in answer else {"result": answer.get("result", {})}
        connection.tell({"jsonrpc": "2.0", "id": request["id"], **body})

    def params_of(self, method: str) -> list[dict[str, Any]]:
        return [params for asked, params in self.asked if asked == method]

    @property
    def subscribers(self) -> list[FakeConnection]:
        return [connection for connection in self.connections if connection.subscriptions and not connection.closed]

    def notify(self, envelope: Any) -> None:
        for connection in self.subscribers:
            connection.tell(notification(envelope))


def notification(envelope: Any, **more: Any) -> dict[str, Any]:
    """As `subscribeReceive` gives it."""
    result = {"envelope": envelope, "account": "+14155550100", **more}
    return {"jsonrpc": "2.0", "method": "receive", "params": {"subscription": 0, "result": result}}


def message(text: Any = "plain", *, sender: str = ANA, sent: int = 1795406620280, **fields: Any) -> dict[str, Any]:
    """An envelope with a text, from somebody who hides the number."""
    data = {"timestamp": sent, "message": text, "expiresInSeconds": 0, "viewOnce": False, **fields}
    return {**envelope(sender=sender, sent=sent), "dataMessage": data}


def envelope(*, sender: str = ANA, sent: int = 1795406620280) -> dict[str, Any]:
    return {
        "source": sender,
        "sourceNumber": None,
        "sourceUuid": sender,
        "sourceName": "Ana",
        "sourceDevice": 1,
        "timestamp": sent,
        "serverReceivedTimestamp": sent + 3,
        "serverDeliveredTimestamp": sent + 50,
    }


def in_group(kind: str = "DELIVER") -> dict[str, Any]:
    return {"groupId": GROUP, "groupName": "Shapes", "revision": 1, "type": kind}


def result_for(aci: str, kind: str = "SUCCESS", **more: Any) -> dict[str, Any]:
    return {"recipientAddress": {"uuid": aci, "number": None, "username": None}, "type": kind, **more}


def sent(*results: dict[str, Any]) -> Answer:
    return {"result": {"timestamp": 1795406622204, "results": list(results)}}


def refused(code: int, text: str = "Failed", *results: dict[str, Any]) -> Answer:
    response = {"response": {"timestamp": 1795406622204, "results": list(results)}} if results else None
    return {"error": {"code": code, "message": text, "data": response}}
