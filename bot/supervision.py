"""Keeping the long-running parts running."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.log import Log

_PAUSE = 1.0


async def keep_running(name: str, part: Callable[[], Awaitable[None]], log: Log) -> None:
    """Run `part`; when it ends or fails, start it again after a moment. Until cancelled."""
    while True:
        try:
            await part()
            log.count(f"{name}_ended")
        except asyncio.CancelledError as error:
            if _is_asked_to_end():
                raise
            log.failure(f"{name}_failed", error)  # something within was cancelled, not the part itself
        except Exception as error:  # noqa: BLE001 (the bot goes on without this part for a moment, not for ever)
            log.failure(f"{name}_failed", error)
        await asyncio.sleep(_PAUSE)


def _is_asked_to_end() -> bool:
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0
