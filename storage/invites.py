"""One-time invite codes. A code itself is never stored, only its keyed hash."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from bot.domain.pairing import Invite
from storage.column_types import Instant
from storage.scope import Scope
from storage.tables import invites

_CODE = "invite"
_NOW = bindparam("now", type_=Instant)
_USABLE = invites.c.used_at.is_(None) & (invites.c.expires_at > _NOW)

_INSERT = insert(invites)
_BY_CODE = select(invites.c.id, invites.c.person_id, invites.c.created_at, invites.c.expires_at).where(
    invites.c.code_lookup == bindparam("lookup"), _USABLE
)
_USE = update(invites).where(invites.c.id == bindparam("key"), _USABLE).values(used_at=_NOW)
_COUNT = select(func.count()).where(invites.c.person_id == bindparam("person_id"), _USABLE)
_EARLIEST_END = select(func.min(invites.c.expires_at)).where(invites.c.person_id == bindparam("person_id"), _USABLE)
_COUNT_OPERATORS = select(func.count()).where(invites.c.person_id.is_(None), _USABLE)
_BEFORE = bindparam("before", type_=Instant)
_TAKE_BACK = delete(invites).where(invites.c.code_lookup == bindparam("lookup"))
_REMOVE_OF = delete(invites).where(invites.c.person_id == bindparam("person_id"))
_PURGE = delete(invites).where(or_(invites.c.expires_at < _BEFORE, invites.c.used_at < _BEFORE))


class Invites:
    """Rows of `invites`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, code: str, person_id: str | None, now: datetime, expires_at: datetime) -> None:
        """A new code, from this person or (None) from the operator. Raises StorageConflict when the code exists."""
        self._scope.connection.execute(
            _INSERT,
            {
                "id": self._scope.ids.new(),
                "code_lookup": self._scope.sealer.lookup(_CODE, code),
                "person_id": person_id,
                "created_at": now,
                "expires_at": expires_at,
            },
        )

    def open_by_code(self, code: str, now: datetime) -> Invite | None:
        """The invite with this code (as given to `add`), when it is neither used nor expired."""
        values = {"lookup": self._scope.sealer.lookup(_CODE, code), "now": now}
        row = self._scope.connection.execute(_BY_CODE, values).one_or_none()
        return None if row is None else Invite(*row)

    def use(self, invite_id: str, now: datetime) -> bool:
        """Uses it up. False when somebody else was faster or it has expired: then it gives nothing."""
        return self._scope.connection.execute(_USE, {"key": invite_id, "now": now}).rowcount == 1

    def open_count(self, person_id: str | None, now: datetime) -> int:
        """How many of this person's (None: the operator's) codes can still be used."""
        if person_id is None:
            return self._scope.connection.execute(_COUNT_OPERATORS, {"now": now}).scalar_one()
        return self._scope.connection.execute(_COUNT, {"person_id": person_id, "now": now}).scalar_one()

    def earliest_end(self, person_id: str, now: datetime) -> datetime | None:
        """When the first of this person's open codes expires; None when none is open."""
        values = {"person_id": person_id, "now": now}
        found: datetime | None = self._scope.connection.execute(_EARLIEST_END, values).scalar_one()
        return found

    def take_back(self, code: str) -> None:
        """Erases this code, which then lets nobody in."""
        self._scope.connection.execute(_TAKE_BACK, {"lookup": self._scope.sealer.lookup(_CODE, code)})

    def remove_of(self, person_id: str) -> None:
        """Erases this person's codes."""
        self._scope.connection.execute(_REMOVE_OF, {"person_id": person_id})

    def purge(self, before: datetime) -> int:
        """Erases what was used or expired before that moment; returns how many."""
        return self._scope.connection.execute(_PURGE, {"before": before}).rowcount
