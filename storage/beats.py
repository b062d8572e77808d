"""When the bot was last alive: after a stop people are told from when to when it was away."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage.column_types import Instant
from storage.scope import Scope
from storage.tables import beats

_LAST = select(beats.c.at)
_INSERT = insert(beats).values(id=1, at=bindparam("now", type_=Instant))
_UPDATE = update(beats).values(at=bindparam("now", type_=Instant))


class Beats:
    """The one row of `beats`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def last(self) -> datetime | None:
        """When the bot was last known to be alive; None on a new database."""
        return self._scope.connection.execute(_LAST).scalar_one_or_none()

    def beat(self, now: datetime) -> None:
        """The bot is alive."""
        if self._scope.connection.execute(_UPDATE, {"now": now}).rowcount == 0:
            self._scope.connection.execute(_INSERT, {"now": now})
