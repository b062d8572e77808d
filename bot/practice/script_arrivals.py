"""What reached the phones since the last look, once for everybody who got the same."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.practice.sample_files import as_shown
from bot.practice.script_transcript import Audience, Entry, Transcript, quoted
from bot.practice.stand_in_content import BOT, Event
from bot.practice.stand_in_phone import StandInPhone

_LATE = timedelta(minutes=1)
_Key = tuple[str | None, str | None, str | None, int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A text on somebody's phone."""

    who: str
    group_id: str | None
    text: str
    entry: Entry


class Arrivals:
    """Reads the phones' histories on, and puts what the bot wrote into the transcript."""

    def __init__(self, clock: Clock, transcript: Transcript) -> None:
        self._clock = clock
        self._transcript = transcript
        self._read: dict[str, int] = {}
        self._texts: dict[int, str] = {}  # by the bot's timestamp
        self._shown: set[_Key] = set()
        self._members: dict[str, tuple[str, ...]] = {}

    def remember(self, timestamp: int, text: str) -> None:
        """Somebody sent this; a reaction to it may come."""
        self._texts[timestamp] = text

    def skip(self, phones: Iterable[StandInPhone]) -> None:
        """What has come so far is not shown."""
        for phone in phones:
            self._read[phone.name] = len(phone.history)
            for chat in phone.chats():
                if chat.group_id:
                    self._transcript.group_titles[chat.group_id] = chat.title
                    self._members[chat.group_id] = chat.members

    def take(self, phones: Iterable[StandInPhone]) -> list[Arrived]:
        """What is new. The texts among it are returned, everything is put into the transcript."""
        arrived: list[Arrived] = []
        for phone in phones:
            fresh = phone.history[self._read.get(phone.name, 0) :]
            self._read[phone.name] = len(phone.history)
            for event in fresh:
                arrived += self._take(phone, event)
        return arrived

    def _take(self, phone: StandInPhone, event: Event) -> list[Arrived]:
        if event.event != "message":
            return []
        if event.kind == "group_update":
            self._group(event)
            return []
        entry = self._entry(phone, event)
        if entry is None:
            return []
        if event.sender == BOT:
            self._show(phone, event, entry)
        is_text = event.kind in ("text", "edit")
        return [Arrived(phone.name, event.group_id, entry.text, entry)] if is_text else []

    def _entry(self, phone: StandInPhone, event: Event) -> Entry | None:
        at = self._moment(event)
        audience = Audience(None if event.group_id else phone.name, event.group_id)
        if event.kind == "delete":
            return Entry(at, event.sender, audience, "", (_sent(int(event.data["target_timestamp"])),))
        text = self._text(event)
        return Entry(at, event.sender, audience, text) if text else None

    def _text(self, event: Event) -> str:
        if event.kind == "reaction":
            reaction = event.data["reaction"]
            before = quoted(self._texts.get(reaction["timestamp"], ""))
            return (
                f"(takes back {reaction['emoji']} from {before})"
                if reaction["remove"]
                else (f"{reaction['emoji']} to {before}")
            )
        files = [as_shown(a["content_type"], a.get("filename")) for a in event.data.get("attachments", ())]
        text = "\n".join([*filter(None, [event.body]), *files])
        self._texts[event.timestamp] = text
        return f"{text}{' (edited)' if event.kind == 'edit' else ''}"

    def _show(self, phone: StandInPhone, event: Event, entry: Entry) -> None:
        target = event.data.get("target_timestamp", event.timestamp) if event.kind == "delete" else event.timestamp
        key = (event.kind, event.group_id, None if event.group_id else phone.name, target)
        late = entry.at - _sent(event.timestamp) >= _LATE
        if key not in self._shown:
            self._shown.add(key)
            if late and entry.text:
                sent = self._transcript.clock_time(_sent(event.timestamp))
                entry = Entry(entry.at, entry.sender, entry.audience, f"(sent {sent}) {entry.text}")
            self._transcript.add(entry)
        elif late and entry.text:
            text = f"(only now on {phone.name}'s phone: {quoted(entry.text)})"
            self._transcript.add(Entry(entry.at, entry.sender, entry.audience, text))

    def _group(self, event: Event) -> None:
        group = event.data.get("group")
        if not group:
            return
        group_id, members = group["group_id"], tuple(member["name"] or "?" for member in group["members"])
        before = self._members.get(group_id)
        self._transcript.group_titles[group_id] = group["title"]
        self._members[group_id] = members
        audience = Audience(None, group_id)
        if before is None:
            others = [name for name in members if name != BOT]
            text = f'(makes the group "{group["title"]}" with {" and ".join(others)})'
            self._transcript.add(Entry(self._moment(event), event.sender, audience, text))
            return
        for gone in (name for name in before if name not in members and name != BOT):
            self._transcript.add(Entry(self._moment(event), event.sender, audience, f"({gone} is no longer in it)"))

    def _moment(self, event: Event) -> datetime:
        ago = asyncio.get_running_loop().time() - event.at
        return self._clock.now() - timedelta(seconds=ago)


def _sent(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp / 1000, UTC)
