"""The table of a run, and its last line."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mutants.trial import Trial, Verdict

_COLOURS = {Verdict.CAUGHT: "green", Verdict.SURVIVED: "bold red", Verdict.UNFIT: "bold magenta"}


def show(trials: Sequence[Trial], seconds: float, console: Console) -> None:
    """Each mutant with its test; those that need somebody's work last, where they are seen."""
    table = Table(highlight=False)
    table.add_column("mutant", overflow="fold", max_width=36)
    table.add_column("")
    table.add_column("caught by", overflow="fold")
    table.add_column("seconds", justify="right")
    for trial in sorted(trials, key=lambda one: one.verdict is not Verdict.CAUGHT):
        colour = _COLOURS[trial.verdict]
        verdict = f"[{colour}]{trial.verdict}[/]"
        table.add_row(trial.mutant.name, verdict, _short(trial.mutant.caught_by), f"{trial.seconds:.1f}")
    console.print(table)
    for trial in trials:
        if trial.verdict is not Verdict.CAUGHT:
            console.print(f"{trial.mutant.name}: {trial.why}", markup=False, soft_wrap=True)
            console.print(f"    {trial.mutant.breaks}", markup=False, soft_wrap=True)
    caught = sum(trial.verdict is Verdict.CAUGHT for trial in trials)
    console.print(f"caught {caught} of {len(trials)} in {seconds:.0f} s", highlight=False)


def _short(test: str) -> str:
    return escape(test.removeprefix("tests/").replace("::", "\n"))
