"""The bot's own client in a world, and what came to it."""

import asyncio
from contextlib import asynccontextmanager

from bot.transport.envelopes import read_notification
from bot.transport.incoming import PersonMessage
from bot.transport.signal_cli import SignalCli

THUMB = "\N{THUMBS UP SIGN}"
CHECK = "\N{WHITE HEAVY CHECK MARK}"
PATIENCE_SECONDS = 20


class Inbox:
    """Keeps what came, in the bot's own words."""

    def __init__(self):
        self.came = []
        self._more = asyncio.Condition()

    async def take(self, lines):
        async with self._more:
            self.came += [read_notification(line) for line in lines]
            self._more.notify_all()

    async def next(self, kind, wanted=lambda incoming: True):
        """The first of this kind; waits for it."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._more:
            await self._more.wait_for(lambda: self._found(kind, wanted))
        return self._found(kind, wanted)[0]

    def _found(self, kind, wanted):
        return [incoming for incoming in self.came if isinstance(incoming, kind) and wanted(incoming)]


@asynccontextmanager
async def client_over(world, inbox):
    client = SignalCli(world.endpoint(), world.account, take=inbox.take)
    work = asyncio.create_task(client.run())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await client.wait_subscribed()
            await client.wait_connected()
        yield client
    finally:
        client.stop()
        await work


async def says_hello(client, inbox, *people):
    for person in people:
        await person.send(f"hello from {person.name}")
        await inbox.next(PersonMessage, lambda came, who=person: came.sender_aci == who.aci)
        # signal-cli's first send to somebody new stumbles now and then: let it be this one.
        await client.send_to_person(person.aci, "welcome")


async def group_of(client, inbox, *people):
    await says_hello(client, inbox, *people)
    return await client.create_group("Timer", [person.aci for person in people])
