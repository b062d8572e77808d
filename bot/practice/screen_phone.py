"""One phone on the screen: its chats, the open one, and where its owner writes."""

from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static, TextArea

from bot.practice.screen_bubbles import FAINT, Paper, paint, preview, title
from bot.practice.screen_view import PhoneView
from bot.practice.stand_in_chats import Chat

_NEW_LINE = ("ctrl+j", "shift+enter", "alt+enter")


class WriteBox(TextArea):
    """Enter sends; Ctrl+J begins a new line."""

    class Sent(Message):
        """What was written."""

        def __init__(self, box: "WriteBox", text: str) -> None:
            super().__init__()
            self.box = box
            self.text = text

        @property
        def control(self) -> "WriteBox":
            return self.box

    class CutOff(Message):
        """Nothing can be sent."""

    sending = True
    """Whether what is written leaves the phone."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            if not self.sending:
                self.post_message(self.CutOff())
            elif self.text.strip():
                self.post_message(self.Sent(self, self.text.strip()))
                self.text = ""
        elif event.key in _NEW_LINE:
            event.prevent_default()
            event.stop()
            self.insert("\n")
        else:
            await super()._on_key(event)


class ChatList(Static):
    """One row for each chat; a click opens it."""

    class Chosen(Message):
        """`row` counts from 0."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def on_click(self, event: events.Click) -> None:
        """Tell which row it was."""
        self.post_message(self.Chosen(event.y))


class Paperwork(VerticalScroll, can_focus=False):
    """Where the messages stand; the mouse wheel and Page Up move it."""


class PhonePanel(Vertical):
    """A phone. Its owner's name is on the frame."""

    class Writes(Message):
        """The owner sends something in the open chat."""

        def __init__(self, name: str, group_id: str | None, text: str) -> None:
            super().__init__()
            self.phone_name = name
            self.group_id = group_id
            self.text = text

    def __init__(self, view: PhoneView, zone: ZoneInfo) -> None:
        super().__init__(classes="phone")
        self.view = view
        self.group_id: str | None = None
        self._zone = zone
        self._read: dict[str | None, int] = {}
        self._list = ChatList(classes="chats", markup=False)
        self._paper = Static(classes="paper", markup=False)
        self._messages = Paperwork(self._paper, classes="messages")
        self.box = WriteBox(classes="write", compact=True, highlight_cursor_line=False, soft_wrap=True)

    def compose(self) -> ComposeResult:
        """Chats above, messages in the middle, the input below."""
        yield self._list
        yield self._messages
        yield self.box

    def on_mount(self) -> None:
        """The newest message stays in sight, and nothing blinks."""
        self.border_title = self.view.name
        self.box.cursor_blink = False
        self._messages.anchor()
        self.show(self.view)

    def on_resize(self) -> None:
        """Lines break anew."""
        self.show(self.view)

    def show(self, view: PhoneView) -> None:
        """Show the phone as it stands now."""
        self.view = view
        if all(chat.group_id != self.group_id for chat in view.chats):
            self.group_id = None
        self._read[self.group_id] = len(self.chat.messages)
        width = max(self._messages.scrollable_content_region.width, 1)
        self._list.update(self._chat_rows(self.content_size.width))
        self._paper.update(paint(view, self.chat, Paper(width, self._zone)))
        self.box.sending = view.online
        self.box.placeholder = f"To {title(self.chat)}; Enter sends" if view.online else "Cut off; F9 connects again"
        self.border_subtitle = "" if view.online else "cut off"
        self.set_class(not view.online, "off")

    @property
    def chat(self) -> Chat:
        """The open one."""
        return next(chat for chat in self.view.chats if chat.group_id == self.group_id)

    def open_next_chat(self) -> None:
        """The one below, or the first again."""
        self._open(self.view.chats.index(self.chat) + 1)

    def scroll(self, pages: int) -> None:
        """Look at older messages, or at newer ones again."""
        if pages < 0:
            self._messages.scroll_page_up(animate=False)
        else:
            self._messages.scroll_page_down(animate=False)

    def on_chat_list_chosen(self, chosen: ChatList.Chosen) -> None:
        """Open what was clicked."""
        chosen.stop()
        self._open(chosen.row)

    def on_write_box_sent(self, sent: WriteBox.Sent) -> None:
        """Say where it is to go."""
        sent.stop()
        self.post_message(self.Writes(self.view.name, self.group_id, sent.text))

    def _open(self, place: int) -> None:
        self.group_id = self.view.chats[place % len(self.view.chats)].group_id
        self.show(self.view)
        self._messages.anchor()

    def _chat_rows(self, width: int) -> Text:
        rows = []
        for chat in self.view.chats:
            is_open = chat.group_id == self.group_id
            unread = len(chat.messages) - self._read.get(chat.group_id, 0)
            count = f" {unread} new " if unread > 0 else " "
            name = f" {'▸' if is_open else ' '} {title(chat)}  "
            room = max(0, width - cell_len(name) - cell_len(count))
            row = Text.assemble(
                (name, "bold"),
                (set_cell_size("" if is_open else preview(chat, self.view), room), FAINT),
                (count, "bold #e3c78a"),
            )
            row.stylize("on #3a4654" if is_open else "")
            rows.append(row)
        return Text("\n").join(rows)
