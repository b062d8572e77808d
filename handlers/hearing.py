"""Between the entrances and the conversation: lanes, second tries, and parking what cannot be handled."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.errors import StorageError, StorageUnavailable
from bot.lanes import Lanes
from bot.log import Log
from bot.use_cases.park_message import park_message
from handlers.conversation import Conversation
from handlers.fetching import Fetching
from handlers.message import FileTold, Message, ReactionMessage, with_files
from storage.records import Records
from storage.unit_of_work import Store

TRIES = 3
"""After so many failures a message is parked and its writer told, so that it cannot block her lane."""
_PAUSE = 0.5


class Hearing:
    """Takes messages over from signalbot's handlers and sees each through. `done` is told every row that is, and
    `parked` that one was set aside.

    `attached`: the files of the message in an inbox row; they never pass through signalbot, which would fetch them.
    """

    def __init__(
        self,
        conversation: Conversation,
        lanes: Lanes,
        store: Store,
        log: Log,
        done: Callable[[str], None],
        fetching: Fetching,
        attached: Callable[[str], Sequence[FileTold]],
        parked: Callable[[], Awaitable[None]],
    ) -> None:
        self._conversation = conversation
        self._lanes = lanes
        self._store = store
        self._log = log
        self._done = done
        self._fetching = fetching
        self._attached = attached
        self._parked = parked

    def hear(self, message: Message) -> None:
        """Put a message into its writer's lane."""
        whole = with_files(message, self._attached(message.inbox_id))
        self._lanes.put(message.account, lambda: self._see_through(whole, lambda: self._hear(whole)))

    def see(self, reaction: ReactionMessage) -> None:
        """Put a reaction into its writer's lane."""
        work = self._conversation.see
        self._lanes.put(reaction.account, lambda: self._see_through(reaction, lambda: work(reaction)))

    async def unhandled(self, inbox_id: str, _: str) -> None:
        """A message that no handler takes is finished too; its files go with the sweep. If that fails, the row is
        offered again later."""
        try:
            await self._store.run(lambda records: records.inbox.finish(inbox_id, changed=False))
        finally:
            self._done(inbox_id)

    async def _see_through(self, message: Message | ReactionMessage, work: Callable[[], Awaitable[None]]) -> None:
        try:
            while not await self._try(message, work):
                await asyncio.sleep(_PAUSE)
            if isinstance(message, Message) and message.files_in_folder:
                await self._clear(message)
        finally:  # what could not be settled is offered again later
            self._done(message.inbox_id)

    async def _hear(self, message: Message) -> None:
        await self._conversation.hear(await self._fetching.fetch(message))

    async def _clear(self, message: Message) -> None:
        files = message.files_in_folder  # to overwrite large ones takes seconds: no message of hers may wait for that
        self._lanes.put(f"files of {message.account}", lambda: self._fetching.delete(files))
        try:
            await self._fetching.clear(message)
        except StorageError as error:
            self._log.failure("attachments_not_cleared", error)

    async def _try(self, message: Message | ReactionMessage, work: Callable[[], Awaitable[None]]) -> bool:
        """One try; whether the message is settled. A database that is away is waited for, not counted."""
        try:
            await work()
        except StorageUnavailable as error:
            self._log.failure("message_waits_for_database", error)
            return False
        except Exception as error:  # noqa: BLE001 (one message must not stop its writer's lane)
            self._log.failure("message_failed", error)
            return await self._give_up(message)
        return True

    async def _give_up(self, message: Message | ReactionMessage) -> bool:
        try:
            is_parked = await self._store.run(lambda records: _count_or_park(records, message))
        except StorageUnavailable as error:
            self._log.failure("message_waits_for_database", error)
            return False
        if is_parked:
            self._log.tell_warning("message_parked")
            await self._parked()
        return is_parked


def _count_or_park(records: Records, message: Message | ReactionMessage) -> bool:
    if records.inbox.fail(message.inbox_id) < TRIES:
        return False
    park_message(records, message.inbox_id, message.account, message.received_at)
    return True
