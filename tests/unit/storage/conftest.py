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

__all__ = [
    "clock",
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
