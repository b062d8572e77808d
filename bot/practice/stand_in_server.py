"""Signal's server, as far as the stand-in needs it: who exists, what waits, who is refused."""

import asyncio
import hashlib
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.clock import Clock
from bot.practice.stand_in_content import JSON, Address, Content
from bot.practice.stand_in_faults import Faults, ServerFault, ServerFaults
from bot.practice.stand_in_groups import GroupBook, group_view

Network = Literal["up", "down", "stall"]

RECONNECT_AFTER = 1.0
"""Seconds that signal-cli needs at least to be connected again."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 51.2
"""Seconds between its attempts to connect, each pause twice the one before: when the network is back it stays deaf
until the next one is due (measured: 5 s after an outage of 20 s, 30 s after one of two minutes), though it can send."""
UNNOTICED_FOR = 60.0
"""Seconds until it finds out that a connection is dead which nobody has closed."""
_LONGEST_HOLD = 5.0
"""Seconds for which something waits to change places with the next."""


class UnknownPhoneError(Exception):
    """Nobody has a phone of that name."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something on its way to the bot."""

    sender: Address
    installation: int
    """Which installation of the sender's phone wrote it; another one has another identity key."""
    content: Content
    received_at: int
    """When the server got it, in milliseconds since 1970."""


class Receiver(Protocol):
    """A phone, seen from the server."""

    @property
    def address(self) -> Address: ...
    @property
    def registered(self) -> bool: ...
    @property
    def installation(self) -> int: ...
    def receive(self, sender: Address, content: Content) -> None: ...


class Stamps:
    """Sending times in milliseconds, which are also ids: one sender never uses the same twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self, wanted: int | None = None) -> int:
        """Now, or the wanted one."""
        self._last = max(milliseconds(self._clock), self._last + 1) if wanted is None else wanted
        return self._last


def milliseconds(clock: Clock) -> int:
    """The clock's time in milliseconds since 1970."""
    return round(clock.now().timestamp() * 1000)


def account_id(name: str) -> str:
    """An account id that is the same at every run."""
    return str(uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4))


class SignalServer:
    """Passes things on between the phones and signal-cli."""

    def __init__(self, clock: Clock, bot: Address, faults: Faults) -> None:
        self.clock = clock
        self.bot = bot
        self.groups = GroupBook()
        self.refusals = ServerFaults()
        self.mode: Network = "up"
        self.connected = True
        """Whether signal-cli's connection, if it wants one, stands."""
        self.mailbox: deque[Letter] = deque()
        self.on_letter: Callable[[], None] = lambda: None
        self.on_network: Callable[[], None] = lambda: None
        self.on_delivery: Callable[[str, Address, Content], None] = lambda _aci, _sender, _content: None
        """Told whatever the server accepts for a phone: account id, sender, content."""
        self._faults = faults
        self._held: Letter | None = None
        self._phones: dict[str, Receiver] = {}
        self._names = {bot.aci: bot.name}
        self._reconnections = 0
        self._trying_since = 0.0

    # --- who exists

    def add(self, phone: Receiver) -> None:
        """A phone more."""
        self._phones[phone.address.aci] = phone
        self._names[phone.address.aci] = phone.address.name

    def phone(self, aci: str) -> Receiver | None:
        """Whoever has this account id, registered or not."""
        return self._phones.get(aci)

    def by_number(self, number: str) -> str | None:
        """The account id behind a number, unless its owner hides it."""
        return next((aci for aci, phone in self._phones.items() if phone.address.shown_number == number), None)

    def aci_of(self, who: str) -> str:
        """The account id of a phone, given by name; an account id is returned as it is."""
        return next((aci for aci, name in self._names.items() if name == who), who)

    def view(self, group_id: str) -> JSON:
        """A group as it stands, in plain words. Raises KeyError."""
        return group_view(self.groups.get(group_id), self._names)

    # --- to the phones

    def deliver(self, aci: str, sender: Address, content: Content) -> None:
        """Hand something to a phone."""
        phone = self._phones.get(aci)
        if phone is not None:
            self.on_delivery(aci, sender, content)
            phone.receive(sender, content)

    def refusal(self, who: str, method: str = "PUT") -> ServerFault | None:
        """The fault, if any, that answers a message to this account id or to `multi_recipient`."""
        return self.refusals.match(method, f"/v1/messages/{who}")

    # --- to the bot

    def send_to_bot(self, sender: Receiver, content: Content, *, listening: bool) -> None:
        """Put something into the bot's mailbox; typing only if signal-cli is `listening`."""
        if content.event == "typing" and not listening:
            return
        letter = Letter(sender.address, sender.installation, content, milliseconds(self.clock))
        fate = self._faults.for_arrival(is_receipt=content.event == "receipt")
        if fate.held_back and self._held is None:
            self._held = letter
            asyncio.get_running_loop().call_later(_LONGEST_HOLD, self._let_go, letter)
            return
        for delay in fate.arrivals:
            if delay:
                asyncio.get_running_loop().call_later(delay, self._put, letter)
            else:
                self._put(letter)
        if self._held is not None:
            self._let_go(self._held)

    def _let_go(self, letter: Letter) -> None:
        if self._held is letter:
            self._held = None
            self._put(letter)

    def _put(self, letter: Letter) -> None:
        self.mailbox.append(letter)
        self.on_letter()

    # --- the network between signal-cli and the server

    @property
    def is_reachable(self) -> bool:
        return self.mode == "up"

    def set_network(self, mode: Network) -> None:
        """Cut, stall or mend the network. After a cut signal-cli is connected again when it tries again."""
        was, self.mode = self.mode, mode
        if mode == "down" and was != "down":
            self.connected = False
            self._trying_since = _loop_time()
        elif mode != "down" and was == "down":
            self._reconnect_in(max(RECONNECT_AFTER, _until_next_attempt(_loop_time() - self._trying_since)))
        self.on_network()

    def drop_connection(self) -> int:
        """Cut signal-cli's connection once. Returns how many there were."""
        dropped = int(self.connected)
        self.connected = False
        self._reconnect_in(RECONNECT_AFTER)
        return dropped

    def lose_connection(self) -> None:
        """The connection is dead, and signal-cli does not know: so it is when the host has slept."""
        self.connected = False
        self._reconnect_in(UNNOTICED_FOR)

    def connect_anew(self) -> None:
        """signal-cli, which had no use for a connection, wants one again: it tries at once."""
        if self.connected:
            return
        if self.mode == "down":
            self._trying_since = _loop_time()
        else:
            self._reconnect_in(0.0)

    def _reconnect_in(self, seconds: float) -> None:
        self._reconnections += 1
        asyncio.get_running_loop().call_later(seconds, self._reconnect, self._reconnections)

    def _reconnect(self, attempt: int) -> None:
        if attempt == self._reconnections and self.mode != "down":
            self.connected = True
            self.on_network()


def _until_next_attempt(tried_for: float) -> float:
    """Seconds until signal-cli tries again, when it has tried in vain for so long."""
    at, pause = FIRST_PAUSE, FIRST_PAUSE
    while at < tried_for:
        pause = min(2 * pause, LONGEST_PAUSE)
        at += pause
    return at - tried_for


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


def token(fault: ServerFault) -> Any:
    """The challenge that the server hands out with a 428."""
    return fault.body.get("token") if isinstance(fault.body, dict) else None
