"""From a command that reaches the bot to its durable answer handed to signal-cli."""

import asyncio
import time
from pathlib import Path

from bench.figures import Figure, quantiles
from bench.household import running_bot
from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone

_PEOPLE = 40
_AT_RATE = 50
_SECONDS = 6
_FULL_SPEED = 2000


async def measure(folder: Path) -> list[Figure]:
    """At 50 commands a second, and as many as it can take."""
    stand_in = StandIn()
    async with running_bot(folder, stand_in):
        phones = [await stand_in.add_phone(f"phone {number}") for number in range(_PEOPLE)]
        await asyncio.gather(*(_says(phone, "hello") for phone in phones))
        at_rate = await _at_rate(phones)
        began = time.perf_counter()
        full = await _full_speed(phones)
        took = time.perf_counter() - began
    return [
        {"figure": "command_to_durable_reply", "load": f"{_AT_RATE}/s", **quantiles(at_rate)},
        {
            "figure": "command_to_durable_reply",
            "load": "full speed",
            "per_second": round(len(full) / took, 1),
            **quantiles(full),
        },
    ]


async def _says(phone: StandInPhone, text: str) -> float:
    began = time.perf_counter()
    await phone.send(text)
    await phone.next_message(timeout=60)
    return time.perf_counter() - began


async def _at_rate(phones: list[StandInPhone]) -> list[float]:
    """Evenly spaced; each phone has its answer long before its turn comes again."""
    began, tasks = time.perf_counter(), []
    for number in range(_AT_RATE * _SECONDS):
        await asyncio.sleep(max(0.0, began + number / _AT_RATE - time.perf_counter()))
        tasks.append(asyncio.create_task(_says(phones[number % _PEOPLE], "/tz Europe/London")))
    return list(await asyncio.gather(*tasks))


async def _full_speed(phones: list[StandInPhone]) -> list[float]:
    async def talk(phone: StandInPhone) -> list[float]:
        return [await _says(phone, "/tz Europe/London") for _ in range(_FULL_SPEED // _PEOPLE)]

    return [one for times in await asyncio.gather(*(talk(phone) for phone in phones)) for one in times]
