"""What came in. The first act after reading a message is a committed row here (DESIGN, invariant 2)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, false, func, or_, select, true, update

from bot.errors import KeyMissing, SealBroken
from storage.column_types import Instant
from storage.leases import Lease
from storage.scope import Scope
from storage.tables import WAITING, inbox
from storage.upserts import insert_if_new

_ACCOUNT = "account"
_NOW = bindparam("now", type_=Instant)
_THIS = inbox.c.id == bindparam("key")
_MESSAGE = (inbox.c.sender_lookup == bindparam("lookup")) & (inbox.c.sent_ms == bindparam("at_ms"))
_IS_WAITING = inbox.c.state == WAITING

_COLUMNS = (
    inbox.c.id,
    inbox.c.sender_account,
    inbox.c.sent_ms,
    inbox.c.server_received_at,
    inbox.c.received_at,
    inbox.c.body,
    inbox.c.state,
    inbox.c.attempts,
    inbox.c.changed,
)
_INSERT = {name: insert.returning(inbox.c.id) for name, insert in insert_if_new(inbox).items()}
_BY_ID = select(*_COLUMNS).where(inbox.c.id == bindparam("id"))
_CLAIMABLE = (
    select(*_COLUMNS)
    .where(_IS_WAITING, or_(inbox.c.lease_until.is_(None), inbox.c.lease_until <= _NOW))
    .order_by(inbox.c.server_received_at, inbox.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(inbox)
    .where(inbox.c.id.in_(bindparam("keys", expanding=True)))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until"))
)
_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None}
_FINISH = update(inbox).where(_THIS, inbox.c.state != "done").values(state="done", body=None, **_NO_LEASE)
_FINISH_CHANGED = _FINISH.values(changed=true())
_FINISH_UNCHANGED = _FINISH.values(changed=func.coalesce(inbox.c.changed, false()))
_FAIL = update(inbox).where(_THIS).values(attempts=inbox.c.attempts + 1).returning(inbox.c.attempts)
_PARK = update(inbox).where(_THIS, _IS_WAITING).values(state="parked", body=None, **_NO_LEASE)
_WAITING_BODIES = select(inbox.c.id, inbox.c.body).where(_IS_WAITING)
_WAITING_FROM = (
    select(inbox.c.id)
    .where(
        _IS_WAITING,
        inbox.c.server_received_at <= bindparam("until", type_=Instant),
        inbox.c.sender_lookup.in_(bindparam("lookups", expanding=True)),
    )
    .limit(1)
)
_IN_HAND_OF = select(inbox.c.id).where(
    _MESSAGE,
    _IS_WAITING,
    inbox.c.account_lookup == bindparam("to"),
    inbox.c.lease_owner == bindparam("owner"),
)
_CHANGED = select(inbox.c.changed).where(_MESSAGE).limit(1)
_MARK_CHANGED = update(inbox).where(_MESSAGE).values(changed=true())
_FORGET = delete(inbox).where(_THIS)
_FORGET_FROM = delete(inbox).where(inbox.c.sender_lookup == bindparam("lookup"), inbox.c.state != "waiting")
_PURGE = delete(inbox).where(inbox.c.received_at < bindparam("before", type_=Instant), inbox.c.state != "waiting")
_COUNT = select(func.count()).where(inbox.c.state == bindparam("counted"))


class InboxState(StrEnum):
    """Whether a message still waits for its answer. Parked ones are beyond us: kept for a while, never tried again."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True)
class InboxRow:
    """One message. `body` is None once it is finished. `changed`: whether it changed something; None until known."""

    id: str
    sender_account: str
    sent_ms: int
    server_received_at: datetime
    received_at: datetime
    body: dict[str, Any] | None
    state: InboxState
    attempts: int
    changed: bool | None


class Inbox:
    """Rows of `inbox`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(
        self,
        account: str,
        sender_account: str,
        sent_ms: int,
        server_received_at: datetime,
        received_at: datetime,
        body: Mapping[str, Any],
        lease: Lease | None,
    ) -> str | None:
        """Keeps a message to the bot's `account`; returns the row's id, or None for a second delivery."""
        row_id = self._scope.ids.new()
        values = {
            "id": row_id,
            "account_lookup": self._lookup(account),
            "sender_lookup": self._lookup(sender_account),
            "sender_account": self._scope.seal(inbox.c.sender_account, row_id, sender_account),
            "sent_ms": sent_ms,
            "server_received_at": server_received_at,
            "received_at": received_at,
            "body": self._scope.seal(inbox.c.body, row_id, json.dumps(body, separators=(",", ":"))),
            "state": InboxState.WAITING.value,
            "attempts": 0,
            "lease_owner": None if lease is None else lease.owner,
            "lease_until": None if lease is None else lease.until,
        }
        connection = self._scope.connection
        added: str | None = connection.execute(_INSERT[connection.dialect.name], values).scalar_one_or_none()
        return added

    def in_hand_of(self, owner: str, account: str, sender_account: str, sent_ms: int) -> str | None:
        """The id of that message to the bot's `account`, if it waits and this bot has it in hand."""
        values = {**self._message(sender_account, sent_ms), "to": self._lookup(account), "owner": owner}
        return self._scope.connection.execute(_IN_HAND_OF, values).scalar_one_or_none()

    def get(self, row_id: str) -> InboxRow | None:
        """The row with this id."""
        row = self._scope.connection.execute(_BY_ID, {"id": row_id}).one_or_none()
        return None if row is None else self._row(row)

    def claim_waiting(self, now: datetime, limit: int, lease: Lease) -> list[InboxRow]:
        """Takes up to `limit` waiting rows that nobody has in hand, in the server's receive order.

        One whose seal is broken is parked, so that it does not stand in the way of all others, and comes without a
        body. One under a key that this bot does not see is left, for another bot or until it does.
        """
        rows = self._scope.connection.execute(_CLAIMABLE, {"now": now, "limit": limit}).all()
        if rows:
            keys = [row.id for row in rows]
            self._scope.connection.execute(_LEASE, {"keys": keys, "owner": lease.owner, "until": lease.until})
        claimed = []
        for row in rows:
            try:
                claimed.append(self._row(row))
            except KeyMissing:
                continue
            except SealBroken:
                self.park(row.id)
                claimed.append(_without_what_is_sealed(row))
        return claimed

    def finish(self, row_id: str, changed: bool) -> bool:
        """Handled: the body is erased. False when it was finished before (then do nothing more) or is gone.

        `changed` False does not undo `mark_changed`.
        """
        statement = _FINISH_CHANGED if changed else _FINISH_UNCHANGED
        self._scope.erased = True
        return self._scope.connection.execute(statement, {"key": row_id}).rowcount == 1

    def fail(self, row_id: str) -> int:
        """Handling failed; returns how often by now. The lease stays: its holder tries again, or lets it run out."""
        attempts: int = self._scope.connection.execute(_FAIL, {"key": row_id}).scalar_one()
        return attempts

    def park(self, row_id: str) -> None:
        """Gives up on this message, and erases what it said."""
        self._scope.connection.execute(_PARK, {"key": row_id})
        self._scope.erased = True

    def waiting_from(self, sender_accounts: Iterable[str], received_until: datetime) -> bool:
        """Whether a message from one of these accounts, received by the server until then, is not yet handled."""
        lookups = [self._lookup(account) for account in sender_accounts]
        values = {"lookups": lookups, "until": received_until}
        return self._scope.connection.execute(_WAITING_FROM, values).first() is not None

    def waiting_bodies(self) -> list[dict[str, Any]]:
        """What all messages say that are not yet handled, without those whose seal is broken."""
        found = []
        for row in self._scope.connection.execute(_WAITING_BODIES):
            try:
                found.append(json.loads(self._scope.open_filled(inbox.c.body, row.id, row.body)))
            except SealBroken:
                continue
        return found

    def changed(self, sender_account: str, sent_ms: int) -> bool | None:
        """Whether that message changed something; None when it is unknown or not finished."""
        return self._scope.connection.execute(_CHANGED, self._message(sender_account, sent_ms)).scalar_one_or_none()

    def mark_changed(self, sender_account: str, sent_ms: int) -> None:
        """Something was changed on behalf of that message."""
        self._scope.connection.execute(_MARK_CHANGED, self._message(sender_account, sent_ms))

    def forget(self, row_id: str) -> None:
        """Erases the row, as if the message had never come."""
        self._scope.connection.execute(_FORGET, {"key": row_id})
        self._scope.erased = True

    def forget_from(self, sender_account: str) -> None:
        """Erases every row of that account that does not wait."""
        self._scope.connection.execute(_FORGET_FROM, {"lookup": self._lookup(sender_account)})

    def purge(self, before: datetime) -> int:
        """Erases what was received before that moment and does not wait any more; returns how many."""
        return self._scope.connection.execute(_PURGE, {"before": before}).rowcount

    def count(self, state: InboxState) -> int:
        """How many rows are in this state."""
        return self._scope.connection.execute(_COUNT, {"counted": state.value}).scalar_one()

    def _lookup(self, account: str) -> str:
        return self._scope.sealer.lookup(_ACCOUNT, account)

    def _message(self, sender_account: str, sent_ms: int) -> dict[str, Any]:
        return {"lookup": self._lookup(sender_account), "at_ms": sent_ms}

    def _row(self, row: Row[*tuple[Any, ...]]) -> InboxRow:
        body = self._scope.open(inbox.c.body, row.id, row.body)
        return InboxRow(
            id=row.id,
            sender_account=self._scope.open_filled(inbox.c.sender_account, row.id, row.sender_account),
            sent_ms=row.sent_ms,
            server_received_at=row.server_received_at,
            received_at=row.received_at,
            body=None if body is None else json.loads(body),
            state=InboxState(row.state),
            attempts=row.attempts,
            changed=row.changed,
        )


def _without_what_is_sealed(row: Row[*tuple[Any, ...]]) -> InboxRow:
    """A damaged row, as it is when it has been parked."""
    return InboxRow(
        id=row.id,
        sender_account="",
        sent_ms=row.sent_ms,
        server_received_at=row.server_received_at,
        received_at=row.received_at,
        body=None,
        state=InboxState.PARKED,
        attempts=row.attempts,
        changed=row.changed,
    )
