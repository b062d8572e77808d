"""A crowd that sends words without end, each compared as slowly as in earnest: when is her own word answered?"""

import asyncio
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from bench.figures import Figure, quantiles
from bench.household import CLOCK, add_pair, arm, only_store, running_bot, settings_in
from bot.domain.folding import fold
from bot.domain.pairing import PairingState
from bot.practice.stand_in import StandIn
from bot.practice.stand_in_phone import StandInPhone
from storage.records import Records
from storage.words import Argon2Words, measured_time_cost

_CROWD = 100
_IN_A_SECOND = 50
_WORD, _DURESS = "purple giraffe", "yellow submarine"
_WOMEN = 20
_EVERY = 1.0
_BEFORE = 8.0
"""Seconds in which it is quiet after the start, until it is settled."""
_WRITES_FOR = 100.0
"""Seconds in which the crowd writes before she does: it has come round by then, which a crowd cannot do unseen."""
_ALL_AT_ONCE = 5
"""So many of the women write right after the crowd has begun, when nobody has had a turn yet."""


@dataclass(frozen=True)
class _Crowd:
    """What each of it has, and writes. `of`: all of them are buddies of one person, by that name."""

    name: str
    words: bool
    timers: bool
    of: str = ""
    says: str = (
        "yellow giraffe"  # what is no command may be a word, and is compared too; of a wrong one no other is told
    )


_CROWDS = (
    _Crowd("have nothing", words=False, timers=False),
    _Crowd("have words", words=True, timers=False),
    _Crowd("have nothing and name somebody", words=False, timers=False, of="Dee", says="/safe Dee yellow giraffe"),
    _Crowd("have words and timers", words=True, timers=True),
)


async def measure(folder: Path) -> list[Figure]:
    """One crowd after the other."""
    hasher = Argon2Words(secrets.token_bytes, measured_time_cost(time.perf_counter))
    found: list[Figure] = []
    for number, crowd in enumerate(_CROWDS):
        found += await _measure(folder / str(number), crowd, hasher)
    return found


async def _measure(folder: Path, crowd: _Crowd, hasher: Argon2Words) -> list[Figure]:
    await asyncio.to_thread(folder.mkdir)
    stand_in = StandIn()
    women = [await stand_in.add_phone(f"woman {number}") for number in range(_WOMEN)]
    noisy = [await stand_in.add_phone(f"phone {number}") for number in range(_CROWD)]
    encoded = hasher.encode(fold(_WORD)), hasher.encode(fold(_DURESS))
    async with only_store(folder) as store:
        for number, phone in enumerate(women):
            await store.run(lambda records, n=number, p=phone: _prepare(records, folder, n, p, encoded))
        if crowd.of:
            await store.run(lambda records: _pair_with_one(records, crowd.of, noisy))
        for number, phone in enumerate(noisy if not crowd.of else [], start=_WOMEN):
            await store.run(
                lambda records, n=number, p=phone: _prepare(
                    records, folder, n, p, encoded if crowd.words else None, timer=crowd.timers
                )
            )
    async with running_bot(folder, stand_in, hasher):
        await asyncio.sleep(_BEFORE)
        flooding = asyncio.create_task(_flood(noisy, crowd.says))
        await asyncio.sleep(2.0)
        at_first = await _write(women[:_ALL_AT_ONCE])
        await asyncio.sleep(max(0.0, _WRITES_FOR - max(at_first)))
        later = await _write(women[_ALL_AT_ONCE:])
        flooding.cancel()
        with suppress(asyncio.CancelledError):
            await flooding
    about = {"figure": "word_heard_in_a_crowd", "who": crowd.name, "accounts": _CROWD, "in_a_second": _IN_A_SECOND}
    return [about | {"when": "at first", **quantiles(at_first)}, about | {"when": "later", **quantiles(later)}]


async def _write(women: list[StandInPhone]) -> list[float]:
    taken = []
    for phone in women:
        taken.append(asyncio.create_task(_answered_after(phone)))
        await asyncio.sleep(_EVERY)
    return await asyncio.gather(*taken)


def _prepare(
    records: Records,
    folder: Path,
    number: int,
    phone: StandInPhone,
    encoded: tuple[str, str] | None,
    *,
    timer: bool = True,
) -> None:
    if encoded is None:
        records.people.add(phone.aci, CLOCK.now())
        return
    pairing = add_pair(records, number, phone.aci)
    records.people.set_words(pairing.person_id, *encoded)
    if timer:
        arm(records, pairing.person_id, timedelta(hours=2), settings_in(folder))


def _pair_with_one(records: Records, name: str, buddies: list[StandInPhone]) -> None:
    person = records.people.add("the one they name", CLOCK.now())
    for number, phone in enumerate(buddies):
        buddy = records.people.add(phone.aci, CLOCK.now())
        pairing = records.pairings.add(person.id, buddy.id, name, f"Bo {number}", CLOCK.now())
        records.pairings.save(replace(pairing, state=PairingState.ACTIVE))


async def _flood(noisy: list[StandInPhone], text: str) -> None:
    began = time.perf_counter()
    for number in count():
        await asyncio.sleep(max(0.0, began + number / _IN_A_SECOND - time.perf_counter()))
        await noisy[number % len(noisy)].send(text)


async def _answered_after(phone: StandInPhone) -> float:
    sent = time.perf_counter()
    await phone.send(_WORD)
    await phone.expect(lambda event: (event.body or "").startswith("Thanks, noted"), timeout=600)
    return time.perf_counter() - sent
