"""The page behind F1."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

_TEXT = """\
[b]Practice[/b]

The real bot runs in this terminal, with pretend phones. Nothing leaves this machine, and nothing is kept.

[b]An evening to try[/b]
1. In Ana's phone type [b]/start 2h[/b] and press Enter. What follows on the next lines (Ctrl+J begins one) is \
for Bo, in case Ana does not come back.
2. Tab to Bo's phone, F2 to the group, F3: 👍.
3. F8 until the timer has ended and Bo is alerted. Bo: [b]on it[/b]
4. Ana is back after all: the word that ends the timer, [b]purple giraffe[/b]. Bo gets the all-clear.
5. Once more, and cut off the bot (F10) before the timer ends. Or Bo's phone (F9).

[b]Keys[/b]
Tab, Shift+Tab   the other phone
F2               next chat of this phone (or click on it)
F3               👍 to the last message here, or take it back
F4               a third phone, Cy's
F5  F6  F7       1 minute, 10 minutes, 1 hour pass
F8               time passes until something comes to a phone
F9               cut off this phone, or connect it again
F10              cut off the bot from Signal, or connect it again
Ctrl+J           a new line in the message
Page Up, Down    older and newer messages
Ctrl+Q           end practice

No function keys? Escape, then the digit does the same (0 is F10). Escape again: write on.

[b]Good to know[/b]
[b]/help[/b] in a chat with the bot lists what it understands. In a message, [b]{code}[/b] stands for the invite code \
that was shown last: Ana sends /invite, Cy sends /join {code}.
"buddy practice --fresh" begins with nobody paired.

Escape closes this page."""


class Help(ModalScreen[None]):
    """Closes with Escape, F1 or Enter."""

    BINDINGS = [("escape,f1,enter,q", "dismiss", "Close")]  # noqa: RUF012 (Textual's way)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll():
            yield Static(_TEXT)
