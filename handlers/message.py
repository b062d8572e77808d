"""What somebody wrote, as the handlers see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

WAITED = timedelta(seconds=30)
"""A message older than this on arrival had to wait (the bot or Signal was away): then the server's time counts."""


class Trouble(StrEnum):
    """Why a file cannot be kept."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNREADABLE = "unreadable"


class FileTold(Protocol):
    """What a message says of a file that came with it; the id is empty where it cannot be used."""

    @property
    def id(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def file_name(self) -> str: ...
    @property
    def size(self) -> int: ...


@dataclass(frozen=True, repr=False)
class Attached:
    """A file that came with a message: its id in signal-cli's folder, and what is said of it."""

    id: str
    content_type: str
    file_name: str
    size: int
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Message:
    """One message. `received_at` is the server's receive time (aware UTC), never the sender's clock.

    `attachments`: the files that may be kept; `files_in_folder`: the ids of all that lie in signal-cli's folder.
    `group`: Signal's group id, None in the direct chat. `edits_ms`: the sent time of the message that this one edits.
    """

    inbox_id: str
    account: str
    sent_ms: int
    received_at: datetime
    group: str | None
    text: str
    edits_ms: int | None = None
    attachments: tuple[Attached, ...] = field(default=(), repr=False)
    files_in_folder: tuple[str, ...] = field(default=(), repr=False)

    def moment(self, now: datetime) -> datetime:
        """From when "in two hours" counts: now, or the server's receive time if the message had to wait for us."""
        return self.received_at if now - self.received_at > WAITED else now

    def is_from_before(self, moment: datetime, present: datetime) -> bool:
        """Whether the server had it before `moment`. Signal sometimes hands a message over much later, out of order:
        it must not touch what began only after it was written. `WAITED` allows for clocks that differ. `present`: now;
        what began later began before the clock was set back."""
        return self.received_at < min(moment, present) - WAITED


def with_files(message: Message, told: Sequence[FileTold]) -> Message:
    """The message with the files that came with it."""
    files = tuple(Attached(one.id, one.content_type, one.file_name, one.size) for one in told)
    return replace(message, attachments=files, files_in_folder=tuple(one.id for one in files if one.id))


@dataclass(frozen=True)
class ReactionMessage:
    """An emoji put on, or taken from, the message with sent time `target_ms` by `target_account`."""

    inbox_id: str
    account: str
    received_at: datetime
    group: str | None
    emoji: str
    target_account: str | None
    target_ms: int
    is_remove: bool
