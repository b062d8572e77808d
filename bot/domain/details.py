"""What she leaves for her buddies, revealed only in an alert (SPEC: "details")."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

TEXT_LIMIT = 1500
"""Characters in all (SPEC: `/note`); what stands below `/start`, and a plan, may have as many of their own."""
ATTACHMENTS_LIMIT = 20
"""How many of a check-in (SPEC: `/note`)."""
LOCATIONS_LIMIT = 20
"""How many places are kept; the newest go on being taken."""
BYTES_LIMIT = 10 * 1024 * 1024
"""Of one attachment (SPEC: `/note`: 10 MB)."""
WAITS_FOR_START = timedelta(hours=2)
"""So long a note waits for the next `/start` (SPEC: `/note`)."""
STARTS_HEARD_LATE = timedelta(hours=1)
"""It is kept so much longer, for a start that Signal had in time and the bot hears late; no other start takes it."""


class SubjectKind(StrEnum):
    """To what an entry belongs; decides what its subject's id names."""

    ARRIVING = "arriving"  # an attachment whose message is being handled: the inbox row
    WAITING = "waiting"  # for her next start: the person
    CHECK_IN = "check_in"
    ALARM = "alarm"


class Subject(NamedTuple):
    """What an entry belongs to: see `SubjectKind`."""

    kind: SubjectKind
    id: str


class EntryKind(StrEnum):
    """What an entry is."""

    LEFT = "left"  # the lines below `/start`
    NOTE = "note"
    LOCATION = "location"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, repr=False)
class Entry:
    """One thing that she left, at the moment `at` (aware UTC).

    `size`: characters of a text, bytes of an attachment. `text`: what she wrote, a location's link, or an
    attachment's file name; None when it cannot be read any more. `content_type`: of an attachment, else empty.
    """

    id: str
    kind: EntryKind
    at: datetime
    size: int
    text: str | None
    content_type: str = ""


@dataclass(frozen=True, repr=False)
class Plan:
    """Her standing instructions to a buddy. `text` is None when it cannot be read any more."""

    text: str | None


@dataclass(frozen=True, repr=False)
class Content:
    """A file: its name and type as the sender gave them, and its bytes."""

    name: str
    content_type: str
    contents: bytes
