"""What a killed run leaves on the disk: the database and its write-ahead log, the log perhaps torn.

A commit that was answered survives, for the database waits for the disk (`synchronous=FULL`). So only what lies behind
the last commit can be torn, or the commit that is in hand.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from random import Random

_HEADER, _FRAME_HEADER = 32, 24


@dataclass(frozen=True, slots=True)
class Image:
    """Both files as they lay there."""

    database: bytes
    log: bytes

    def write_to(self, path: Path) -> None:
        """Lay them down as the files of a database at `path`."""
        path.write_bytes(self.database)
        _log_of(path).write_bytes(self.log)


def image_of(path: Path) -> Image:
    """The files of the database at `path`, as they lie there now."""
    log = _log_of(path)
    return Image(path.read_bytes(), log.read_bytes() if log.exists() else b"")


def torn(before: Image, after: Image, chance: Random) -> Image:
    """The last commit reached the disk in part: its frames end anywhere. `before`: while it was still in hand."""
    start, end = _last_commit(after.log)
    if end <= start:
        return before
    cut = chance.randrange(start, end)
    rest = bytes(end - cut) if chance.random() < 0.5 else b""  # the file may have grown before it was written
    return Image(before.database, after.log[:cut] + rest)


def with_scraps(image: Image, chance: Random) -> Image:
    """Behind the last commit lie scraps of what was never committed."""
    end = _last_commit(image.log)[1]
    return Image(image.database, image.log[:end] + chance.randbytes(chance.randrange(0, 6000))) if end else image


def _last_commit(log: bytes) -> tuple[int, int]:
    """Where the frames of the last commit begin and end. A log that was begun anew has older frames behind them."""
    if len(log) < _HEADER:
        return 0, 0
    (page_size,) = struct.unpack(">I", log[8:12])
    salts, size = log[16:24], _FRAME_HEADER + page_size
    start = end = _HEADER
    at = _HEADER
    while at + size <= len(log) and log[at + 8 : at + 16] == salts:
        at += size
        if log[at - size + 4 : at - size + 8] != b"\0\0\0\0":
            start, end = end, at
    return start, end


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
