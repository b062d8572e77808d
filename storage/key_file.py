"""The key file: made once, readable by the bot's user alone, never inside the database. Its keys can be rotated."""

import base64
import binascii
import glob
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.errors import KeyFileError
from storage.sealing import KeyRing

_ONLY_OWNER = 0o600
_OTHERS = 0o077
_MOST_BYTES = 65_536
_KEY_BYTES = 32
_KEY_ID_LENGTH = 8
_FORMAT = 1
_SUFFIX_BYTES = 8
_SUFFIX = "[0-9a-f]" * (2 * _SUFFIX_BYTES)  # of a draft; a copy that somebody keeps is called otherwise


def load_or_make(path: Path, random_bytes: Callable[[int], bytes]) -> KeyRing:
    """The keys in this file; when there is no file yet, new keys, which are safely in it on return.

    Raises KeyFileError when the file is not safe (readable by others, a link, somebody else's) or not understood.
    """
    try:
        return load(path)
    except FileNotFoundError:
        _put(path, KeyRing.fresh(random_bytes), random_bytes(_SUFFIX_BYTES).hex(), _link)
        return load(path)


def load(path: Path) -> KeyRing:
    """The keys in this file. Raises FileNotFoundError, or KeyFileError like `load_or_make`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} cannot be opened (it must be an ordinary file, no link, of the bot's user)."
        ) from error
    try:
        _check(path, os.fstat(descriptor))
        content = os.read(descriptor, _MOST_BYTES)
    finally:
        os.close(descriptor)
    try:
        return _parse(content)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise KeyFileError(
            f"The key file {path} is damaged or was made by something else. Put back the right one from a backup; "
            "do not delete it, or nothing in the database can be read any more."
        ) from None


def add_key(path: Path, random_bytes: Callable[[int], bytes]) -> KeyRing:
    """One more key, under which everything is sealed from now on; the others still open what they sealed.

    It is safely in the file on return. Raises KeyFileError, and changes nothing then.
    """
    old, fresh = _present(path), KeyRing.fresh(random_bytes)
    _clear_drafts(path)
    keys = KeyRing(fresh.current, {**old.sealing, **fresh.sealing}, old.lookup)
    _put(path, keys, random_bytes(_SUFFIX_BYTES).hex(), Path.replace)
    return keys


def forget_old_keys(path: Path, random_bytes: Callable[[int], bytes]) -> None:
    """Only the current key stays. Raises KeyFileError, and changes nothing then."""
    old = _present(path)
    _clear_drafts(path)
    keys = KeyRing(old.current, {old.current: old.sealing[old.current]}, old.lookup)
    _put(path, keys, random_bytes(_SUFFIX_BYTES).hex(), Path.replace)


def _present(path: Path) -> KeyRing:
    try:
        return load(path)
    except FileNotFoundError:
        raise KeyFileError(f"The key file {path} is not there. Nothing was changed.") from None


def _check(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeyFileError(f"The key file {path} is not an ordinary file.")
    if found.st_uid not in {os.geteuid(), 0}:
        raise KeyFileError(
            f"The key file {path} belongs to another user than the one who runs this. Run this as the bot's user. If "
            "that is who runs it, make the file the bot's own: chown it."
        )
    if found.st_mode & _OTHERS:
        raise KeyFileError(f"Others may read the key file {path}. Close it with: chmod 600 {path}")


def _parse(content: bytes) -> KeyRing:
    loaded: dict[str, Any] = json.loads(content)
    sealing = {key_id: _key(text) for key_id, text in loaded["sealing"].items()}
    current: str = loaded["current"]
    well_formed = all(len(key_id) == _KEY_ID_LENGTH and bytes.fromhex(key_id) for key_id in sealing)
    if loaded["format"] != _FORMAT or current not in sealing or not well_formed:
        raise ValueError("not a key file of this format")
    return KeyRing(current=current, sealing=sealing, lookup=_key(loaded["lookup"]))


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("not a key")
    return key


def _put(path: Path, keys: KeyRing, suffix: str, into_place: Callable[[Path, Path], object]) -> None:
    """Writes a complete file beside it and moves it into place: there is never half a key file."""
    content = json.dumps(
        {
            "format": _FORMAT,
            "current": keys.current,
            "sealing": {key_id: base64.b64encode(key).decode() for key_id, key in keys.sealing.items()},
            "lookup": base64.b64encode(keys.lookup).decode(),
        },
        indent=2,
    )
    draft = path.with_name(f".{path.name}.{suffix}")
    try:
        _check_folder(path.parent)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _ONLY_OWNER)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(content + "\n")
                file.flush()
                os.fsync(descriptor)
            into_place(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path) from error


def _not_written(path: Path) -> KeyFileError:
    return KeyFileError(f"The key file {path} cannot be written. Check who owns its folder, and the disk.")


def _clear_drafts(path: Path) -> None:
    """What an interrupted rotation left beside it: it holds keys, and nobody would think of it."""
    try:
        for draft in path.parent.glob(f".{glob.escape(path.name)}.{_SUFFIX}"):
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(path) from error


def _check_folder(folder: Path) -> None:
    found = folder.stat()
    if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
        raise KeyFileError(
            f"Anybody may write into the folder of the key file, {folder}. Put it into a private folder."
        )


def _link(draft: Path, path: Path) -> None:
    """A first key file never replaces one that is there."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another start was faster; its keys count


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
