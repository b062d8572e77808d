"""Keeping what she leaves for her buddies besides the lines below `/start` (SPEC: `/note`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.check_in import CheckIn
from bot.domain.details import (
    ATTACHMENTS_LIMIT,
    LOCATIONS_LIMIT,
    TEXT_LIMIT,
    WAITS_FOR_START,
    Entry,
    EntryKind,
    Subject,
    SubjectKind,
)
from bot.domain.held_back import with_news
from bot.domain.timing import Timing
from bot.use_cases.alarm_additions import add_to_alarms
from bot.use_cases.alerting import send_addition
from bot.use_cases.facts_about import known_about
from bot.use_cases.refused import Refused
from bot.use_cases.scene import Scene
from storage.records import Records

_TEXTS = (EntryKind.LEFT, EntryKind.NOTE)


@dataclass(frozen=True, repr=False)
class ToKeep:
    """What came in one message: texts and locations at the moment `at` (aware UTC), and where its files lie so far."""

    at: datetime
    texts: Sequence[tuple[EntryKind, str]]
    files: Subject | None


@dataclass(frozen=True)
class Kept:
    """`check_in`: to which it was added; None: it waits for her next start. `waiting`: how much waits there."""

    check_in: CheckIn | None
    waiting: int


def keep(records: Records, person_id: str, new: ToKeep, now: datetime, timing: Timing) -> Kept:
    """Add it to the running check-in, and tell buddies who have been alerted; or let it wait for her next start.

    Raises `Refused` beyond the limits; nothing is kept then.
    """
    check_in = records.check_ins.open_of(person_id)
    if check_in is not None:
        subject = Subject(SubjectKind.CHECK_IN, check_in.id)
    else:
        subject = Subject(SubjectKind.WAITING, person_id)
        records.details.purge_waiting(now - WAITS_FOR_START)
    before = records.details.of(subject)
    _refuse_too_much(before, new, [] if new.files is None else records.details.of(new.files))
    at = new.at if check_in is not None else now  # one that came late waits no less long
    for kind, text in new.texts:
        records.details.add(subject, kind, at, text)
    if new.files is not None:
        records.details.move(new.files, subject, at)
    _only_the_last_locations(records, subject)
    known = {entry.id for entry in before}
    after = records.details.of(subject)
    if check_in is not None:
        if check_in.alerting_since is not None:
            check_in = with_news(check_in, now, known_about(records, check_in, now, timing))
            records.check_ins.save(check_in)
        scene = Scene(records, check_in, check_in, now, timing)
        send_addition(scene, [entry for entry in after if entry.id not in known])
    add_to_alarms(records, person_id, subject, known, now, timing)
    return Kept(check_in, len(after))


def waiting_ids(records: Records, person_id: str) -> frozenset[str]:
    """The entries that wait for her next start: the buddies of an open alarm have been told of them."""
    return frozenset(entry.id for entry in records.details.of(Subject(SubjectKind.WAITING, person_id)))


def take_waiting(records: Records, person_id: str, check_in_id: str, begun_at: datetime) -> int:
    """Give a check-in that has just begun what waited for it; returns how many entries that are. `begun_at`: for a
    start that had to wait it is when Signal had it (aware UTC)."""
    records.details.purge_waiting(begun_at - WAITS_FOR_START)
    waiting = Subject(SubjectKind.WAITING, person_id)
    count = len(records.details.of(waiting))
    records.details.move(waiting, Subject(SubjectKind.CHECK_IN, check_in_id))
    return count


def _refuse_too_much(before: Sequence[Entry], new: ToKeep, files: Sequence[Entry]) -> None:
    text_left = TEXT_LIMIT - sum(entry.size for entry in before if entry.kind in _TEXTS)
    if sum(len(text) for kind, text in new.texts if kind in _TEXTS) > max(text_left, 0):
        raise Refused("note.too_long", {"left": max(text_left, 0)})
    files_left = ATTACHMENTS_LIMIT - sum(entry.kind is EntryKind.ATTACHMENT for entry in before)
    if len(files) > max(files_left, 0):
        raise Refused("note.too_many", {"left": max(files_left, 0)})


def _only_the_last_locations(records: Records, subject: Subject) -> None:
    """The newest place is worth the most: it is never refused, an old one goes instead."""
    locations = [entry for entry in records.details.of(subject) if entry.kind is EntryKind.LOCATION]
    for entry in locations[:-LOCATIONS_LIMIT]:
        records.details.erase_entry(entry.id)
