"""The keys of practice mode, and the line that shows them."""

from rich.text import Text
from textual.binding import Binding, BindingType

_ACTIONS = {
    1: "help",
    2: "next_chat",
    3: "react",
    4: "third_phone",
    5: "pass_time(60)",
    6: "pass_time(600)",
    7: "pass_time(3600)",
    8: "pass_until_something",
    9: "turn_phone",
    10: "turn_bot",
}
"""Number of the function key to what it does; seconds for time."""
_SHOWN = (
    ("F1", "help"),
    ("F2", "chat"),
    ("F3", "👍"),
    ("F4", "3rd"),
    ("F5", "1m"),
    ("F6", "10m"),
    ("F7", "1h"),
    ("F8", "next"),
    ("F9", "cut"),
    ("F10", "bot"),
    ("^Q", "end"),
)

FOR_PHONES = {action.partition("(")[0] for action in _ACTIONS.values()} | {"scroll", "lay_down"}
"""What makes no sense while a page lies above the phones."""


def bindings() -> list[BindingType]:
    """Function keys work while somebody writes, digits only while nobody does."""
    function_keys = [Binding(f"f{number}", action, show=False, priority=True) for number, action in _ACTIONS.items()]
    digits = [Binding(str(number % 10), action, show=False) for number, action in _ACTIONS.items()]
    return [
        *function_keys,
        *digits,
        Binding("escape", "lay_down", show=False),
        Binding("pageup", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(1)", show=False, priority=True),
        Binding("ctrl+q,ctrl+c", "quit", show=False, priority=True),
    ]


def key_line(width: int) -> Text:
    """Closer together where there is little room."""
    keys = [Text.assemble((key, "bold #d9dde2"), f" {what}") for key, what in _SHOWN]
    wide = Text("   ").join(keys)
    return wide if wide.cell_len <= width else Text(" ").join(keys)
