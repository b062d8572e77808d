"""What the tests of the seam to signalbot play with: messages, handlers, and a bot that hears them."""

import asyncio

import pytest
from signalbot import DataMessageHandler, ReactionHandler

from bot.transport.incoming import PersonMessage
from bot.transport.signalbot_seam import (
    HANDLER_SECONDS,
    BuddySignalBot,
)
from tests.unit.transport.fake_signal import ANA

SENT = 1795406620280
SECRET = "meet at the old mill"


def text(body=SECRET, *, group=None):
    return PersonMessage(ANA, SENT, SENT + 3, group, body)


class Seen(DataMessageHandler, ReactionHandler):
    """Notes what it is handed."""

    def __init__(self):
        self.messages = []
        self.contexts = []

    async def handle_data_message(self, context):
        self.contexts.append(context)
        self.messages.append(context.message)

    async def handle_reaction(self, context):
        self.messages.append(context.message)


class Failing(DataMessageHandler):
    async def handle_data_message(self, context):
        raise ZeroDivisionError(context.message.text)


class Hanging(DataMessageHandler):
    async def handle_data_message(self, context):
        await asyncio.sleep(HANDLER_SECONDS * 100)


class Unhandled:
    def __init__(self):
        self.told = []

    async def __call__(self, inbox_id, reason):
        self.told.append((inbox_id, reason))


@pytest.fixture
def unhandled():
    return Unhandled()


async def inbox(*items):
    for number, item in enumerate(items):
        yield f"{number:032x}", item


async def play(unhandled, handlers, *items, counters=None):
    bot = BuddySignalBot(inbox(*items), on_unhandled=unhandled, counters=counters)
    for handler in handlers:
        bot.register(handler)
    await bot.run_until_stopped()
