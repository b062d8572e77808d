"""How nights are told in the terminal: a bar while they are played, a table, and each failing night as a dialogue."""

from contextlib import nullcontext

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.errors import StorageError
from bot.simulation.dialogue import dialogue
from bot.simulation.nights import Report, Tally, run_nights, shrunk
from bot.simulation.oracle.findings import Finding
from bot.simulation.oracle.judging import judge
from bot.simulation.playing import play
from bot.simulation.second_bot import draw_for
from bot.simulation.server import Server, server_for_nights

TOLD = 3
"""So many failing nights are told as a story; the others by their seed."""


def simulate(nights: int, seed: int, jobs: int, console: Console, database: str | None = None, bots: int = 1) -> int:
    """Play nights and tell what came of them; `database`: the URL of a PostgreSQL server, if not on SQLite. Returns the
    exit code: 0 if nothing was found. Raises StorageError when that server does not let us in, or is needed."""
    if bots > 1 and database is None:
        raise StorageError(
            "Nothing was played. Two bots share a database on PostgreSQL only: name one with --database."
        )
    with nullcontext() if database is None else server_for_nights(database) as server:
        if nights == 1:
            return _one_night(seed, console, server, bots)
        return _many_nights(nights, seed, jobs, console, server, bots)


def _many_nights(nights: int, seed: int, jobs: int, console: Console, server: Server | None, bots: int) -> int:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Nights", total=nights)
        tally = run_nights(seed, nights, jobs, lambda _: progress.advance(task), server, bots)
    _print_tally(tally, seed, console)
    for report in tally.failing[:TOLD]:
        _tell_short(report, console, server, bots)
    if len(tally.failing) > TOLD:
        console.print("Other seeds that failed: " + ", ".join(str(one.seed) for one in tally.failing[TOLD:]))
    return 1 if tally.failing else 0


def _one_night(seed: int, console: Console, server: Server | None, bots: int) -> int:
    chronicle = play(draw_for(seed, bots), server)
    console.print(dialogue(chronicle), markup=False, highlight=False, soft_wrap=True)
    verdict = judge(chronicle)
    tally = Tally()
    tally.add(Report(seed, verdict, chronicle.counts))
    _print_tally(tally, seed, console)
    for report in tally.failing:
        _tell_short(report, console, server, bots)
    return 1 if verdict.findings else 0


def _tell_short(report: Report, console: Console, server: Server | None, bots: int) -> None:
    console.rule(f"The night of seed {report.seed}, as short as it still fails")
    _print_findings(report.verdict.findings, console)
    chronicle = play(shrunk(draw_for(report.seed, bots), report.verdict.findings, server), server)
    console.print(dialogue(chronicle), markup=False, highlight=False, soft_wrap=True)
    _print_findings(judge(chronicle).findings, console)
    two = f" --bots {bots}" if bots > 1 else ""
    console.print(f"The whole night: buddy simulate --nights 1 --seed {report.seed}{two}", highlight=False)


def _print_findings(findings: list[Finding], console: Console) -> None:
    for one in findings:
        console.print(f"{one.kind}: {one.about}, {one.at} s. {one.detail}", markup=False, highlight=False)


def _print_tally(tally: Tally, seed: int, console: Console) -> None:
    table = Table("", "", show_header=False)
    rows = {
        "Nights": f"{tally.nights} (seeds {seed} to {seed + tally.nights - 1})",
        "Alerts due, delivered": f"{tally.alerts_due}, {tally.alerts_delivered}",
        "Silent alarms due, delivered": f"{tally.alarms_due}, {tally.alarms_delivered}",
        "Of what she left due, delivered": f"{tally.details_due}, {tally.details_delivered}",
        "Alerts sent, of these twice": f"{tally.alerts_sent}, {tally.duplicates}",
        "Twice without any doubt": f"{tally.needless_duplicates}",
        "Worst lateness": f"{tally.worst_lateness:.2f} s, beyond outages and settling",
        "Messages lost with a bot that was killed": f"{tally.lost_in_the_gap}",
        **{f"Found: {kind}": str(count) for kind, count in sorted(tally.findings.items())},
        "Missed, false": f"{_found(tally, 'missed')}, {_found(tally, 'false')}",
    }
    for name, value in rows.items():
        table.add_row(name, value)
    for kind, count in sorted(tally.mishaps.items()):
        table.add_row(f"  {kind}", str(count))
    console.print(table)


def _found(tally: Tally, beginning: str) -> int:
    return sum(count for kind, count in tally.findings.items() if kind.startswith(beginning))
