"""Nights on a PostgreSQL server: each has a database of its own there, which is a copy of its household's."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, insert, make_url, select, text

from bot.errors import StorageError
from bot.simulation.founding import founding
from bot.simulation.household import HOUSEHOLDS
from storage.engine import migrate, open_database
from storage.tables import metadata


@dataclass(frozen=True)
class Server:
    """A server that holds a database for each household, under names that begin with `prefix`."""

    url: str
    prefix: str

    @contextmanager
    def night(self, household: int) -> Iterator[str]:
        """The URL of a database as the founding left it; gone afterwards."""
        name = f"{self.prefix}_night_{uuid.uuid4().hex}"
        self.administer(f"CREATE DATABASE {name} TEMPLATE {self.household(household)}")
        try:
            yield self.database(name)
        finally:
            self.administer(f"DROP DATABASE {name} WITH (FORCE)")

    def household(self, number: int) -> str:
        """The name of its database."""
        return f"{self.prefix}_household_{number}"

    def database(self, name: str) -> str:
        """Its URL."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def administer(self, statement: str) -> None:
        """What cannot be done within a database."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


@contextmanager
def server_for_nights(url: str) -> Iterator[Server]:
    """Everybody is paired there once. Raises StorageError when it is no such server, or does not let us in."""
    if not url.startswith("postgresql+psycopg://"):
        raise StorageError("Nothing was played. Name a server like this: postgresql+psycopg://USER@HOST/DATABASE")
    open_database(url).dispose()
    server = Server(url, f"buddy_{uuid.uuid4().hex[:12]}")
    made: list[str] = []
    try:
        for number in range(len(HOUSEHOLDS)):
            name = server.household(number)
            server.administer(f"CREATE DATABASE {name}")
            made.append(name)
            _move_in(number, server.database(name))
        yield server
    finally:
        for name in made:
            server.administer(f"DROP DATABASE {name} WITH (FORCE)")


def _move_in(household: int, url: str) -> None:
    engine = open_database(url)
    with TemporaryDirectory(prefix="buddy-founding-") as folder:
        path = Path(folder) / "buddy.db"
        path.write_bytes(founding(household).database)
        source = open_database(f"sqlite:///{path}")
        migrate(engine)
        _copy(source, engine)
        source.dispose()
    engine.dispose()


def _copy(source: Engine, target: Engine) -> None:
    with source.connect() as read, target.begin() as write:
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in read.execute(select(table)).mappings()]
            if rows:
                write.execute(insert(table), rows)
