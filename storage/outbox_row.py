"""One row of the outbox, as use cases and the delivery see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from bot.domain.outgoing import (
    NEVER_CAME,
    Action,
    Fact,
    Priority,
    Purpose,
    Recipient,
    ToGroup,
    ToOperator,
    ToPerson,
    ToStranger,
)
from storage.facts import ERASED, Body, decode_body
from storage.scope import Scope
from storage.tables import outbox


class OutboxState(StrEnum):
    """Where a message stands. A withdrawn one may still have been sent: see `first_attempt_at` and `sent_ms`."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class OutboxRow:
    """One message. `sent_ms` is Signal's time stamp of it.

    Text, facts and the account of a stranger are gone once it is sent or withdrawn (then `ToStranger("")`).
    """

    id: str
    to: Recipient
    priority: Priority
    purpose: Purpose
    action: Action
    text: str | None
    facts: Mapping[str, Fact]
    check_in_id: str | None
    state: OutboxState
    attempts: int
    created_at: datetime
    first_attempt_at: datetime | None
    sent_ms: int | None
    delivered_at: datetime | None
    confirmed_at: datetime | None
    read_at: datetime | None
    failure: str | None
    lease_until: datetime | None = None

    @property
    def may_have_left(self) -> bool:
        """Whether it has left, is on its way, or may have left in a try of which that stays open."""
        tried = self.first_attempt_at is not None
        return tried and (self.sent_ms is not None or self.lease_until is not None or self.failure not in NEVER_CAME)


def read_row(scope: Scope, row: Row[*tuple[Any, ...]], *, even_if_damaged: bool = False, **known: Any) -> OutboxRow:
    """The row with its seal opened; `known` values go first. Raises SealBroken, unless it is only to be known how the
    message stands (`even_if_damaged`): then text and facts are missing."""
    values = dict(row._mapping)  # noqa: SLF001
    person_id, group_id = values.pop("to_person_id"), values.pop("to_group_id")
    open_cell = scope.open_if_whole if even_if_damaged else scope.open
    cell = open_cell(outbox.c.body, row.id, values.pop("body"))
    body = ERASED if cell is None else decode_body(cell)
    values |= {
        "to": ToOperator() if row.purpose == Purpose.OPERATOR else _recipient(person_id, group_id, body),
        "priority": Priority(row.priority),
        "purpose": Purpose(row.purpose),
        "action": Action(row.action),
        "state": OutboxState(row.state),
        "text": body.text,
        "facts": body.facts,
    }
    return OutboxRow(**values | known)


def _recipient(person_id: str | None, group_id: str | None, body: Body) -> Recipient:
    if person_id is not None:
        return ToPerson(person_id)
    return ToStranger(body.stranger or "") if group_id is None else ToGroup(group_id)
