"""`buddy practice`: pretend phones side by side in the terminal."""

import asyncio
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from bot.practice.screen_help import Help
from bot.practice.screen_hints import hint
from bot.practice.screen_keys import FOR_PHONES, bindings, key_line
from bot.practice.screen_phone import PhonePanel
from bot.practice.screen_view import View
from bot.practice.screen_world import World, WorldEnded

ENDED = 0
NOT_POSSIBLE = 2
THIRD = "Cy"
_ZONE = ZoneInfo("Europe/London")


class PracticeApp(App[None]):
    """Phones, a line with what to try, a line with how things stand, a line of keys."""

    CSS_PATH = "screen.tcss"
    TITLE = "buddy practice"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings()

    class WorldChanged(Message):
        """There is a new view."""

    class OrderDone(Message):
        """The world has done something; `then` takes the result."""

        def __init__(self, order: "Future[Any]", then: Callable[[Any], None]) -> None:
            super().__init__()
            self.order = order
            self.then = then

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._shown = world.view
        self._notice = ""
        self._panels = {phone.name: PhonePanel(phone, _ZONE) for phone in world.view.phones}
        self._held = next(iter(self._panels.values()))
        self._hint = Static(id="hint", markup=False)
        self._phones = Horizontal(*self._panels.values(), id="phones")
        self._state = Static(id="status", markup=False)
        self._keys = Static(id="keys", markup=False)
        self.orders: set[Future[Any]] = set()
        """What the world has not done yet."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self._hint
        yield self._phones
        yield self._state
        yield self._keys

    def on_mount(self) -> None:
        """Begin to listen to the world."""
        self._world.on_change = self._announce
        if not self.is_headless:
            for ending in (signal.SIGTERM, signal.SIGHUP):  # a closed window should leave nothing behind
                asyncio.get_running_loop().add_signal_handler(ending, self.exit)
        self.set_interval(0.5, self._show_lines)
        self._held.box.focus()
        self._show_lines()

    def on_resize(self) -> None:
        """The lines fit the new width."""
        self._show_lines()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._world.on_change = lambda: None

    async def on_practice_app_world_changed(self) -> None:
        """Show it."""
        view = self._shown = self._world.view
        for phone in view.phones:
            if phone.name in self._panels:
                self._panels[phone.name].show(phone)
            else:
                panel = self._panels[phone.name] = PhonePanel(phone, _ZONE)
                await self._phones.mount(panel)
        self._show_lines()

    def on_phone_panel_writes(self, writes: PhonePanel.Writes) -> None:
        """Hand it to the world."""
        self._order(self._world.send(writes.phone_name, writes.group_id, writes.text))

    def on_write_box_cut_off(self) -> None:
        """Say why nothing happens."""
        self._notice = f"{self._in_hand.view.name}'s phone is cut off: F9 connects it again."
        self._show_lines()

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a page is open above the phones, keys are not for them."""
        del parameters
        return len(self.screen_stack) == 1 or action not in FOR_PHONES

    def action_lay_down(self) -> None:
        """Stop writing, so that digits stand for function keys; or write again."""
        if self.focused is None:
            self._held.box.focus()
        else:
            self._held = self._in_hand
            self.set_focus(None)

    def action_help(self) -> None:
        """Show the page that explains everything."""
        self.push_screen(Help())

    def action_next_chat(self) -> None:
        """Of the phone in hand."""
        self._in_hand.open_next_chat()

    def action_react(self) -> None:
        """With 👍, in the open chat."""
        if not self._in_hand.view.online:
            self.on_write_box_cut_off()
            return
        self._order(self._world.react(self._in_hand.view.name, self._in_hand.group_id))

    def action_third_phone(self) -> None:
        """Once."""
        if self._shown.phone(THIRD) is None:
            self._order(self._world.add_phone(THIRD))

    def action_pass_time(self, seconds: float) -> None:
        """At once."""
        self._order(self._world.pass_time(seconds))

    def action_pass_until_something(self) -> None:
        """At most some hours."""
        self._order(self._world.pass_until_something(), self._tell_what_came)

    def action_turn_phone(self) -> None:
        """The one in hand."""
        self._order(self._world.turn_phone(self._in_hand.view.name))

    def action_turn_bot(self) -> None:
        """Off and on."""
        self._order(self._world.turn_bot())

    def action_scroll(self, pages: int) -> None:
        """In the phone in hand."""
        self._in_hand.scroll(pages)

    # --- how it is done

    @property
    def _in_hand(self) -> PhonePanel:
        """The phone that has the focus, or had it last."""
        self._held = next((panel for panel in self._panels.values() if panel.has_focus_within), self._held)
        return self._held

    def _order(self, order: "Future[Any]", then: Callable[[Any], None] = lambda _: None) -> None:
        self._notice = ""
        self.orders.add(order)
        order.add_done_callback(partial(self._announce_done, then))
        self._show_lines()

    def _announce(self) -> None:
        self.post_message(self.WorldChanged())

    def _announce_done(self, then: Callable[[Any], None], order: "Future[Any]") -> None:
        self.post_message(self.OrderDone(order, then))

    def on_practice_app_order_done(self, done: OrderDone) -> None:
        """Say what came of it."""
        order, then = done.order, done.then
        self.orders.discard(order)
        if order.cancelled():
            return
        if error := order.exception():
            what = str(error) if isinstance(error, WorldEnded) else f"That did not work ({type(error).__name__})."
            self._notice = what
        else:
            then(order.result())
        self._show_lines()

    def _tell_what_came(self, came: bool) -> None:
        if not came:
            self._notice = "Nothing happened for eight hours."

    def _show_lines(self) -> None:
        width = self.size.width - 2
        self._hint.update(hint(self._shown))
        self._state.update(self._status(width))
        self._keys.update(key_line(width))

    def _status(self, width: int) -> Text:
        now = f"{_local(self._world.now()):%a %H:%M}"
        waiting = "  time passes …" if self.orders else ""
        left = Text.assemble((now, "bold"), waiting, f"  {self._notice}" if self._notice else "")
        cut = _cut(self._shown)
        right = Text(cut, "#e0a58c") if cut else Text("all connected", "#9cc3b5")
        return Text.assemble(left, " " * max(2, width - cell_len(left.plain) - cell_len(right.plain)), right)


def _local(at: datetime) -> datetime:
    return at.astimezone(_ZONE)


def _cut(view: View) -> str:
    cut = [f"{phone.name}'s phone" for phone in view.phones if not phone.online]
    if not view.bot_connected:
        cut.append("the bot")
    return f"cut off: {', '.join(cut)}" if cut else ""


def show(*, paired: bool = True) -> int:
    """Practise until the user ends it. Returns the exit code: 0, or 2 when there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stderr.write(
            "Practice needs a terminal. Without one, play a script: buddy practice --script docs/tours/03-overdue.txt\n"
        )
        return NOT_POSSIBLE
    world = World(paired=paired)
    try:
        world.open()
        PracticeApp(world).run()
    except WorldEnded as ended:
        sys.stderr.write(f"{ended}\n")
        return NOT_POSSIBLE
    finally:
        world.close()
    return ENDED
