"""A minute in which much comes in, from many accounts or from one, while timers run out: how late are the alerts?"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bench.figures import Figure, quantiles
from bench.household import CLOCK, only_store, running_bot, settings_in
from bot.domain.pairing import PairingState
from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone
from bot.use_cases.start_check_in import StartCheckIn, start_check_in
from storage.records import Records

_SECONDS = 60
_TIMERS = 20
_BEFORE = 8.0
"""Seconds in which it is quiet after the start, until it is settled."""


@dataclass(frozen=True)
class _Flood:
    """What comes in, how often in the minute, and from how many accounts; 0: from one of the buddies."""

    what: str
    send: Callable[[StandInPhone, int], Awaitable[object]]
    count: int
    accounts: int


async def _short_text(phone: StandInPhone, _: int) -> None:
    await phone.send("/tz Europe/London")


async def _long_text(phone: StandInPhone, _: int) -> None:
    await phone.send("x" * 60_000)


async def _receipt(phone: StandInPhone, number: int) -> None:
    """For a thousand messages that nobody sent."""
    await phone.receipt("delivery", *range(10**12 + 1000 * number, 10**12 + 1000 * number + 1000))


_FLOODS = (
    _Flood("short texts", _short_text, 10_000, 200),
    _Flood("short texts", _short_text, 10_000, 1),
    _Flood("long texts", _long_text, 3_000, 1),
    _Flood("receipts", _receipt, 2_000, 0),
)


async def measure(folder: Path) -> list[Figure]:
    """One flood after the other."""
    return [await _measure(folder / str(number), flood) for number, flood in enumerate(_FLOODS)]


async def _measure(folder: Path, flood: _Flood) -> Figure:
    await asyncio.to_thread(folder.mkdir)
    stand_in = StandIn()
    noisy = [await stand_in.add_phone(f"phone {number}") for number in range(flood.accounts)]
    buddies = [await stand_in.add_phone(f"buddy {number}") for number in range(_TIMERS)]
    due_at = [CLOCK.now() + timedelta(seconds=_BEFORE + 10 + _SECONDS * number / _TIMERS) for number in range(_TIMERS)]
    async with only_store(folder) as store:
        await store.run(lambda records: _arm(records, folder, buddies, due_at))
    async with running_bot(folder, stand_in):
        hearing = [asyncio.create_task(_lateness(phone, due)) for phone, due in zip(buddies, due_at, strict=True)]
        await asyncio.sleep(_BEFORE)
        began = time.perf_counter()
        senders = noisy or buddies[:1]
        for number in range(flood.count):
            await asyncio.sleep(max(0.0, began + _SECONDS * number / flood.count - time.perf_counter()))
            await flood.send(senders[number % len(senders)], number)
        sent_in = time.perf_counter() - began
        late = await asyncio.gather(*hearing)
    return {
        "figure": "alert_while_flooded",
        "of": flood.what,
        "accounts": len(senders),
        "messages": flood.count,
        "sent_in_s": round(sent_in, 1),
        **quantiles(late),
    }


def _arm(records: Records, folder: Path, buddies: list[StandInPhone], due_at: list[datetime]) -> None:
    """For each of them somebody whose timer ends then, without grace."""
    timing = settings_in(folder).model_copy(update={"grace": timedelta(0)}).timing
    now = CLOCK.now()
    for number, (phone, due) in enumerate(zip(buddies, due_at, strict=True)):
        person = records.people.add(f"00000000-0000-4000-8000-{number:012x}", now)
        records.people.set_name(person.id, "Ana")
        records.people.set_words(person.id, "fast$00$00", None)
        pairing = records.pairings.add(person.id, records.people.add(phone.aci, now).id, "Ana", "Bo", now)
        records.pairings.save(replace(pairing, state=PairingState.ACTIVE))
        start_check_in(records, records.people.by_id(person.id), StartCheckIn(due, ""), records.new_id(), now, timing)


async def _lateness(phone: StandInPhone, due: datetime) -> float:
    await phone.expect(lambda event: "no word since" in (event.body or ""), timeout=600)
    return (CLOCK.now() - due).total_seconds()
