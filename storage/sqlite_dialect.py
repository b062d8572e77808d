"""SQLAlchemy's dialect of SQLite, as the bot speaks it."""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

DRIVER = "sqlite+buddy"
"""Names this dialect in a URL."""
COMPILED: dict[Any, Any] = {}
"""The statements that were compiled so far, for all engines of this process. There are a few hundred at most."""


class BuddySqlite(SQLiteDialect_pysqlite):
    """Every transaction may write from its beginning on, so that none fails halfway because another one wrote.

    All of this class are equal, for what is compiled for one of them fits all: a bot that starts again within the
    process (practice, simulations, tests) need not compile anything again.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        """Called by SQLAlchemy. An event would do it, too, but would make it look for listeners at every statement."""
        dbapi_connection.execute("BEGIN IMMEDIATE")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.buddy", __name__, BuddySqlite.__name__)
