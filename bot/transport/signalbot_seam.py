"""signalbot 2.2.1 on top of our inbox: the one file that knows signalbot's private names.

signalbot reads messages from a `SignalAPI`, parses them and calls handlers. Here that API is ours and reads
the inbox: what a handler gets is already stored, and its row is named by `context.message.source_name`.
Nothing leaves through signalbot, it never owns the event loop, and nothing it logs is let through raw.
tests/unit/transport/test_signalbot_seam.py names every private name used, so that an upgrade fails there.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NoReturn, TypeAlias, cast

from signalbot import LOGGER_NAME, About, SignalBot
from signalbot._client import SignalAPI
from signalbot._pipeline import MessagePipeline
from signalbot.groups import GroupEntry
from signalbot.messages import parse

from bot.transport.counters import Counters, NoCounters
from bot.transport.handler_envelopes import handler_envelope
from bot.transport.incoming import Edit, Incoming, PersonMessage, ReactionGiven
from bot.transport.log_fence import fence

InboxMessages: TypeAlias = AsyncIterator[tuple[str, Incoming]]
OnUnhandled: TypeAlias = Callable[[str, str], Awaitable[None]]

SIGNALBOT_VERSION = "2.2.1"
HANDLER_SECONDS = 30.0
"""A handler only hands the message on; one that takes longer is given up, so that the next person is heard."""

NOT_FOR_HANDLERS = "not_for_handlers"
NO_HANDLER = "no_handler"
UNHANDLED_NOT_RECORDED = "unhandled_not_recorded"
_REST_API_VERSION = "0.101.0"  # the least that signalbot accepts; there is no REST API here
_log = logging.getLogger(__name__)


class EffectsLeaveThroughOutboxError(RuntimeError):
    """Something tried to send through signalbot."""

    def __init__(self) -> None:
        super().__init__("Effects leave only through the outbox: write a row there instead of sending.")


class SeamMisuseError(RuntimeError):
    """The bot was used in a way that the application has taken over."""


class _NoEffects:
    """A section of signalbot's API in which every call is refused."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[NoReturn]]:
        if name.startswith("__"):
            raise AttributeError(name)

        async def refuse(*_: object, **__: object) -> NoReturn:
            raise EffectsLeaveThroughOutboxError

        return refuse


class _InboxSection(_NoEffects):
    """`messages` of the API: receiving is reading the inbox."""

    def __init__(self, items: InboxMessages, account: str, report: OnUnhandled) -> None:
        self._items = items
        self._account = account
        self._report = report
        self.inbox_id = ""
        """The row of the message that was received last."""

    async def receive(self) -> AsyncIterator[str]:
        """One normalised envelope for each inbox row that handlers are for."""
        async for inbox_id, incoming in self._items:
            self.inbox_id = inbox_id
            if isinstance(incoming, PersonMessage | Edit | ReactionGiven):
                yield json.dumps({"account": self._account, "envelope": handler_envelope(inbox_id, incoming)})
            else:
                await self._report(inbox_id, NOT_FOR_HANDLERS)


class _General:
    """`general` of the API: what signalbot asks at its start."""

    async def about(self) -> About:
        """A REST API that signalbot accepts."""
        return About(build=0, capabilities={}, mode="json-rpc", version=_REST_API_VERSION, versions=[])

    async def health_check(self) -> NoReturn:
        """There is no HTTP; see `InboxFedSignalAPI.check_signal_service`."""
        raise SeamMisuseError("There is no REST API to ask; the signal-cli client watches the connection.")


class _Groups(_NoEffects):
    """`groups` of the API: signalbot knows of none, and so never asks the network about one."""

    async def get_all(self) -> list[GroupEntry]:
        """No groups."""
        return []


class InboxFedSignalAPI:
    """Stands where signalbot expects its `SignalAPI`."""

    def __init__(self, items: InboxMessages, account: str, report: OnUnhandled) -> None:
        self.phone_number = account
        self.download_attachments = False
        self.general = _General()
        self.messages = _InboxSection(items, account, report)
        self.groups = _Groups()
        self.attachments = _NoEffects()
        self.contacts = _NoEffects()
        self.polls = _NoEffects()
        self.reactions = _NoEffects()
        self.receipts = _NoEffects()

    async def check_signal_service(self) -> bool:
        """The inbox is always there."""
        return True

    async def close(self) -> None:
        """Nothing is open."""


class _InboxPipeline(MessagePipeline):
    """One message after the other: parsed, matched, and its handlers awaited before the next is looked at."""

    report: OnUnhandled

    async def run(self) -> None:
        """Until the inbox ends."""
        inbox = cast("InboxFedSignalAPI", self._signal).messages
        async for raw in inbox.receive():
            inbox_id = inbox.inbox_id
            try:
                message = await parse(self._signal, raw)
                await self._dispatch_to_handlers(message)
            except Exception as error:  # noqa: BLE001 - one message must not silence the bot
                await self.report(inbox_id, f"parse:{type(error).__name__}")
                continue
            if self._q.empty():
                await self.report(inbox_id, NO_HANDLER)
            while not self._q.empty():
                await self._handle_next(inbox_id)

    async def _handle_next(self, inbox_id: str) -> None:
        _, job, _ = self._q.get_nowait()
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                await job()
        except Exception as error:  # noqa: BLE001 - handlers are told apart from the loop that calls them
            await self.report(inbox_id, f"handler:{type(error).__name__}")
        finally:
            self._q.task_done()


class BuddySignalBot(SignalBot):
    """signalbot's bot: register handlers, then await `run_until_stopped`. Needs a running event loop.

    `inbox_messages` gives (inbox id, what came), in the order to be handled. `on_unhandled` is told (inbox id,
    reason) of each message that no handler took or that failed on its way; the reason holds names of the code
    only. `scheduler` is signalbot's AsyncIOScheduler; starting and ending it is the application's business.
    """

    def __init__(
        self,
        inbox_messages: InboxMessages,
        *,
        on_unhandled: OnUnhandled,
        account: str = "",
        counters: Counters | None = None,
    ) -> None:
        asyncio.get_running_loop()  # without one signalbot would make, and leak, one of its own
        self._counters = counters or NoCounters()
        self._on_unhandled = on_unhandled
        super().__init__({"phone_number": account, "storage": {"type": "in-memory"}, "download_attachments": False})
        # signalbot logs raw messages, and adds a handler at every construction; APScheduler logs what failed.
        fence((LOGGER_NAME, "apscheduler"), self._counters)
        self._stop_asked = asyncio.Event()
        self._signal = cast("SignalAPI", InboxFedSignalAPI(inbox_messages, account, self._report))
        self._init_actions()

    async def run_until_stopped(self) -> None:
        """Hand messages to handlers until `request_stop` is called or the inbox ends.

        Raises what the inbox iterator raises. The message in hand when the stop comes may be left unhandled.
        """
        await self._async_init()
        working = asyncio.ensure_future(self._inbox_pipeline.run())
        stopping = asyncio.ensure_future(self._stop_asked.wait())
        try:
            await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
        finally:
            working.cancel()
            stopping.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)
            await self.close()

    def _init_actions(self) -> None:
        super()._init_actions()
        self._inbox_pipeline = _InboxPipeline(self, self._signal, self.groups, self._logger)
        self._inbox_pipeline.report = self._report
        self._pipeline = self._inbox_pipeline

    def start(self, *, run_forever: bool = True) -> NoReturn:
        """Refused: the application owns the event loop."""
        raise SeamMisuseError("Await run_until_stopped() instead; the application owns the event loop.")

    def request_stop(self) -> None:
        """Let `run_until_stopped` return."""
        self._stop_asked.set()

    async def stop(self) -> None:
        """The same as `request_stop`; event loop and scheduler go on."""
        self.request_stop()

    async def close(self) -> None:
        """Close what signalbot opened: its storage in memory."""
        self.storage._sqlite.close()  # type: ignore[union-attr]  # noqa: SLF001 - it offers no other way

    async def _report(self, inbox_id: str, reason: str) -> None:
        self._counters.count(reason)
        try:
            await self._on_unhandled(inbox_id, reason)
        except Exception as error:  # noqa: BLE001 - the row stays unfinished and comes again
            self._counters.count(UNHANDLED_NOT_RECORDED)
            _log.error("An unhandled message could not be recorded (%s).", type(error).__name__)
