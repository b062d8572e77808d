"""How long pairings hold: at most one term for each."""

from sqlalchemy import bindparam, insert, select, update

from bot.domain.pairing import PairingState
from bot.domain.term import Term
from storage.course_tables import terms
from storage.scope import Scope
from storage.tables import pairings

_OF_PAIRING = select(
    terms.c.pairing_id, terms.c.ends_at, terms.c.warnings, terms.c.person_renewed, terms.c.buddy_renewed
).where(terms.c.pairing_id == bindparam("pairing_id"))
_WITHOUT = (
    select(pairings.c.id)
    .join_from(pairings, terms, isouter=True)
    .where(pairings.c.state.in_((PairingState.ACTIVE.value, PairingState.QUIET.value)), terms.c.pairing_id.is_(None))
    .order_by(pairings.c.id)
)
_INSERT = insert(terms)
_CHANGEABLE = ("ends_at", "warnings", "person_renewed", "buddy_renewed")
_SAVE = (
    update(terms)
    .where(terms.c.pairing_id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGEABLE})
)


class Terms:
    """Rows of `terms`. They go with their pairing."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of(self, pairing_id: str) -> Term | None:
        """Until when it holds; None where no term has begun."""
        row = self._scope.connection.execute(_OF_PAIRING, {"pairing_id": pairing_id}).one_or_none()
        return None if row is None else Term(*row)

    def save(self, term: Term) -> None:
        """Writes it, in place of the one before. Raises a StorageError when there is no such pairing."""
        values = {name: getattr(term, name) for name in _CHANGEABLE}
        new = {"key": term.pairing_id} | {f"new_{name}": value for name, value in values.items()}
        if self._scope.connection.execute(_SAVE, new).rowcount == 0:
            self._scope.connection.execute(_INSERT, {"pairing_id": term.pairing_id} | values)

    def pairings_without(self) -> list[str]:
        """The ids of the pairings that stand, and were there before pairings had terms."""
        return list(self._scope.connection.execute(_WITHOUT).scalars())
