"""What falls due when. A row is settled in the transaction of its effects, never before (DESIGN, invariant 4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from storage.column_types import Instant
from storage.leases import Lease
from storage.scope import Scope
from storage.tables import deadlines

SubjectKind = Literal["check_in", "alarm", "forgetting", "reset", "drill", "pairing", "leaving"]

_NOW = bindparam("now", type_=Instant)
_SUBJECT = (deadlines.c.subject_kind == bindparam("kind")) & (deadlines.c.subject_id == bindparam("subject"))

_EARLIEST = select(func.min(deadlines.c.not_before)).where(deadlines.c.lease_until.is_(None))
_RELIED_ON = (
    select(deadlines.c.id).where(deadlines.c.subject_kind.in_(set(get_args(SubjectKind)) - {"pairing"})).limit(1)
)
_DUE = (
    select(
        deadlines.c.id,
        deadlines.c.subject_kind,
        deadlines.c.subject_id,
        deadlines.c.what,
        deadlines.c.due_at,
        deadlines.c.attempts,
    )
    .where(
        deadlines.c.due_at <= _NOW,
        deadlines.c.not_before <= _NOW,
        or_(deadlines.c.lease_until.is_(None), deadlines.c.lease_until <= _NOW),
    )
    .order_by(deadlines.c.due_at, deadlines.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(deadlines)
    .where(deadlines.c.id.in_(bindparam("keys", expanding=True)))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until"))
)
_MINE = select(deadlines.c.id).where(
    deadlines.c.id == bindparam("id"),
    deadlines.c.what == bindparam("what"),
    deadlines.c.due_at == bindparam("due_at"),
    deadlines.c.lease_owner == bindparam("owner"),
    deadlines.c.lease_until == bindparam("until"),
)
_RELEASE = (
    update(deadlines)
    .where(deadlines.c.id == bindparam("key"), deadlines.c.what == bindparam("was"))
    .where(deadlines.c.due_at == bindparam("was_due_at"))
    .values(
        lease_owner=None,
        lease_until=None,
        not_before=bindparam("new_not_before"),
        attempts=deadlines.c.attempts + bindparam("counts"),
    )
)
_HURRY = update(deadlines).where(deadlines.c.due_at <= _NOW, deadlines.c.not_before > _NOW).values(not_before=_NOW)
_INSERT = insert(deadlines)
_CURRENT = select(deadlines.c.what, deadlines.c.due_at).where(_SUBJECT)
_MOVE = (
    update(deadlines)
    .where(_SUBJECT)
    .values(
        what=bindparam("new_what"),
        due_at=bindparam("new_due_at"),
        not_before=bindparam("new_due_at"),
        attempts=0,
        lease_owner=None,
        lease_until=None,
    )
)
_CLEAR = delete(deadlines).where(_SUBJECT)
_COUNT = select(func.count()).select_from(deadlines)


@dataclass(frozen=True)
class Deadline:
    """One claimed row. `what` is the step that falls due; `attempts` counts earlier tries that were given back."""

    id: str
    subject_kind: SubjectKind
    subject_id: str
    what: str
    due_at: datetime
    attempts: int


class Deadlines:
    """Rows of `deadlines`: one for each open check-in, alarm, pairing and whatever else happens at some time."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def earliest(self) -> datetime | None:
        """When the first row that nobody has in hand can be acted upon; None when there is none."""
        earliest: datetime | None = self._scope.connection.execute(_EARLIEST).scalar_one()
        return earliest

    def relied_on(self) -> bool:
        """Whether anything but the end of a pairing falls due: that is months away, and nobody waits for it."""
        return self._scope.connection.execute(_RELIED_ON).first() is not None

    def claim_due(self, now: datetime, limit: int, lease: Lease) -> list[Deadline]:
        """Takes up to `limit` due rows under the lease, oldest first; none that is under another unexpired lease."""
        rows = self._scope.connection.execute(_DUE, {"now": now, "limit": limit}).all()
        found = [Deadline(*row) for row in rows]
        if found:
            keys = [deadline.id for deadline in found]
            self._scope.connection.execute(_LEASE, {"keys": keys, "owner": lease.owner, "until": lease.until})
        return found

    def still_mine(self, deadline: Deadline, lease: Lease) -> bool:
        """Whether the claimed row still says the same and is still under this very lease. Ask before acting."""
        values = {
            "id": deadline.id,
            "what": deadline.what,
            "due_at": deadline.due_at,
            "owner": lease.owner,
            "until": lease.until,
        }
        return self._scope.connection.execute(_MINE, values).one_or_none() is not None

    def release(self, deadline: Deadline, not_before: datetime, *, counts: bool = True) -> None:
        """Gives a row back after a try that failed; it is not claimed before `not_before`. If it was moved meanwhile
        nothing changes. `counts`: whether it was a fault of the row."""
        was = {"key": deadline.id, "was": deadline.what, "was_due_at": deadline.due_at}
        self._scope.connection.execute(_RELEASE, was | {"new_not_before": not_before, "counts": int(counts)})
        self._scope.deadlines_touched = True

    def hurry(self, now: datetime) -> None:
        """The clock was set back: nothing that is due waits out a pause that ends by the old time."""
        self._scope.connection.execute(_HURRY, {"now": now})
        self._scope.deadlines_touched = True

    def put(self, subject_kind: SubjectKind, subject_id: str, what: str, due_at: datetime) -> None:
        """Sets the subject's one deadline. If it already says the same nothing changes; else lease and attempts go."""
        subject = {"kind": subject_kind, "subject": subject_id}
        current = self._scope.connection.execute(_CURRENT, subject).one_or_none()
        if current is None:
            self.add(subject_kind, subject_id, what, due_at)
        elif tuple(current) != (what, due_at):
            self._scope.connection.execute(_MOVE, subject | {"new_what": what, "new_due_at": due_at})
            self._scope.deadlines_touched = True

    def add(self, subject_kind: SubjectKind, subject_id: str, what: str, due_at: datetime) -> None:
        """The first deadline of a new subject. Raises StorageConflict when it has one."""
        self._scope.connection.execute(
            _INSERT,
            {
                "id": self._scope.ids.new(),
                "subject_kind": subject_kind,
                "subject_id": subject_id,
                "what": what,
                "due_at": due_at,
                "not_before": due_at,
                "attempts": 0,
            },
        )
        self._scope.deadlines_touched = True

    def due_at(self, subject_kind: SubjectKind, subject_id: str) -> datetime | None:
        """When this subject's next step is due; None when nothing is."""
        subject = {"kind": subject_kind, "subject": subject_id}
        current = self._scope.connection.execute(_CURRENT, subject).one_or_none()
        return None if current is None else current.due_at

    def clear(self, subject_kind: SubjectKind, subject_id: str) -> None:
        """Nothing falls due for this subject any more."""
        self._scope.connection.execute(_CLEAR, {"kind": subject_kind, "subject": subject_id})
        self._scope.deadlines_touched = True

    def count_open(self) -> int:
        """How many rows there are."""
        return self._scope.connection.execute(_COUNT).scalar_one()
