"""Running tests in a copy of the project, and judging what came of them."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree

from mutants.mutant import DoesNotApply, Mutant
from mutants.tree import broken

AT_MOST = 300.0
"""Seconds for one mutant; the tests have a limit of their own, which is shorter."""
_PASSED, _FAILED = 0, 1
_BROKEN_BEYOND_USE = ("ImportError", "ModuleNotFoundError", "SyntaxError", "IndentationError", "NameError")
"""A test that fails for one of these shows that the mutant is no program, not that the test is good."""
_WITHOUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""Hypothesis works without its plugin, which takes as long to load as all the rest."""


class Verdict(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    SURVIVED = "survived"
    UNFIT = "unfit"  # it does not apply, or the test could not even be run


@dataclass(frozen=True)
class Trial:
    """One mutant, the verdict, the seconds it took, and the first line of why."""

    mutant: Mutant
    verdict: Verdict
    seconds: float
    why: str


@dataclass(frozen=True)
class Run:
    """One run of pytest: how it ended, the message of each test that failed, and what it printed."""

    code: int
    failures: tuple[str, ...]
    printed: str


async def try_mutant(mutant: Mutant, root: Path) -> Trial:
    """Break the copy below `root`, run the catching test there, and mend the copy."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        with broken(root, mutant):
            run = await run_tests([mutant.caught_by], root, AT_MOST)
    except DoesNotApply as error:
        return Trial(mutant, Verdict.UNFIT, 0.0, str(error))
    verdict, why = judge(run)
    return Trial(mutant, verdict, loop.time() - began, why)


def judge(run: Run) -> tuple[Verdict, str]:
    """Caught is only what made a test fail that could be run: pytest tells that apart by its exit code."""
    if run.code == _PASSED:
        return Verdict.SURVIVED, "the test passes all the same"
    if run.code != _FAILED or not run.failures:
        return Verdict.UNFIT, f"pytest ended with {run.code}: {_last_line(run.printed)}"
    why = run.failures[0]
    if why.startswith(_BROKEN_BEYOND_USE):
        return Verdict.UNFIT, why
    return Verdict.CAUGHT, why


async def run_tests(tests: Sequence[str], root: Path, at_most: float | None = None) -> Run:
    """Run these tests, named as pytest does, in the copy below `root`, for `at_most` so many seconds."""
    with tempfile.TemporaryDirectory(prefix="buddy-mutant-") as folder:
        report = Path(folder) / "report.xml"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pytest", "-qx", *_WITHOUT, f"--junitxml={report}", *tests),
            cwd=root,
            env=os.environ | {"TMPDIR": folder},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed = b"it did not end in time"
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    printed, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
            code = await process.wait()
        return Run(code, _failures(report), printed.decode("utf-8", "replace"))


def _failures(report: Path) -> tuple[str, ...]:
    """An error while a test is set up or a file is collected is no failure of a test."""
    if not report.is_file():
        return ()
    found = ElementTree.parse(report).iter("failure")
    return tuple(one.get("message", "").strip().partition("\n")[0] for one in found)


def _last_line(printed: str) -> str:
    lines = [line for line in printed.splitlines() if line.strip()]
    return lines[-1] if lines else "it printed nothing"
