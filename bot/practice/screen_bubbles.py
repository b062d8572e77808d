"""A chat as rows of text in colours: own messages on the right, others on the left."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.text import Text

from bot.practice.screen_view import PhoneView
from bot.practice.stand_in_chats import Chat, ChatMessage
from bot.practice.stand_in_content import BOT

OWN = "#e6edf3 on #2d4a5a"
OTHER = "#e6e8eb on #343b45"
OTHER_AGAIN = "#e6e8eb on #2c323b"
"""Every second one, so that messages one below the other can be told apart."""
FAINT = "#8d97a3"
SENDER = "#9cc3b5"
_TICKS = {"sent": "✓", "delivered": "✓✓", "read": "✓✓ read"}
_ROOM, _ROOM_IF_NARROW, _NARROW = 0.86, 0.95, 50
"""How much of the width a bubble may take, and from where on it is wide."""
_LEAST_ROOM = 18


@dataclass(frozen=True, slots=True)
class Paper:
    """What is painted on. `width` in cells."""

    width: int
    zone: ZoneInfo

    @property
    def room(self) -> int:
        """For the text of a bubble."""
        share = _ROOM if self.width >= _NARROW else _ROOM_IF_NARROW
        return min(self.width - 2, max(_LEAST_ROOM, int(self.width * share) - 2))


def paint(phone: PhoneView, chat: Chat, paper: Paper) -> Text:
    """All messages of a chat."""
    rows: list[Text] = []
    day = ""
    before: ChatMessage | None = None
    colour = OTHER
    for message in chat.messages:
        local = message.at.astimezone(paper.zone)
        if (today := f"{local:%A}, {local.day} {local:%B}") != day:
            rows.append(Text(_centred(today, paper.width), FAINT))
            day, before = today, None
        if chat.group_id and not message.is_own and (before is None or before.sender != message.sender):
            rows.append(Text(f" {message.sender}", SENDER))
        colour = OTHER_AGAIN if before is not None and not before.is_own and colour == OTHER else OTHER
        is_deleted = (message.sender, message.timestamp) in phone.deleted
        rows += _bubble(message, paper, OWN if message.is_own else colour, deleted=is_deleted)
        before = message
    if not rows:
        rows.append(Text(_centred("No messages yet", paper.width), FAINT))
    return Text("\n").join(rows)


def title(chat: Chat) -> str:
    """What a chat is called."""
    return chat.title or "(no title)"


def _bubble(message: ChatMessage, paper: Paper, colour: str, *, deleted: bool) -> list[Text]:
    if deleted:
        return [_at_side(Text(f" (deleted)  {_clock(message.at, paper.zone)} ", f"italic {FAINT}"), message, paper)]
    lines = [row for line in message.text.split("\n") for row in wrapped(line, paper.room)] if message.text else []
    lines += message.attachments or ([] if lines else [""])
    meta = _meta(message, paper.zone)
    if cell_len(lines[-1]) + 2 + cell_len(meta) > paper.room:
        lines.append("")
    width = max(cell_len(line) for line in [*lines[:-1], f"{lines[-1]}  {meta}"])
    last = lines[-1] + " " * (width - cell_len(lines[-1]) - cell_len(meta))
    rows = [_row(line, "", width, colour) for line in lines[:-1]] + [_row(last, meta, width, colour)]
    if message.reactions:
        rows.append(Text(" " + "  ".join(f"{emoji} {who}" for who, emoji in message.reactions.items()), SENDER))
    return [_at_side(row, message, paper) for row in rows]


def _row(text: str, meta: str, width: int, colour: str) -> Text:
    fill = " " * (width - cell_len(text) - cell_len(meta))
    background = colour.partition("on ")[2]
    return Text.assemble((f" {text}{fill}", colour), (f"{meta} ", f"{FAINT} on {background}"))


def _at_side(row: Text, message: ChatMessage, paper: Paper) -> Text:
    if not message.is_own:
        return row
    return Text.assemble(" " * max(0, paper.width - row.cell_len), row)


def _meta(message: ChatMessage, zone: ZoneInfo) -> str:
    edited = "edited " if message.edited else ""
    ticks = f" {_TICKS[message.status]}" if message.is_own else ""
    return f"{edited}{_clock(message.at, zone)}{ticks}"


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def _centred(text: str, width: int) -> str:
    return " " * max(0, (width - cell_len(text)) // 2) + text


def wrapped(line: str, width: int) -> list[str]:
    """The line in rows of at most `width` cells, broken at spaces where possible."""
    rows = [""]
    for word in line.split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if cell_len(longer) <= width:
            rows[-1] = longer
            continue
        if rows[-1]:
            rows.append("")
        for letter in word:
            if cell_len(rows[-1] + letter) > width:
                rows.append("")
            rows[-1] += letter
    return rows


def preview(chat: Chat, phone: PhoneView) -> str:
    """The beginning of the last message, for the list of chats."""
    if not chat.messages:
        return ""
    last = chat.messages[-1]
    if (last.sender, last.timestamp) in phone.deleted:
        return "(deleted)"
    who = f"{last.sender}: " if chat.group_id and last.sender != BOT and not last.is_own else ""
    return who + " ".join([last.text.partition("\n")[0], *last.attachments]).strip()
