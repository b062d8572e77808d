"""A client on a pretended signal-cli, with an inbox that can fail and a listener that notes."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from bot.transport.signal_cli import SignalCli


class Inbox:
    """Keeps what it is given, unless it is told to fail."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.failing = False
        self.refused_texts: set[str] = set()
        self.slow = 0.0

    @property
    def texts(self) -> list[str]:
        return [text for batch in self.batches for text in batch]

    async def take(self, lines: list[bytes]) -> None:
        texts = [json.loads(line)["params"]["result"]["envelope"]["dataMessage"]["message"] for line in lines]
        await asyncio.sleep(self.slow)
        if self.failing or self.refused_texts & set(texts):
            raise RuntimeError("the store is away")
        self.batches.append(texts)


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[float, str]] = []

    def subscribed(self) -> None:
        self.heard.append((asyncio.get_running_loop().time(), "subscribed"))

    def lost(self) -> None:
        self.heard.append((asyncio.get_running_loop().time(), "lost"))

    @property
    def words(self) -> list[str]:
        return [word for _, word in self.heard]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@asynccontextmanager
async def running(signal, inbox, listener, counters, account=None):
    client = SignalCli(
        signal,
        account,
        take=inbox.take,
        on_subscribed=listener.subscribed,
        on_lost=listener.lost,
        random=lambda: 1.0,
        counters=counters,
    )
    work = asyncio.create_task(client.run())
    try:
        yield client
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


@pytest.fixture
async def client(signal, inbox, listener, counters):
    async with running(signal, inbox, listener, counters) as started:
        await started.wait_subscribed()
        yield started
