"""QR codes, for a terminal and as a picture."""

import io
import os
from pathlib import Path

import segno

from bot.errors import BuddyError

_ONLY_OWNER = 0o600


class PictureNotMade(BuddyError):  # noqa: N818 (says what happened)
    """The file of a picture cannot be made."""


def in_blocks(content: str) -> str:
    """A QR code in half blocks, for a terminal."""
    rows = io.StringIO()
    segno.make(content, error="l", boost_error=False).terminal(out=rows, border=2, compact=True)
    return rows.getvalue()


def save_picture(content: str, path: Path) -> None:
    """A QR code as a PNG that only its owner can read. Raises PictureNotMade; replaces no file that is there."""
    picture = io.BytesIO()
    segno.make(content, error="m").save(picture, kind="png", scale=8, border=4)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _ONLY_OWNER)
        with os.fdopen(descriptor, "wb") as file:
            file.write(picture.getvalue())
    except FileExistsError:
        raise PictureNotMade(f"{path} is there already, and is not replaced. Name another file.") from None
    except OSError as error:
        raise PictureNotMade(f"{path} cannot be made. Check its folder.") from error


def remove_picture(path: Path) -> None:
    """One that `save_picture` has made, and that is of no use any more."""
    path.unlink(missing_ok=True)
