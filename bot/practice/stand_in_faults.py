"""What can go wrong between the bot and the stand-in, by order or by chance."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Any


@dataclass(slots=True)
class Disturbance:
    """How incoming things suffer. Shares are chances between 0 and 1, tried in this order."""

    drop: float = 0.0
    """Never arrives."""
    duplicate: float = 0.0
    """Arrives twice, the second time after a delay."""
    delay: float = 0.0
    """Arrives late, and so perhaps after what was sent later."""
    reorder: float = 0.0
    """Changes places with the next to arrive."""
    delay_seconds: tuple[float, float] = (0.5, 5.0)
    """The shortest and the longest delay."""

    @property
    def is_calm(self) -> bool:
        return not (self.drop or self.duplicate or self.delay or self.reorder)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one incoming thing: when its copies arrive, in seconds from now."""

    arrivals: Sequence[float] = (0.0,)
    held_back: bool = False
    """Waits for the next one to go first."""


class CallFate(Enum):
    """What becomes of a call."""

    REFUSE = "refuse"
    HANG = "hang"
    DELAY = "delay"
    DIE = "die"


@dataclass(slots=True)
class CallFault:
    """A rule about calls of one method, or of every method."""

    method: str | None
    fate: CallFate
    times: int | None
    """How often it still applies; None: until cleared."""
    share: float
    after_effect: bool
    """The call is carried out, only its answer suffers."""
    seconds: float = 0.0
    code: int = -1
    message: str = ""


class Faults:
    """Everything that goes wrong on purpose. Nothing does until told so. Same seed, same mishaps."""

    def __init__(self, random: Random | None = None) -> None:
        self._random = random or Random(0)  # noqa: S311 (mishaps must be repeatable, not unguessable)
        self.messages = Disturbance()
        self.receipts = Disturbance()
        self._calls: list[CallFault] = []
        self._die_at_message: bool | None = None

    def refuse(
        self,
        method: str | None = None,
        *,
        code: int = -1,
        message: str = "Refused",
        times: int | None = 1,
        share: float = 1.0,
        after_effect: bool = False,
    ) -> None:
        """Answer calls with an error. `after_effect`: although they were carried out."""
        rule = CallFault(method, CallFate.REFUSE, times, share, after_effect, code=code, message=message)
        self._calls.append(rule)

    def hang(
        self,
        method: str | None = None,
        *,
        times: int | None = 1,
        share: float = 1.0,
        after_effect: bool = False,
    ) -> None:
        """Never answer calls. `after_effect`: although they were carried out."""
        self._calls.append(CallFault(method, CallFate.HANG, times, share, after_effect))

    def delay(
        self,
        method: str | None,
        seconds: float,
        *,
        times: int | None = None,
        share: float = 1.0,
        after_effect: bool = False,
    ) -> None:
        """Carry calls out late, or (`after_effect`) answer them late."""
        self._calls.append(CallFault(method, CallFate.DELAY, times, share, after_effect, seconds))

    def die_at_call(self, method: str | None = None, *, after_effect: bool = False) -> None:
        """End signal-cli at the next such call. `after_effect`: just before it would have answered."""
        self._calls.append(CallFault(method, CallFate.DIE, 1, 1.0, after_effect))

    def die_at_message(self, *, lose: bool) -> None:
        """End signal-cli with the next incoming message in hand; `lose`: nobody sees that message again."""
        self._die_at_message = lose

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.messages = Disturbance()
        self.receipts = Disturbance()
        self._calls.clear()
        self._die_at_message = None

    # --- asked by the stand-in

    def for_call(self, method: str) -> CallFault | None:
        """What becomes of this call; None: all is well."""
        for rule in self._calls:
            if rule.method in (None, method) and self._happens(rule.share):
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times <= 0:
                        self._calls.remove(rule)
                return rule
        return None

    def for_arrival(self, *, is_receipt: bool) -> Fate:
        """What becomes of something that comes in."""
        disturbance = self.receipts if is_receipt else self.messages
        if disturbance.is_calm:
            return Fate()
        if self._happens(disturbance.drop):
            return Fate(())
        if self._happens(disturbance.duplicate):
            return Fate((0.0, self._random.uniform(*disturbance.delay_seconds)))
        if self._happens(disturbance.delay):
            return Fate((self._random.uniform(*disturbance.delay_seconds),))
        return Fate(held_back=self._happens(disturbance.reorder))

    def take_death(self) -> bool | None:
        """Whether signal-cli dies now with a message in hand: None no, True the message is lost with it."""
        lose, self._die_at_message = self._die_at_message, None
        return lose

    def _happens(self, share: float) -> bool:
        return share >= 1 or (share > 0 and self._random.random() < share)


@dataclass(slots=True)
class ServerFault:
    """An answer of Signal's server that was asked for in advance."""

    fault_id: int
    path: re.Pattern[str]
    status: int
    method: str | None
    body: Any
    headers: dict[str, str]
    times: int | None


@dataclass(slots=True)
class ServerFaults:
    """Refusals of Signal's server, by request path."""

    _faults: list[ServerFault] = field(default_factory=list)
    _last_id: int = 0

    def add(
        self, path: str, status: int, method: str | None, body: Any, headers: dict[str, str], times: int | None
    ) -> int:
        """Returns the fault's id. `path` is a regular expression."""
        self._last_id += 1
        fault = ServerFault(self._last_id, re.compile(path), status, method, body, headers, times)
        self._faults.append(fault)
        return fault.fault_id

    def clear(self, ids: Sequence[int]) -> None:
        """Take back these, or all if none is named."""
        self._faults = [fault for fault in self._faults if ids and fault.fault_id not in ids]

    def match(self, method: str, path: str) -> ServerFault | None:
        """The fault that answers this request, counted as used."""
        fault = next((f for f in self._faults if f.method in (None, method) and f.path.search(path)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
        return fault
