"""These tests run on virtual time: none of them waits."""

from tests.virtual import clock, pytest_asyncio_loop_factories, sqlite_template, sqlite_url, store

__all__ = ["clock", "pytest_asyncio_loop_factories", "sqlite_template", "sqlite_url", "store"]
