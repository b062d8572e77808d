"""The world behind the screen of practice mode: the real bot and pretend phones, in a thread of their own."""

import asyncio
import io
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.practice.evening import Evening, evening
from bot.practice.paired_people import INVITE_CODE, PairedPeople
from bot.practice.screen_view import Memory, View
from bot.practice.stand_in_content import BOT
from bot.practice.virtual_time import VirtualClock, VirtualTimeLoop

T = TypeVar("T")

WORD = "purple giraffe"
CODE = "{code}"
"""Stands for the invite code that was shown last."""
BEGINS = datetime(2027, 3, 5, 19, 59, tzinfo=UTC)
SHOWN_FROM = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)

_STEP = 10.0  # seconds
_LOOK_AHEAD = 8 * 3600.0


class WorldEnded(Exception):  # noqa: N818 (says what is wrong)
    """The world has stopped, or could not begin."""


class World:
    """May be used from any thread. Orders return a future; `on_change` is called in the world's own thread."""

    def __init__(self, *, paired: bool = True, standing: bool = False) -> None:
        """`standing`: time passes by `pass_time` alone."""
        self.view = View(SHOWN_FROM)
        self.on_change: Callable[[], None] = lambda: None
        self._paired = paired
        self._standing = standing
        self._thread = threading.Thread(target=self._run, name="practice-world", daemon=True)
        self._ready = threading.Event()
        self._loop: VirtualTimeLoop | None = None
        self._failure: BaseException | None = None

    def open(self) -> None:
        """Begin, and return when the first view is there. Raises WorldEnded."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            why = str(self._failure) or type(self._failure).__name__
            raise WorldEnded(f"Practice could not begin: {why}") from self._failure

    def close(self) -> None:
        """End it and take its files away. Closing twice is allowed."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join()
            self._loop = None

    # --- orders

    def send(self, name: str, group_id: str | None, text: str) -> "Future[None]":
        """Write from this phone, to the bot or to a group."""
        return self._order(lambda: self._send(name, group_id, text))

    def react(self, name: str, group_id: str | None, emoji: str = "👍") -> "Future[None]":
        """React to the last message of somebody else's in that chat; the same again takes it back."""
        return self._order(lambda: self._react(name, group_id, emoji))

    def turn_phone(self, name: str) -> "Future[None]":
        """Cut it off, or connect it again."""
        return self._order(lambda: self._turn_phone(name))

    def turn_bot(self) -> "Future[None]":
        """Cut the bot off from Signal, or connect it again."""
        return self._order(self._turn_bot)

    def add_phone(self, name: str) -> "Future[None]":
        """One more."""
        return self._order(lambda: self._add_phone(name))

    def pass_time(self, seconds: float) -> "Future[None]":
        """Let so much time pass at once."""
        return self._order(lambda: self._pass(seconds))

    def pass_until_something(self) -> "Future[bool]":
        """Let time pass until something comes to a phone, 8 hours at most. Whether something came."""
        return self._order(self._pass_until_something)

    # --- in the world's own thread

    def _order(self, what: Callable[[], Coroutine[Any, Any, T]]) -> "Future[T]":
        if self._loop is None or not self._thread.is_alive():
            gone: Future[T] = Future()
            gone.set_exception(WorldEnded("Practice has ended."))
            return gone
        return asyncio.run_coroutine_threadsafe(self._carry_out(what), self._loop)

    async def _carry_out(self, what: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            return await what()
        finally:
            self._publish()

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=self._make_loop) as runner:
                runner.run(self._live())
        except BaseException as error:  # noqa: BLE001 (told to whoever waits in `open`)
            self._failure = error
        finally:
            self._ready.set()

    def _make_loop(self) -> VirtualTimeLoop:
        return VirtualTimeLoop(paced=True, standing=self._standing)

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)
        self._end = asyncio.Event()
        self._running = loop
        async with evening(VirtualClock(loop, BEGINS), log_to=io.StringIO()) as night:
            self._night = night
            self._memory = Memory(SHOWN_FROM)
            self._publishing, self._connected = False, True
            await self._set_up(night)
            night.stand_in.watch(self._changed)
            self._publish()
            self._loop = loop
            self._ready.set()
            await self._end.wait()

    async def _set_up(self, night: Evening) -> None:
        for name in ("Ana", "Bo"):
            await night.add_phone(name)
        self._code = None if self._paired else await night.operator_code()
        if self._paired:
            await PairedPeople(night, self._pass).pair("Ana", "Bo", WORD)
        await self._pass((SHOWN_FROM - night.clock.now()).total_seconds())

    async def _pass(self, seconds: float) -> None:
        await asyncio.wrap_future(self._running.advance(seconds))

    async def _pass_until_something(self) -> bool:
        before = self._arrivals()
        passed = 0.0
        while passed < _LOOK_AHEAD and self._arrivals() == before:
            await self._pass(_STEP)
            passed += _STEP
        return self._arrivals() != before

    def _arrivals(self) -> int:
        return sum(len(phone.history) for phone in self._night.stand_in.phones.values())

    async def _send(self, name: str, group_id: str | None, text: str) -> None:
        if CODE in text:
            text = text.replace(CODE, self._last_code() or CODE)
        await self._night.stand_in.phone(name).send(text, group=group_id)

    async def _react(self, name: str, group_id: str | None, emoji: str) -> None:
        phone = self._night.stand_in.phone(name)
        chat = next(chat for chat in phone.chats() if chat.group_id == group_id)
        others = [message for message in chat.messages if message.sender == BOT]
        if others:
            remove = others[-1].reactions.get(name) == emoji
            await phone.react(emoji, others[-1].timestamp, remove=remove, group=group_id)

    async def _turn_phone(self, name: str) -> None:
        phone = self._night.stand_in.phone(name)
        if phone.online:
            await phone.go_offline()
        else:
            await phone.go_online()

    async def _turn_bot(self) -> None:
        self._connected = not self._connected
        await self._night.stand_in.network("up" if self._connected else "down")

    async def _add_phone(self, name: str) -> None:
        await self._night.add_phone(name)

    def _last_code(self) -> str | None:
        events = [event for phone in self._night.stand_in.phones.values() for event in phone.history]
        for event in sorted(events, key=lambda event: event.at, reverse=True):
            if found := INVITE_CODE.search(event.body or ""):
                return found[0]
        return self._code

    def _changed(self) -> None:
        if not self._publishing:
            self._publishing = True
            self._running.call_soon(self._publish)

    def _publish(self) -> None:
        self._publishing = False
        now = self._night.clock.now()
        phones = tuple(self._memory.look(phone, now) for phone in self._night.stand_in.phones.values())
        word = WORD if self._paired else None
        self.view = View(now, phones, self._connected, self._code, word)
        self.on_change()

    def now(self) -> datetime:
        """What the world's clock shows."""
        return self._night.clock.now()
