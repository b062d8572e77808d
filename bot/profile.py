"""What phones show of the bot: a neutral name and picture, so that a glance at a list of chats tells nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.resources import files

from bot.log import Log
from bot.transport.calls import SignalCalls
from bot.transport.errors import SignalError

PICTURE = files("bot") / "profile.png"
AGAIN_AFTER = 3600.0
"""Seconds after which it is tried again: Signal may limit changes, and nobody waits for this one."""


class Profile:
    """Gives the bot's account its name, and a picture where it has none. An empty name leaves the account as it is."""

    def __init__(self, signal: SignalCalls, name: str, settled: Callable[[], Awaitable[None]], log: Log) -> None:
        self._signal = signal
        self._name = name
        self._settled = settled
        self._log = log

    async def set_up(self) -> None:
        """Until it is so: after the start, when messages flow, and then every hour. Nothing else depends on it."""
        if not self._name:
            return
        await self._settled()
        while not await self._is_set():
            await asyncio.sleep(AGAIN_AFTER)

    async def _is_set(self) -> bool:
        try:
            shown = await self._signal.own_profile()
            if shown.name != self._name:
                await self._signal.set_own_name(self._name)
            if not shown.has_picture:
                await self._signal.set_own_picture(PICTURE.read_bytes())
        except SignalError:  # signal-cli's or Signal's trouble
            self._log.tell_warning("profile_not_set")
            return False
        return True
