"""The fixtures of these tests."""

from tests.databases import (
    clock,
    database_url,
    engine,
    ids,
    inline_store,
    postgres_server,
    sealer,
    sqlite_template,
    store,
)

__all__ = [
    "clock",
    "database_url",
    "engine",
    "ids",
    "inline_store",
    "postgres_server",
    "sealer",
    "sqlite_template",
    "store",
]
