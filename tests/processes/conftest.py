"""Databases for bots in processes of their own."""

from tests.databases import postgres_server, postgresql_url, sqlite_template, sqlite_url

__all__ = ["postgres_server", "postgresql_url", "sqlite_template", "sqlite_url"]
