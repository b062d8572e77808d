"""Receipts raise a message to delivered, confirmed by the phone itself, and read (DESIGN, invariant 8).

A receipt can be faster than the note that its message has left: it is kept, and applied with that note. Of lines in a
group it is kept which phones have confirmed them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Text, and_, bindparam, delete, exists, func, or_, select, update

from bot.domain.outgoing import Purpose
from storage.column_types import Instant
from storage.scope import Scope
from storage.tables import YES, early_receipts, line_receipts, outbox, pairings
from storage.upserts import insert_if_new

ReceiptKind = Literal["delivered", "confirmed", "read"]
"""`confirmed`: delivered to the phone itself (device 1), not only to a computer linked with it."""

EARLY_AT_MOST = 200
"""So many receipts are kept for one person whose messages are not known as sent yet."""
_AT = bindparam("at", type_=Instant)
_TO = bindparam("to", type_=Text())
_SENT_TO = and_(outbox.c.to_person_id == _TO, outbox.c.sent_ms.in_(bindparam("all_ms", expanding=True)))
_delivered = {"delivered_at": func.coalesce(outbox.c.delivered_at, _AT)}
_RAISE = {
    "delivered": update(outbox).where(_SENT_TO).values(**_delivered).returning(outbox.c.sent_ms),
    "confirmed": update(outbox)
    .where(_SENT_TO)
    .values(**_delivered, confirmed_at=func.coalesce(outbox.c.confirmed_at, _AT))
    .returning(outbox.c.sent_ms),
    "read": update(outbox)
    .where(_SENT_TO)
    .values(**_delivered, read_at=func.coalesce(outbox.c.read_at, _AT))
    .returning(outbox.c.sent_ms),
}
_TO_GROUPS = select(outbox.c.id, outbox.c.sent_ms, outbox.c.purpose).where(
    outbox.c.sent_ms.in_(bindparam("all_ms", expanding=True)), outbox.c.to_group_id.is_not(None)
)
_ON_ITS_WAY = select(
    exists().where(
        outbox.c.lease_until.is_not(None),
        or_(
            outbox.c.to_person_id == _TO,
            outbox.c.to_group_id.in_(
                select(pairings.c.group_id).where(or_(pairings.c.person_id == _TO, pairings.c.buddy_id == _TO))
            ),
        ),
    )
)
_COUNT_EARLY = select(func.count()).where(early_receipts.c.person_id == _TO, early_receipts.c.kind != YES)
_KEEP = insert_if_new(early_receipts)
_KEEP_LINE = insert_if_new(line_receipts)
_TAKE = (
    delete(early_receipts)
    .where(early_receipts.c.person_id == _TO, early_receipts.c.sent_ms == bindparam("at_ms"))
    .where(early_receipts.c.kind != YES)
    .returning(early_receipts.c.kind, early_receipts.c.at)
)
_LOOKED_AT = (Purpose.START_LINE, Purpose.TIME_LINE)
"""Lines of which it matters whose phone has them."""
_IN_GROUP = select(pairings.c.id).where(
    pairings.c.group_id == bindparam("group"),
    or_(pairings.c.person_id == early_receipts.c.person_id, pairings.c.buddy_id == early_receipts.c.person_id),
)
_EARLY_OF_LINE = select(early_receipts.c.person_id, early_receipts.c.at).where(
    early_receipts.c.sent_ms == bindparam("at_ms"), early_receipts.c.kind == "confirmed", _IN_GROUP.exists()
)
_DROP_EARLY_OF_LINE = delete(early_receipts).where(
    early_receipts.c.sent_ms == bindparam("at_ms"), early_receipts.c.kind != YES, _IN_GROUP.exists()
)
_DROP_EARLY = delete(early_receipts).where(early_receipts.c.person_id == _TO, early_receipts.c.kind != YES)
_PURGE = delete(early_receipts).where(early_receipts.c.at < bindparam("before", type_=Instant))


def note(scope: Scope, person_id: str, sent_ms: Sequence[int], kinds: Iterable[ReceiptKind], at: datetime) -> None:
    """A device of that person's has these; of those not known as sent yet the receipt is kept, if it can be early."""
    lines = scope.connection.execute(_TO_GROUPS, {"all_ms": list(sent_ms)}).all()
    for kind in kinds:
        unknown = set(sent_ms) - _raise(scope, person_id, sent_ms, kind, at) - {line.sent_ms for line in lines}
        if unknown:
            _keep_early(scope, person_id, sorted(unknown), kind, at)
        if kind == "confirmed":
            for line in lines:
                if line.purpose in _LOOKED_AT:
                    _confirm_line(scope, line.id, person_id, at)


def _keep_early(scope: Scope, person_id: str, sent_ms: Sequence[int], kind: ReceiptKind, at: datetime) -> None:
    """Only what is being sent to him this moment can be confirmed too early; all else is old, or made up."""
    if not scope.connection.execute(_ON_ITS_WAY, {"to": person_id}).scalar_one():
        return
    kept = int(scope.connection.execute(_COUNT_EARLY, {"to": person_id}).scalar_one())
    if kept + len(sent_ms) > EARLY_AT_MOST:  # what is old was for nothing that left since
        scope.connection.execute(_DROP_EARLY, {"to": person_id})
    rows = [{"person_id": person_id, "sent_ms": one, "kind": kind, "at": at} for one in sent_ms[-EARLY_AT_MOST:]]
    scope.connection.execute(_KEEP[scope.connection.dialect.name], rows)


def apply_early(scope: Scope, row_id: str, person_id: str | None, group_id: str | None, sent_ms: int) -> None:
    """A message has just been recorded as sent: what came before applies now."""
    if person_id is not None:
        for kind, at in scope.connection.execute(_TAKE, {"to": person_id, "at_ms": sent_ms}).all():
            _raise(scope, person_id, [sent_ms], kind, at)
    elif group_id is not None:
        for early in scope.connection.execute(_EARLY_OF_LINE, {"group": group_id, "at_ms": sent_ms}).all():
            _confirm_line(scope, row_id, early.person_id, early.at)
        scope.connection.execute(_DROP_EARLY_OF_LINE, {"group": group_id, "at_ms": sent_ms})


def purge(scope: Scope, before: datetime) -> None:
    """Erases kept receipts for which no message came."""
    scope.connection.execute(_PURGE, {"before": before})


def _confirm_line(scope: Scope, row_id: str, person_id: str, at: datetime) -> None:
    values = {"outbox_id": row_id, "person_id": person_id, "confirmed_at": at}
    scope.connection.execute(_KEEP_LINE[scope.connection.dialect.name], values)


def _raise(scope: Scope, person_id: str, sent_ms: Sequence[int], kind: ReceiptKind, at: datetime) -> set[Any]:
    values = {"to": person_id, "all_ms": list(sent_ms), "at": at}
    return set(scope.connection.execute(_RAISE[kind], values).scalars())
