"""Receipts raise a message to delivered and read (DESIGN, invariant 8).

A receipt can be faster than the note that its message has left: it is kept, and applied with that note.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Text, and_, bindparam, delete, func, select, update

from storage.column_types import Instant
from storage.scope import Scope
from storage.tables import YES, early_receipts, outbox
from storage.upserts import insert_if_new

ReceiptKind = Literal["delivered", "read"]

_AT = bindparam("at", type_=Instant)
_TO = bindparam("to", type_=Text())
_SENT_TO = and_(outbox.c.to_person_id == _TO, outbox.c.sent_ms.in_(bindparam("all_ms", expanding=True)))
_delivered = {"delivered_at": func.coalesce(outbox.c.delivered_at, _AT)}
_RAISE = {
    "delivered": update(outbox).where(_SENT_TO).values(**_delivered).returning(outbox.c.sent_ms),
    "read": update(outbox)
    .where(_SENT_TO)
    .values(**_delivered, read_at=func.coalesce(outbox.c.read_at, _AT))
    .returning(outbox.c.sent_ms),
}
_TO_GROUPS = select(outbox.c.sent_ms).where(outbox.c.sent_ms.in_(bindparam("all_ms", expanding=True)))
_KEEP = insert_if_new(early_receipts)
_TAKE = (
    delete(early_receipts)
    .where(early_receipts.c.person_id == _TO, early_receipts.c.sent_ms == bindparam("at_ms"))
    .where(early_receipts.c.kind != YES)
    .returning(early_receipts.c.kind, early_receipts.c.at)
)
_PURGE = delete(early_receipts).where(early_receipts.c.at < bindparam("before", type_=Instant))


def note(scope: Scope, person_id: str, sent_ms: Sequence[int], kind: ReceiptKind, at: datetime) -> None:
    """That person's device has these; of those not known as sent yet the receipt is kept."""
    connection = scope.connection
    unknown = set(sent_ms) - _raise(scope, person_id, sent_ms, kind, at)
    if unknown:
        unknown -= set(connection.execute(_TO_GROUPS, {"all_ms": list(unknown)}).scalars())
    for early in sorted(unknown):
        values = {"person_id": person_id, "sent_ms": early, "kind": kind, "at": at}
        connection.execute(_KEEP[connection.dialect.name], values)


def apply_early(scope: Scope, person_id: str, sent_ms: int) -> None:
    """A message to that person has just been recorded as sent: what came before applies now."""
    for kind, at in scope.connection.execute(_TAKE, {"to": person_id, "at_ms": sent_ms}).all():
        _raise(scope, person_id, [sent_ms], kind, at)


def purge(scope: Scope, before: datetime) -> None:
    """Erases kept receipts for which no message came."""
    scope.connection.execute(_PURGE, {"before": before})


def _raise(scope: Scope, person_id: str, sent_ms: Sequence[int], kind: ReceiptKind, at: datetime) -> set[Any]:
    values = {"to": person_id, "all_ms": list(sent_ms), "at": at}
    return set(scope.connection.execute(_RAISE[kind], values).scalars())
