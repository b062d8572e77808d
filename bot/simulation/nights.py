"""Plays many nights, on several processors at once, and adds up what came of them."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context

from bot.simulation.oracle.findings import Finding, Verdict
from bot.simulation.oracle.judging import judge
from bot.simulation.plan import Plan
from bot.simulation.playing import play
from bot.simulation.second_bot import draw_for
from bot.simulation.server import Server
from bot.simulation.shrinking import shrink

AT_ONCE = 8
"""Nights that a process plays before it reports."""


@dataclass(frozen=True)
class Report:
    """What came of one night."""

    seed: int
    verdict: Verdict
    mishaps: Counter[str]


@dataclass
class Tally:
    """What came of all nights so far."""

    nights: int = 0
    mishaps: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    failing: list[Report] = field(default_factory=list)
    alerts_due: int = 0
    alerts_delivered: int = 0
    alerts_sent: int = 0
    alarms_due: int = 0
    alarms_delivered: int = 0
    details_due: int = 0
    details_delivered: int = 0
    duplicates: int = 0
    needless_duplicates: int = 0
    lost_in_the_gap: int = 0
    worst_lateness: float = 0.0

    def add(self, report: Report) -> None:
        """One night more."""
        verdict = report.verdict
        self.nights += 1
        self.mishaps += report.mishaps
        self.findings += Counter(one.kind for one in verdict.findings)
        if verdict.findings:
            self.failing.append(report)
        self.alerts_due += verdict.alerts_due
        self.alerts_delivered += verdict.alerts_delivered
        self.alerts_sent += verdict.alerts_sent
        self.alarms_due += verdict.alarms_due
        self.alarms_delivered += verdict.alarms_delivered
        self.details_due += verdict.details_due
        self.details_delivered += verdict.details_delivered
        self.duplicates += verdict.duplicates
        self.needless_duplicates += verdict.needless_duplicates
        self.lost_in_the_gap += verdict.lost_in_the_gap
        self.worst_lateness = max(self.worst_lateness, verdict.worst_lateness)


def report_on(seed: int, server: Server | None = None, bots: int = 1) -> Report:
    """Play and judge the night of this seed."""
    chronicle = play(draw_for(seed, bots), server)
    return Report(seed, judge(chronicle), chronicle.counts)


def run_nights(
    first: int,
    count: int,
    jobs: int,
    on_night: Callable[[Report], None] = lambda _: None,
    server: Server | None = None,
    bots: int = 1,
) -> Tally:
    """Play `count` nights from the seed `first` on; `on_night` hears of each, in whatever order they end. Two `bots`
    need a `server`."""
    tally = Tally()
    for report in _reports(first, count, jobs, server, bots):
        tally.add(report)
        on_night(report)
    tally.failing.sort(key=lambda report: report.seed)
    return tally


def _reports(first: int, count: int, jobs: int, server: Server | None, bots: int) -> Iterator[Report]:
    seeds = range(first, first + count)
    if jobs <= 1 or count <= 1:
        yield from _some(seeds, server, bots)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare) as pool:
        parts = [pool.submit(_some, seeds[place : place + AT_ONCE], server, bots) for place in range(0, count, AT_ONCE)]
        for part in as_completed(parts):
            yield from part.result()


def _prepare() -> None:
    """Nights leave much to collect, and little of it is urgent."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _some(seeds: range, server: Server | None, bots: int) -> list[Report]:
    return [report_on(seed, server, bots) for seed in seeds]


def shrunk(plan: Plan, findings: list[Finding], server: Server | None = None) -> Plan:
    """The shortest night found that fails in the same way: with a finding of the same kind."""
    kinds = {one.kind for one in findings}
    return shrink(plan, lambda smaller: bool(kinds & {one.kind for one in judge(play(smaller, server)).findings}))
