"""Adds to a night a second bot on the same database, and what goes wrong only where there are two."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from bot.simulation.drawing import GRACE, draw
from bot.simulation.plan import Mishap, Plan

STARTS = "a second bot starts"
_KINDS = (
    ("a bot hangs", 3),
    ("a bot hangs and loses its lock", 3),
    ("a bot loses its lock", 2),
    ("a bot ends", 2),
    ("kill at a turn", 3),
    ("kill after a commit", 3),
    ("kill before a commit", 2),
    ("kill before a call", 2),
    ("kill after a call", 2),
)
_STARTED = re.compile(r"/start (\d+)([ms])")
_HANGS_FOR = (5.0, 40.0, 70.0, 200.0, 400.0)
"""Seconds: shorter than any lease, and longer than each."""


def draw_for(seed: int, bots: int) -> Plan:
    """The night of this seed for one bot, or for two."""
    plan = draw(seed)
    return with_second_bot(plan) if bots > 1 else plan


def with_second_bot(plan: Plan) -> Plan:
    """The same night with a second bot. Three of ten have no mishaps at all: then nothing may come twice."""
    chance = Random(f"second bot of night {plan.seed}")  # noqa: S311 (a night has to repeat itself)
    starts = Mishap(round(chance.choice((0.5, chance.uniform(0.5, plan.length / 2))), 3), STARTS)
    if chance.random() < 0.3:
        return replace(plan, mishaps=(starts,))
    kinds, weights = zip(*_KINDS, strict=True)
    chosen = chance.choices(kinds, weights, k=chance.choice((1, 1, 2, 3)))
    kept = plan.mishaps if chance.random() < 0.5 else ()
    return replace(plan, mishaps=tuple(sorted((starts, *kept, *(_mishap(kind, plan, chance) for kind in chosen)))))


def _mishap(kind: str, plan: Plan, chance: Random) -> Mishap:
    """Mostly just before somebody writes, or something falls due, so that it strikes while that is in hand."""
    at = chance.uniform(1, plan.length)
    moments = list(_moments(plan))
    if moments and chance.random() < 0.85:
        at = max(0.5, chance.choice(moments) - chance.uniform(0.001, 0.3))
    seconds = chance.choice(_HANGS_FOR) if "hangs" in kind else chance.choice((0.5, 3.0, 20.0, 90.0))
    count = chance.randrange(1, 40 if "hangs" in kind or "turn" in kind else 12)
    return Mishap(round(at, 3), kind, seconds, count)


def _moments(plan: Plan) -> Iterator[float]:
    for deed in plan.deeds:
        yield deed.at
        started = _STARTED.match(deed.text)
        if started is not None:
            ends = deed.at + int(started[1]) * (60 if started[2] == "m" else 1)
            yield from (ends, ends + GRACE, ends + GRACE, ends + 2 * GRACE)
