"""Killing the bot at random moments of a busy evening, then letting it finish, then judging."""

import asyncio
from pathlib import Path
from random import Random

from tests.end_to_end.bot_process import STARTS_WITHIN
from tests.processes.evenings import Pair
from tests.processes.household import Household, household
from tests.processes.judge import Verdict, judge

PAIRS = 6
_PAIRED_BEFORE = 3
"""The others become buddies while the bot is being killed."""
_LATECOMERS_WITHIN = 10.0
_SHORT, _LONG = (0.0, 1.3), (1.0, 4.0)
"""How long a life is, in the time that this machine takes to start a bot just now: some end before the bot has begun
to work (from the launch), most in the middle of it (from "started")."""
_SHARE_OF_SHORT = 0.35
_FINISHES_WITHIN = 120.0


async def kill_again_and_again(folder: Path, database_url: str, kills: int, seed: int) -> Verdict:
    """So many SIGKILLs at moments that follow from the seed, while several pairs have their evenings."""
    random = Random(seed)
    async with household(folder, database_url) as house:
        pairs = [await Pair.arrive(house, number, Random(random.random())) for number in range(PAIRS)]
        began = asyncio.get_running_loop().time()
        await house.start()
        start_takes = asyncio.get_running_loop().time() - began
        await asyncio.gather(*(pair.become_buddies() for pair in pairs[:_PAIRED_BEFORE]))
        over = asyncio.Event()
        evenings = [asyncio.ensure_future(_come(pair, over, random.random())) for pair in pairs]
        for _ in range(kills):
            if random.random() < _SHARE_OF_SHORT:
                lives_for = random.uniform(*_SHORT) * start_takes
            else:
                start_takes = await _has_started(house)
                lives_for = random.uniform(*_LONG) * start_takes
            done, _ = await asyncio.wait(evenings, timeout=lives_for, return_when=asyncio.FIRST_EXCEPTION)
            for evening in done:
                evening.result()
            await house.kill()
            await house.launch()
        over.set()
        async with asyncio.timeout(_FINISHES_WITHIN):
            await house.bot.watched(asyncio.gather(*evenings))
        status = await house.stop()
        house.ledger.settle()
        verdict = judge(house, pairs)
        if status != 0:
            verdict.faults.append(f"after SIGTERM it ended with status {status}")
        return verdict


async def _has_started(house: Household) -> float:
    """Wait until the bot says so; the seconds that it took."""
    life = house.lives[-1]
    async with asyncio.timeout(STARTS_WITHIN):
        while (started := house.started(life)) is None:
            await asyncio.sleep(0.05)
    return (started - life.launched).total_seconds()


async def _come(pair: Pair, over: asyncio.Event, when: float) -> None:
    if not pair.paired:
        await asyncio.sleep(when * _LATECOMERS_WITHIN)
    await pair.go_out(over)
