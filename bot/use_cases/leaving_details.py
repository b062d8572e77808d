"""What an alert says of what she left and of her plan, for a check-in's alert and for an alarm's alike.

Names, entries and plan are handed in, for an alarm has its own copy of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.cutting import cut
from bot.domain.details import Entry, EntryKind, Plan
from bot.domain.outgoing import Fact, Said
from bot.errors import SealBroken
from storage.records import Records

PART_BYTES = 1500
"""Bytes in one message: with the words around them it stays below the 2,000 that Signal carries."""
_WORDS_AROUND = 60
"""Bytes, generously, of what a line shows besides what she wrote."""


@dataclass(frozen=True)
class FileToSend:
    """An attachment that follows: the id of its entry, and what is said with it."""

    entry_id: str
    said: Said


@dataclass(frozen=True)
class Left:
    """What is told. `do_first`: the text with the first steps. `in_first`: the texts that end the first message.
    `messages` follow it, in order, each of a size that Signal carries whole; then come the `files`."""

    do_first: str
    in_first: tuple[str, ...]
    messages: tuple[Said, ...]
    files: tuple[FileToSend, ...]


def tell_of(names: Mapping[str, Fact], entries: Sequence[Entry], plan: Plan | None) -> Left:
    """What the alert to one buddy says. `names`: how the two call each other (`name`, `buddy`)."""
    details = "alert.no_details" if not entries else "alert.details_lost"
    readable = any(entry.text is not None for entry in entries)
    messages = _numbered(
        names,
        [
            *(_parts("alert.details", "details", _lines(entries)) if readable else ()),
            *(_parts("alert.plan", "plan", _cut(plan.text)) if plan is not None and plan.text is not None else ()),
        ],
        _police(plan),
    )
    return Left(
        do_first="alert.do_first" if plan is None or plan.text is None else "alert.do_first_plan",
        in_first=(*(() if readable else (details,)), *(() if messages else (_police(plan),))),
        messages=messages,
        files=_files(names, entries),
    )


def tell_added(names: Mapping[str, Fact], entries: Sequence[Entry]) -> Left:
    """What a buddy who has been alerted is told of what she left since."""
    parts = _parts("alert.added", "added", _lines(entries))
    messages = tuple(Said(part.text, {**names, **part.facts}) for part in parts)
    return Left(do_first="", in_first=(), messages=messages, files=_files(names, entries))


def plan_of(records: Records, person_id: str) -> Plan | None:
    """Her plan as it stands. Damage to it must not stop the alert."""
    try:
        text = records.people.plan(person_id)
    except SealBroken:
        return Plan(None)
    return None if text is None else Plan(text)


def _police(plan: Plan | None) -> str:
    if plan is None:
        return "alert.police"
    return "alert.police_lost" if plan.text is None else "alert.police_plan"


def _numbered(names: Mapping[str, Fact], parts: Sequence[Said], police: str) -> tuple[Said, ...]:
    """The first message is the alert itself; the last one says what holds about police."""
    parts_in_all = 1 + len(parts)
    messages = []
    for number, part in enumerate(parts, start=2):
        text = f"{part.text}|{police}" if number == parts_in_all else part.text
        messages.append(Said(text, {**names, **part.facts, "part": number, "parts": parts_in_all}))
    return tuple(messages)


def _parts(text: str, fact: str, lines: Iterator[tuple[Said, int]]) -> list[Said]:
    """The lines, as many to a message as fit."""
    parts: list[list[Said]] = []
    room = 0
    for line, size in lines:
        if not parts or size > room:
            parts.append([])
            room = PART_BYTES
        parts[-1].append(line)
        room -= size
    return [Said(text, {fact: tuple(part)}) for part in parts]


def _lines(entries: Sequence[Entry]) -> Iterator[tuple[Said, int]]:
    """What stands in the messages, with its size in bytes."""
    last_location = max((entry.at for entry in entries if entry.kind is EntryKind.LOCATION), default=None)
    for entry in entries:
        if entry.text is None:
            yield Said("detail.lost", {"at": entry.at}), _WORDS_AROUND
        elif entry.kind is EntryKind.LEFT:
            yield from _cut(entry.text)
        elif entry.kind is EntryKind.NOTE:
            first, *more = cut(entry.text, PART_BYTES - _WORDS_AROUND)
            yield Said("detail.note", {"at": entry.at, "line": first}), _bytes(first) + _WORDS_AROUND
            yield from (line for part in more for line in _cut(part))
        elif entry.kind is EntryKind.LOCATION:
            text = "detail.last_location" if entry.at == last_location else "detail.location"
            yield Said(text, {"at": entry.at, "link": entry.text}), _bytes(entry.text) + _WORDS_AROUND
        else:
            yield Said("detail.file", {"at": entry.at, "what_text": _what(entry)}), _WORDS_AROUND


def _cut(text: str | None) -> Iterator[tuple[Said, int]]:
    for part in cut(text or "", PART_BYTES):
        yield Said("detail.line", {"line": part}), _bytes(part)


def _files(names: Mapping[str, Fact], entries: Sequence[Entry]) -> tuple[FileToSend, ...]:
    return tuple(
        FileToSend(entry.id, Said("alert.file", {**names, "at": entry.at, "what_text": _what(entry)}))
        for entry in entries
        if entry.kind is EntryKind.ATTACHMENT and entry.text is not None
    )


def _what(entry: Entry) -> str:
    kind = entry.content_type.partition("/")[0]
    return {"image": "what.photo", "audio": "what.voice", "video": "what.video"}.get(kind, "what.file")


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
