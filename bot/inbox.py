"""From signal-cli's lines to inbox rows, and from the rows to the handlers (DESIGN, invariants 2 and 3)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.errors import SealBroken, StorageError
from bot.log import Log
from bot.transport.envelopes import read_notification
from bot.transport.incoming import (
    Attachment,
    Edit,
    GroupChanged,
    IdentityChanged,
    Incoming,
    LifetimeChanged,
    Nothing,
    PersonMessage,
    ReactionGiven,
    Receipt,
    ReceiptKind,
    Unreadable,
    from_stored,
    to_stored,
)
from bot.use_cases.keep_lifetime import keep_lifetime
from bot.use_cases.park_message import park_message
from bot.use_cases.sos_reactions import answer_sos
from storage.inbox import InboxRow, InboxState
from storage.leases import Lease
from storage.records import Records
from storage.unit_of_work import Store

LEASE = timedelta(minutes=5)
OFFERS = 20
"""A row that so many runs have taken up, and none has finished, is parked: it may be what ends them."""
RECEIPTS_AT_ONCE = 1000
"""More messages than a phone confirms in one receipt; the rest of a longer one is left out."""
PHONE = 1
"""The device number of the phone itself; computers linked with it have higher ones."""
_BATCH = 500
_FROM_PEOPLE = (PersonMessage, Edit, ReactionGiven)
_MAY_BE_NEW = (*_FROM_PEOPLE, IdentityChanged)


class InboxFeed:
    """Commits what arrives before anything else is done with it, then offers it, oldest first."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        owner: str,
        account: str,
        log: Log,
        on_group: Callable[[str], None],
        on_parked: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._owner = owner
        self._account = account
        self._log = log
        self._on_group = on_group
        self._on_parked = on_parked
        self.on_writing: Callable[[str], None] = lambda _: None
        """Told the account of whoever wrote, or could not be read because of a new safety number."""
        self._ready: asyncio.Queue[tuple[str, Incoming]] = asyncio.Queue()
        self._in_hand: dict[str, Incoming] = {}

    async def take(self, lines: list[bytes]) -> None:
        """Store all lines in one unit of work. Raises StorageError: then nothing is stored, and they come again."""
        arrived = [read_notification(line) for line in lines]
        now = self._clock.now()
        rows = await self._store.run(lambda records: self._record(records, arrived, now), first=True)
        for incoming in arrived:
            self._note(incoming)
            if isinstance(incoming, _MAY_BE_NEW):
                self.on_writing(incoming.sender_aci)
        for inbox_id, incoming in rows:
            self._offer(inbox_id, incoming)

    async def messages(self) -> AsyncIterator[tuple[str, Incoming]]:
        """Every row that waits to be handled, for ever: (inbox id, what came)."""
        while True:
            yield await self._ready.get()

    async def sweep(self) -> None:
        """Offer rows that nobody has in hand: those of an earlier run, and any whose handling failed."""
        now = self._clock.now()
        lease = Lease(self._owner, now + LEASE)
        try:
            while rows := await self._store.run(lambda records: records.inbox.claim_waiting(now, _BATCH, lease)):
                for row in rows:
                    await self._offer_again(row)
        except StorageError as error:
            self._log.failure("inbox_not_read", error)

    def finished(self, inbox_id: str) -> None:
        """The row needs nothing more from this process."""
        self._in_hand.pop(inbox_id, None)

    def attachments(self, inbox_id: str) -> tuple[Attachment, ...]:
        """The files of a message that is in hand."""
        incoming = self._in_hand.get(inbox_id)
        return incoming.attachments if isinstance(incoming, PersonMessage | Edit) else ()

    async def _offer_again(self, row: InboxRow) -> None:
        if row.id in self._in_hand:
            return
        if row.state is InboxState.PARKED or row.body is None:
            await self._tell_parked()
            return
        try:
            incoming = from_stored(row.body)
        except ValueError as error:
            self._log.failure("inbox_row_parked", error)
            await self._store.run(lambda records: records.inbox.park(row.id))
            await self._tell_parked()
            return
        now = self._clock.now()
        if await self._store.run(lambda records: _offered_too_often(records, row, now)):
            await self._tell_parked()
        else:
            self._offer(row.id, incoming)

    async def _tell_parked(self) -> None:
        self._log.tell_warning("message_parked")
        await self._on_parked()

    def _offer(self, inbox_id: str, incoming: Incoming) -> None:
        if inbox_id in self._in_hand:
            return
        self._in_hand[inbox_id] = incoming
        self._ready.put_nowait((inbox_id, incoming))

    def _note(self, incoming: Incoming) -> None:
        if isinstance(incoming, GroupChanged):
            self._on_group(incoming.group_id)
        elif isinstance(incoming, Unreadable):
            self._log.tell_warning("line_set_aside", reason=incoming.reason)
        elif isinstance(incoming, Nothing):
            self._log.count(f"line_{incoming.reason.value}")

    def _record(self, records: Records, arrived: list[Incoming], now: datetime) -> list[tuple[str, Incoming]]:
        rows: list[tuple[str, Incoming]] = []
        lease = Lease(self._owner, now + LEASE)
        for incoming in arrived:
            if isinstance(incoming, Receipt):
                _note_receipt(records, incoming, now)
            elif isinstance(incoming, LifetimeChanged):
                keep_lifetime(records, incoming.sender_aci, incoming.seconds, now)
            elif isinstance(incoming, _FROM_PEOPLE):
                received_at = server_time(incoming.server_received_ms, now)
                dated = replace(incoming, server_received_ms=int(received_at.timestamp() * 1000))
                inbox_id = self._add(records, dated, received_at, now, lease)
                if inbox_id is not None:
                    rows.append((inbox_id, dated))
                if isinstance(incoming, PersonMessage) and incoming.lifetime is not None:
                    keep_lifetime(records, incoming.sender_aci, incoming.lifetime, now)
        if any(isinstance(incoming, Receipt) for incoming in arrived):
            answer_sos(records, now)
        return rows

    def _add(
        self,
        records: Records,
        incoming: PersonMessage | Edit | ReactionGiven,
        received_at: datetime,
        now: datetime,
        lease: Lease,
    ) -> str | None:
        sender, sent_ms, stored = incoming.sender_aci, incoming.sent_ms, to_stored(incoming)
        added = records.inbox.add(self._account, sender, sent_ms, received_at, now, stored, lease)
        # It comes again where only the answer to its commit was lost; then it is ours, and was never offered.
        return added or records.inbox.in_hand_of(self._owner, self._account, sender, sent_ms)


def _offered_too_often(records: Records, row: InboxRow, now: datetime) -> bool:
    """Count the offer before it is made: a row whose handling ends the bot must not do so for ever."""
    if records.inbox.fail(row.id) < OFFERS:
        return False
    park_message(records, row.id, row.sender_account, now)
    return True


def attachment_ids_in(body: dict[str, object]) -> list[str]:
    """The ids of the files that an inbox row needs."""
    try:
        incoming = from_stored(body)
    except ValueError:
        return []
    return [one.id for one in incoming.attachments] if isinstance(incoming, PersonMessage | Edit) else []


def server_time(milliseconds: int | None, now: datetime) -> datetime:
    """The server's receive time; never later than now, for a clock that runs behind must not put off a deadline."""
    if milliseconds is None:
        return now
    try:
        received_at = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return now
    return min(received_at, now)


def _note_receipt(records: Records, receipt: Receipt, now: datetime) -> None:
    try:
        person = records.people.by_account(receipt.sender_aci)
    except SealBroken:  # one damaged row must not hold up what came with it from others
        return
    if person is not None:
        delivered = receipt.kind is ReceiptKind.DELIVERY
        named = receipt.sent_ms[:RECEIPTS_AT_ONCE]
        by_phone = receipt.sender_device == PHONE
        records.outbox.note_receipt(person.id, named, "delivered" if delivered else "read", now, by_phone=by_phone)
