"""Rotating the keys under which the database is sealed, beside a running bot; forgetting old ones while none runs."""

import asyncio
import secrets
from functools import partial
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import AnotherBotRuns, KeyFileError, StorageUnavailable
from bot.opening import refuse_unfit, visited
from bot.settings import Settings
from storage.key_file import add_key, forget_old_keys
from storage.resealing import Place, count_under_old_keys, reseal_some
from storage.single_process import is_in_use
from storage.unit_of_work import Store

_TRIES = 50
_PAUSE = 0.1
"""Seconds between them, in which a running bot can write: so it leaves a moment in which it does not."""


async def rotate_keys(settings: Settings) -> str:
    """One more key, and everything sealed anew under it, beside a running bot. Returns what to tell the operator.

    When it is interrupted nothing is lost: all keys stay in the file, and the next rotation finishes it. Raises
    StorageError with a text for people.
    """
    clock = SystemClock()
    async with visited(settings, clock):  # these keys belong to this database, or nothing is changed
        add_key(Path(settings.key_file), secrets.token_bytes)
    async with visited(settings, clock) as store:
        left = await _reseal(store)
    return _damaged(left) + (
        "Everything is sealed under a new key, and a running bot uses it from now on. Back up the key file now. "
        "The old key is still in it; once the bot is stopped, `buddy keys forget-old` takes it out."
    )


async def forget_keys(settings: Settings) -> str:
    """Only the current key stays in the file. Returns what to tell the operator.

    Not while a bot runs: it could still seal something under an old key, which nobody could ever read again. Raises
    AnotherBotRuns, or another StorageError with a text for people.
    """
    clock = SystemClock()
    refuse_unfit(settings)
    _refuse_beside_a_bot(settings)
    async with visited(settings, clock) as store:
        if left := await _reseal(store):
            raise KeyFileError(f"{_damaged(left)}No key was forgotten.")
        _refuse_beside_a_bot(settings)
        forget_old_keys(Path(settings.key_file), secrets.token_bytes)
    return "Old keys are forgotten. Copies of the key file from before still open copies of the database from before."


async def _reseal(store: Store) -> int:
    """Seal all anew; returns how many rows could not be."""
    place: Place | None = Place()
    while place is not None:
        place = await store.run(partial(reseal_some, place=place))
    await _leave_no_trace(store)
    return await store.run(count_under_old_keys)


async def _leave_no_trace(store: Store) -> None:
    for _ in range(_TRIES - 1):
        try:
            return await store.checkpoint()
        except StorageUnavailable:
            await asyncio.sleep(_PAUSE)
    return await store.checkpoint()


def _refuse_beside_a_bot(settings: Settings) -> None:
    if is_in_use(settings.database_url):
        raise AnotherBotRuns(
            "A bot is using this database. Stop it first, then forget the old keys. Nothing was changed."
        )


def _damaged(rows: int) -> str:
    if not rows:
        return ""
    return f"{rows} row(s) have a damaged cell that cannot be read under any key; they were left as they are. "
