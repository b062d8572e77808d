"""`make mutants`: break the product in every named way, and show that a test notices. `NAME …`: only those.

Exit code 0: all caught. 1: one survives, which is a missing test, or is unfit. 2: the tests fail without any mutant.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from mutants.every import EVERY
from mutants.mutant import Mutant
from mutants.report import show
from mutants.tree import copy_project
from mutants.trial import Trial, Verdict, run_tests, try_mutant

PROJECT = Path(__file__).parents[1]
SIDE_BY_SIDE = 2
WIDE = 160
"""Characters in a line where no terminal says how many there are."""


def main(names: Sequence[str]) -> int:
    """Try the named mutants, or all. Returns the exit code."""
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    unknown = set(names) - {mutant.name for mutant in EVERY}
    if unknown:
        console.print(f"No mutant is called so: {', '.join(sorted(unknown))}", markup=False)
        return 2
    chosen = [mutant for mutant in EVERY if not names or mutant.name in names]
    with tempfile.TemporaryDirectory(prefix="buddy-mutants-") as folder:
        return asyncio.run(_try_all(chosen, Path(folder), console))


async def _try_all(mutants: Sequence[Mutant], folder: Path, console: Console) -> int:
    loop = asyncio.get_running_loop()
    began = loop.time()
    roots = [folder / str(number) for number in range(SIDE_BY_SIDE)]
    for root in roots:
        copy_project(PROJECT, root)
    tests = sorted({mutant.caught_by for mutant in mutants})
    console.print(f"{len(tests)} tests without any mutant ...")
    halves = [tests[number::SIDE_BY_SIDE] for number in range(SIDE_BY_SIDE)]
    runs = await asyncio.gather(
        *(run_tests(half, root) for half, root in zip(halves, roots, strict=True) if half),
    )
    for run in runs:
        if run.code != 0:
            console.print(run.printed, markup=False, highlight=False)
            console.print("The tests must pass before anything is broken.")
            return 2
    trials = await _side_by_side(mutants, roots, console)
    show(trials, loop.time() - began, console)
    return 0 if all(trial.verdict is Verdict.CAUGHT for trial in trials) else 1


async def _side_by_side(mutants: Sequence[Mutant], roots: Sequence[Path], console: Console) -> list[Trial]:
    """Each copy takes the next mutant as soon as it is mended. In the order of the mutants."""
    waiting = list(enumerate(mutants))[::-1]
    done: dict[int, Trial] = {}

    async def work_in(root: Path) -> None:
        while waiting:
            place, mutant = waiting.pop()
            done[place] = trial = await try_mutant(mutant, root)
            line = f"{len(done)}/{len(mutants)} {trial.verdict}: {mutant.name} ({trial.why})"
            console.print(line, markup=False, highlight=False, soft_wrap=True)

    await asyncio.gather(*(work_in(root) for root in roots))
    return [done[place] for place in sorted(done)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
