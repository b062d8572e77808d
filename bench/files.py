"""How long an answer takes while the files of an alert leave: after the duress word her phone must not show it.

signal-cli's part is played in the same process here, so that the times are longer than they are beside the real one.
"""

import asyncio
import time
from pathlib import Path

from bench.figures import Figure, quantiles
from bench.household import running_bot
from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone

_FILES = 8
_BYTES = 9_500_000
_QUESTIONS = 30
_FIRST = 8
_EVERY = 0.4  # seconds
_SETTLED = 5.0  # seconds after which alerts leave at once
_CODEWORD, _DURESS = "purple giraffe", "yellow submarine"


async def measure(folder: Path) -> list[Figure]:
    """The same evening, ended by each of the two words."""
    figures: list[Figure] = []
    for name, word in (("codeword", _CODEWORD), ("duress word", _DURESS)):
        own = folder / name.replace(" ", "-")
        await asyncio.to_thread(own.mkdir)
        times = await _evening(own, word)
        figures.append({"figure": "status_in_the_first_seconds", "by": name, **quantiles(times[:_FIRST])})
        figures.append({"figure": "status_later", "by": name, **quantiles(times[_FIRST:])})
    return figures


async def _evening(folder: Path, word: str) -> list[float]:
    stand_in = StandIn()
    ana, bo, cy = [await stand_in.add_phone(name) for name in ("Ana", "Bo", "Cy")]
    async with running_bot(folder, stand_in):
        await _begin(ana)
        await _pair(ana, bo, "Bo")
        await _pair(ana, cy, "Cy")
        await _say(ana, "/start 2h", "Saved.")
        for number in range(_FILES):
            ana.forget()
            await ana.send("", attachments=[(f"{number}.jpg", "image/jpeg", bytes(_BYTES))])
            await _hears(ana, "Kept")
        await asyncio.sleep(_SETTLED)
        await _say(ana, word, "Good night")
        times = []
        for _ in range(_QUESTIONS):
            began = time.perf_counter()
            await _say(ana, "/status", "No timer runs")
            times.append(time.perf_counter() - began)
            await asyncio.sleep(_EVERY)
    return times


async def _begin(ana: StandInPhone) -> None:
    await _say(ana, "hello", "")
    await _say(ana, "/name Ana", "Saved")
    await _say(ana, f"/words {_CODEWORD} / {_DURESS}", "Saved")


async def _pair(ana: StandInPhone, buddy: StandInPhone, name: str) -> None:
    ana.forget()
    await ana.send("/invite")
    invited = await ana.expect(lambda event: "/join " in (event.body or ""), timeout=60)
    await _say(buddy, f"/join {(invited.body or '').split('/join ')[1]}", "Ana asks you")
    await _say(buddy, f"/name {name}", "Saved")
    await _say(buddy, "/accept", "")
    await _hears(ana, "/confirm")
    await _say(ana, f"/confirm {name} {_CODEWORD}", name)


async def _say(phone: StandInPhone, text: str, answer: str) -> None:
    phone.forget()
    await phone.send(text)
    await _hears(phone, answer)


async def _hears(phone: StandInPhone, answer: str) -> None:
    await phone.expect(lambda event: event.event == "message" and answer in (event.body or ""), timeout=60)
