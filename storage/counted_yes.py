"""Which messages a person has answered with a reaction that counted.

Whoever puts another emoji in the place of a 👍 takes it away; but phones send the new one only. So it must be known
that a yes stood there. It is kept where receipts wait for their message, under a kind of its own, and purged with them.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.scope import Scope
from storage.tables import YES, early_receipts
from storage.upserts import insert_if_new

_KEEP = insert_if_new(early_receipts)
_THIS = (
    (early_receipts.c.person_id == bindparam("person"))
    & (early_receipts.c.sent_ms == bindparam("at_ms"))
    & (early_receipts.c.kind == YES)
)
_FIND = select(early_receipts.c.at).where(_THIS)
_FORGET = delete(early_receipts).where(_THIS)


class CountedYes:
    """One for a person and a message, named by its sent time."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def note(self, person_id: str, sent_ms: int, now: datetime) -> None:
        """Her yes to that message counted."""
        values = {"person_id": person_id, "sent_ms": sent_ms, "kind": YES, "at": now}
        self._scope.connection.execute(_KEEP[self._scope.connection.dialect.name], values)

    def stands(self, person_id: str, sent_ms: int) -> bool:
        """Whether it did, and she has not taken it away."""
        found = self._scope.connection.execute(_FIND, {"person": person_id, "at_ms": sent_ms})
        return found.one_or_none() is not None

    def forget(self, person_id: str, sent_ms: int) -> None:
        """She has taken it away."""
        self._scope.connection.execute(_FORGET, {"person": person_id, "at_ms": sent_ms})
