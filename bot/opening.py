"""Opening what the bot stands on: key file, database, and on SQLite the right to be the only one."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.errors import StorageError
from bot.fellow_bots import take_over_at_start
from bot.ids import TimeOrderedIds
from bot.settings import Settings
from storage.engine import is_emptied, migrate, open_database
from storage.key_file import load
from storage.postgresql import logs_values
from storage.sealing import KeyRing, Sealer
from storage.seals import keys_for
from storage.single_process import Ownership, own, refuse_beside_an_older_bot
from storage.unit_of_work import Store


@dataclass(frozen=True)
class Opened:
    """A database that is ready. `ownership` names this run in leases. `logs_values`: see `storage.postgresql`."""

    store: Store
    ownership: Ownership
    logs_values: bool


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[Opened]:
    """For the bot itself: what earlier runs had in hand is taken over. Raises StorageError with a text for people."""
    ids = TimeOrderedIds(clock, secrets.token_bytes)
    refuse_unfit(settings)
    engine = open_database(settings.database_url)
    ownership, path = own(engine, ids), Path(settings.key_file)
    try:
        migrate(engine)
        store = Store(engine, _sealer(keys_for(engine, path, secrets.token_bytes), path), ids)
        try:
            await store.run(lambda records: records.seals.prove())
            await take_over_at_start(store, ownership)
            yield Opened(store, ownership, logs_values(engine))
        finally:
            await store.close()
    finally:
        ownership.give_up()


@asynccontextmanager
async def visited(settings: Settings, clock: Clock) -> AsyncIterator[Store]:
    """For a short look or a small change beside a running bot, which must be of this version; where none runs, an older
    database is brought up to date. Raises StorageError with a text for people."""
    refuse_unfit(settings)
    engine = open_database(settings.database_url)
    migrate(engine, before_changing=refuse_beside_an_older_bot)
    path = Path(settings.key_file)
    sealer = _sealer(keys_for(engine, path, secrets.token_bytes), path)
    store = Store(engine, sealer, TimeOrderedIds(clock, secrets.token_bytes))
    try:
        await store.run(lambda records: records.seals.prove())
        yield store
    finally:
        await store.close()


def refuse_unfit(settings: Settings) -> None:
    """To be called before the database is opened: that makes files, and brings tables up to date, which must not be
    done by a user who may not use the key file.

    A new database has no key file yet: beside one, an empty file is a loss, and everybody would be a stranger. Raises
    StorageError.
    """
    path = Path(settings.key_file)
    if path.exists() and is_emptied(settings.database_url):
        raise StorageError(
            "The database file is empty, although its key file is there: something has cut it down to nothing. Nothing "
            "was changed or started. Restore the database from a backup; or, to begin anew and lose everybody, delete "
            "both files."
        )
    with suppress(FileNotFoundError):  # whether it is missing is seen in the database
        load(path)


def _sealer(keys: KeyRing, path: Path) -> Sealer:
    return Sealer(keys, secrets.token_bytes, reread=lambda: load(path))
