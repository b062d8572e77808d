"""What belongs to the database as a whole: whether the key file fits it, and how much work its words are.

With the wrong keys everybody would be a stranger to the bot.
"""

import hmac
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.errors import KeyFileError, KeyMissing, SealBroken, StorageError
from storage.key_file import load_or_make
from storage.scope import Scope
from storage.sealing import KeyRing
from storage.tables import seals

_ID = "proof"
_TEXT = "these keys belong to this database"
_SELECT = select(seals.c.lookup, seals.c.proof).where(seals.c.id == _ID)
_INSERT = insert(seals)
_WORDS_COST = select(seals.c.words_cost).where(seals.c.id == _ID)
_KEEP_WORDS_COST = update(seals).where(seals.c.id == _ID, seals.c.words_cost.is_(None))


class Seals:
    """The one row of `seals`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def prove(self) -> None:
        """Leaves a proof in a new database; in any other raises KeyFileError when the keys do not fit."""
        lookup = self._scope.sealer.lookup(_ID, _TEXT)
        row = self._scope.connection.execute(_SELECT).one_or_none()
        if row is None:
            cell = self._scope.seal(seals.c.proof, _ID, _TEXT)
            self._scope.connection.execute(_INSERT, {"id": _ID, "lookup": lookup, "proof": cell})
            return
        try:
            self._scope.open(seals.c.proof, _ID, row.proof)
        except SealBroken:
            raise _misfit() from None
        if not hmac.compare_digest(row.lookup, lookup):
            raise _misfit()

    def follow(self) -> bool:
        """Looks at the proof, so that a bot that runs learns of a new key within the time between two beats. False
        where it does not see that key, as on a host with a copy of the file."""
        row = self._scope.connection.execute(_SELECT).one_or_none()
        try:
            self._scope.open(seals.c.proof, _ID, None if row is None else row.proof)
        except KeyMissing:
            return False
        except SealBroken:  # the one cell alone is damaged
            return True
        return True

    def words_cost(self) -> int | None:
        """The time cost of argon2id in this database; None while it has not been measured."""
        return self._scope.connection.execute(_WORDS_COST).scalar_one_or_none()

    def keep_words_cost(self, cost: int) -> None:
        """Keeps what was measured at set-up, once: were it another for later words, it would show in how long an answer
        takes which word a person has."""
        self._scope.connection.execute(_KEEP_WORDS_COST.values(words_cost=cost))


def keys_for(engine: Engine, path: Path, random_bytes: Callable[[int], bytes]) -> KeyRing:
    """The keys of this (migrated) database, from its key file, which is made for a new database only.

    Beside an old one new keys would open nothing, and hide the loss. Raises KeyFileError; StorageError when the
    database cannot be read.
    """
    try:
        with engine.connect() as connection:
            is_new = connection.execute(_SELECT).one_or_none() is None
    except DBAPIError:
        raise StorageError(
            "The database cannot be read: it is damaged, or was changed by hand. Nothing was changed or started. "
            "Restore it from a backup."
        ) from None
    if is_new or path.exists():
        return load_or_make(path, random_bytes)
    raise KeyFileError(
        f"The key file {path} is not there, but the database was made with one. "
        "Put it back from your backup, or name the right file in BUDDY_KEY_FILE. Nothing was started."
    )


def _misfit() -> KeyFileError:
    return KeyFileError(
        "The key file does not belong to this database, so nothing in it could be read. "
        "Put back the key file that was made together with it, or start with a new, empty database."
    )
