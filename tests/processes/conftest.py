"""Databases for bots in processes of their own."""

from tests.databases import database_url, postgres_server, postgresql_url, sqlite_template, sqlite_url

__all__ = ["database_url", "postgres_server", "postgresql_url", "sqlite_template", "sqlite_url"]
