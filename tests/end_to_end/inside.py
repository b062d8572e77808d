"""Looking into the database of a story's bot, as whoever holds the key file can, or a thief without it."""

import asyncio
import secrets
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, Table, func, or_, select

from bot.domain.outgoing import Purpose
from storage.column_types import Sealed
from storage.engine import open_database
from storage.key_file import load
from storage.sealing import Sealer
from storage.tables import WAITING, check_ins, inbox, metadata, outbox
from tests.end_to_end.story import Story


def end_of_grace(story: Story) -> datetime:
    """When the last of the open check-ins becomes overdue, as the bot itself has stored it (aware UTC)."""
    open_ones = select(check_ins.c.deadline, check_ins.c.grace).where(check_ins.c.closed_at.is_(None))
    with _database(story).connect() as connection:
        return max(row.deadline + row.grace for row in connection.execute(open_ones))


def on_the_loop(moment: datetime) -> float:
    """A moment as the running loop's time, by which phones tell arrivals."""
    return asyncio.get_running_loop().time() + (moment - datetime.now(UTC)).total_seconds()


def states(story: Story, table: Table) -> dict[str, int]:
    """How many rows of the inbox or the outbox are in each state."""
    assert table in (inbox, outbox)
    counted = select(table.c.state, func.count().label("rows")).group_by(table.c.state)
    with _database(story).connect() as connection:
        return {row.state: row.rows for row in connection.execute(counted)}


async def are_recorded(story: Story, *purposes: Purpose) -> None:
    """Wait until what was sent for these purposes is recorded: a kill then sends nothing twice. What was withdrawn may
    be on its way all the same."""
    is_not_settled = or_(outbox.c.state == WAITING, outbox.c.lease_until.is_not(None))
    waiting = select(func.count()).where(is_not_settled, outbox.c.purpose.in_(purposes))
    with _database(story).connect() as connection:
        async with asyncio.timeout(10.0):
            while connection.execute(waiting).scalar():
                connection.rollback()
                await asyncio.sleep(0.05)


def with_the_key(story: Story) -> str:
    """Everything sealed, opened."""
    sealer = Sealer(load(Path(story.bot.settings["BUDDY_KEY_FILE"])), secrets.token_bytes)
    cells: list[str] = []
    with _database(story).connect() as connection:
        for table in metadata.tables.values():
            for column in (column for column in table.c if isinstance(column.type, Sealed)):
                filled = select(table.c.id, column).where(column.is_not(None))
                for row_id, sealed in connection.execute(filled):
                    cells.append(sealer.open(table.name, column.name, row_id, sealed).decode("utf-8", "replace"))
    return "\n".join(cells)


def without_the_key(story: Story) -> bytes:
    """The bytes of the database's files."""
    files = sorted(story.bot.folder.glob("buddy.db*"))
    assert files
    return b"".join(file.read_bytes() for file in files)


def _database(story: Story) -> Engine:
    return open_database(story.bot.settings["BUDDY_DATABASE_URL"])
