"""The fixtures of these tests."""

from tests.databases import (
    clock,
    database_url,
    engine,
    ids,
    inline_store,
    postgres_server,
    postgresql_url,
    sealer,
    sqlite_engine,
    sqlite_template,
    sqlite_url,
    store,
)
from tests.unit.storage.letters import bo, cy

__all__ = [
    "bo",
    "clock",
    "cy",
    "database_url",
    "engine",
    "ids",
    "inline_store",
    "postgres_server",
    "postgresql_url",
    "sealer",
    "sqlite_engine",
    "sqlite_template",
    "sqlite_url",
    "store",
]
