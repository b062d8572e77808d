"""A conversation on paper: who wrote what to whom, and when."""

import textwrap
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

WIDTH = 92
_QUOTE_AT_MOST = 40
_ONE_GO = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Audience:
    """The bot and one person, or a group. A group is called by its title where there are several."""

    person: str | None = None
    group_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `at` is aware."""

    at: datetime
    sender: str | None
    """None: nobody wrote; `text` says what happened."""
    audience: Audience
    text: str
    deleted: tuple[datetime, ...] = ()
    """The sender took back what was sent then."""


def quoted(text: str) -> str:
    """The beginning of a message, to say which one is meant."""
    line = text.partition("\n")[0]
    return f'"{line}"' if len(line) <= _QUOTE_AT_MOST else f'"{line[:_QUOTE_AT_MOST].rstrip()}…"'


class Transcript:
    """Entries, put into the order of time when they are shown."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._entries: list[Entry] = []
        self.group_titles: dict[str, str] = {}
        """Signal's group id to title."""

    def add(self, entry: Entry) -> None:
        """One more."""
        self._entries.append(entry)

    def narrate(self, at: datetime, text: str) -> None:
        """A word to the reader, in a paragraph of its own."""
        self.add(Entry(at, None, Audience(), f"\n{text}"))

    def note(self, at: datetime, text: str) -> None:
        """Something that happened without a message."""
        self.add(Entry(at, None, Audience(), text))

    def clock_time(self, at: datetime) -> str:
        """`22:05` in the zone of this evening."""
        return f"{at.astimezone(self._zone):%H:%M}"

    def show(self) -> str:
        """The whole conversation. Ends with a newline."""
        entries = _deletions_joined(sorted(self._entries, key=lambda entry: entry.at))
        heads = [self._head(entry) for entry in entries]
        column = max((len(head) for head in heads), default=0)
        lines: list[str] = []
        day = ""
        for entry, head in zip(entries, heads, strict=True):
            local = entry.at.astimezone(self._zone)
            today = f"{local:%A}, {local.day} {local:%B %Y}"
            if today != day:
                lines += [*([""] if day else []), f"{today} ({self._zone.key})", ""]
                day = today
            lines += self._rows(entry, head, column)
        return "\n".join(_single_gaps(lines)).strip() + "\n"

    def one(self, entry: Entry) -> str:
        """A single entry, for a message about it."""
        head = self._head(entry)
        return "\n".join(self._rows(entry, head, len(head)))

    def _head(self, entry: Entry) -> str:
        if entry.sender is None:
            return ""
        person, group = entry.audience.person, entry.audience.group_id
        return f"{entry.sender} → {person or self._group_name(group)}"

    def _group_name(self, group_id: str | None) -> str:
        if len(self.group_titles) < 2:
            return "group"
        return f"group {self.group_titles.get(group_id or '', '')}"

    def _rows(self, entry: Entry, head: str, column: int) -> list[str]:
        if entry.text.startswith("\n"):
            return ["", *textwrap.wrap(entry.text.strip(), WIDTH), ""]
        text = entry.text or self._deletion(entry)
        start = f"{self.clock_time(entry.at)}  "
        if entry.sender is not None:
            start += f"{head:<{column}}  "
        rows = [row for line in text.split("\n") for row in _wrapped(line, WIDTH - len(start))]
        return [start + rows[0], *(" " * len(start) + row for row in rows[1:])]

    def _deletion(self, entry: Entry) -> str:
        times = [self.clock_time(at.astimezone(UTC)) for at in sorted(entry.deleted)]
        plural = "s" if len(times) > 1 else ""
        return f"(deletes the message{plural} of {', '.join(dict.fromkeys(times))})"


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def _single_gaps(lines: list[str]) -> list[str]:
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]


def _deletions_joined(entries: list[Entry]) -> list[Entry]:
    """Messages taken back from the same people in one go become one entry, where the last one stood."""
    joined: list[Entry] = []
    for entry in entries:
        same = [other for other in entries if _one_go(entry, other)] if entry.deleted else [entry]
        if entry is same[-1]:
            joined.append(replace(entry, deleted=tuple(at for other in same for at in other.deleted)))
    return joined


def _one_go(entry: Entry, other: Entry) -> bool:
    same_people = (entry.sender, entry.audience) == (other.sender, other.audience)
    return same_people and bool(other.deleted) and abs(entry.at - other.at) <= _ONE_GO
