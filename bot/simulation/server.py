"""Nights on a PostgreSQL server: each has a database of its own there, which is a copy of its household's."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.simulation.founding import founding
from bot.simulation.household import HOUSEHOLDS
from storage.servers import create, database_url, drop, fill, open_server


@dataclass(frozen=True)
class Server:
    """A server that holds a database for each household, under names that begin with `prefix`."""

    url: str
    prefix: str

    @contextmanager
    def night(self, household: int) -> Iterator[str]:
        """The URL of a database as the founding left it; gone afterwards."""
        name = f"{self.prefix}_night_{uuid.uuid4().hex}"
        create(self.url, name, template=self.household(household))
        try:
            yield database_url(self.url, name)
        finally:
            drop(self.url, name)

    def household(self, number: int) -> str:
        """The name of its database."""
        return f"{self.prefix}_household_{number}"


@contextmanager
def server_for_nights(url: str) -> Iterator[Server]:
    """Everybody is paired there once. Raises StorageError when it is no such server, or does not let us in."""
    open_server(url)
    server = Server(url, f"buddy_{uuid.uuid4().hex[:12]}")
    made: list[str] = []
    try:
        for number in range(len(HOUSEHOLDS)):
            name = server.household(number)
            create(url, name)
            made.append(name)
            _move_in(number, database_url(url, name))
        yield server
    finally:
        for name in made:
            drop(url, name)


def _move_in(household: int, url: str) -> None:
    with TemporaryDirectory(prefix="buddy-founding-") as folder:
        path = Path(folder) / "buddy.db"
        path.write_bytes(founding(household).database)
        fill(url, from_url=f"sqlite:///{path}")
