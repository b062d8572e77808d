"""What is urgent waits for few others (DESIGN, invariant 11; ten thousand messages in a minute delay no alert)."""

import asyncio
import threading
from collections.abc import Sequence

from storage.runner import OTHERS_AT_ONCE, Runner
from storage.transactions import Outcome, Unit


class Held:
    """Transactions that note how many units each had, and wait until they are let go."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.began, self.may_go_on = threading.Semaphore(0), threading.Semaphore(0)

    def perform(self, units: Sequence[Unit]) -> list[Outcome]:
        self.sizes.append(len(units))
        self.began.release()
        self.may_go_on.acquire()
        return [Outcome(unit(None)) for unit in units]  # type: ignore[arg-type]

    def close(self) -> None:
        """Nothing to give back."""


async def test_an_urgent_unit_waits_for_a_bounded_number_of_others() -> None:
    held, order = Held(), list[str]()
    runner = Runner([held], 256, lambda _: None)

    def note(what: str) -> Unit:
        return lambda _: order.append(what)

    waiting = [asyncio.ensure_future(runner.run(note("other"), first=False))]
    await asyncio.sleep(0)
    await asyncio.to_thread(held.began.acquire)
    waiting += [asyncio.ensure_future(runner.run(note("other"), first=False)) for _ in range(1000)]
    await asyncio.sleep(0)
    waiting.append(asyncio.ensure_future(runner.run(note("urgent"), first=True)))
    await asyncio.sleep(0)
    held.may_go_on.release(100)
    await waiting[-1]
    assert order.index("urgent") == 1, "it goes before all that waited with it"
    assert held.sizes[1] <= 1 + OTHERS_AT_ONCE
    await asyncio.gather(*waiting)
    assert order.count("other") == 1001
    await runner.close()
