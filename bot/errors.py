"""The errors of this project. None ever carries a name, number, account id, word, detail or text of a message."""

# ruff: noqa: N818 (the names say what is wrong; a suffix would add nothing)


class BuddyError(Exception):
    """The root of all errors that this project raises on purpose. Its text is meant for whoever runs the bot."""


class NotShown(BuddyError):
    """What was to be read by whoever ran a command could not be printed."""


class StorageError(BuddyError):
    """Something is wrong with the database or with the key file; the text says what to do."""


class StorageUnavailable(StorageError):
    """The database cannot be reached or written just now. Nothing was changed as far as is known; try again.

    If the connection broke during the commit itself the change may have been made: look before repeating.
    """


class StorageConflict(StorageError):
    """A row contradicts another one (a second open check-in, a code twice). Nothing was changed."""


class SealBroken(StorageError):
    """A sealed cell does not open: altered, moved from another row, or sealed under a key that is not here."""


class KeyMissing(SealBroken):
    """A sealed cell names a key that this bot does not see: perhaps nothing is damaged, and another one does."""


class KeyFileError(StorageError):
    """The key file is missing, unsafe, unreadable, or belongs to another database."""


class AnotherBotRuns(StorageError):
    """Another running bot already uses this database."""
