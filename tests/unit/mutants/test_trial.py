"""What counts as caught, and that the copy is whole again afterwards."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from mutants.__main__ import main
from mutants.mutant import Mutant
from mutants.report import show
from mutants.tree import broken
from mutants.trial import Run, Trial, Verdict, judge, run_tests, try_mutant

SOURCE = "def grace() -> int:\n    return 5\n"
MUTANT = Mutant("grace doubled", "She is missed late.", "grace.py", "5", "10", "test_grace.py::test_five")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of two files."""
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (tmp_path / "grace.py").write_text(SOURCE)
    (tmp_path / "test_grace.py").write_text("import grace\n\ndef test_five() -> None:\n    assert grace.grace() == 5\n")
    return tmp_path


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (Run(1, ("assert 10 == 5",), ""), Verdict.CAUGHT),
        (Run(1, ("RuntimeError: of the product",), ""), Verdict.CAUGHT),
        (Run(0, (), ""), Verdict.SURVIVED),
        (Run(1, (), "an error while a fixture was made"), Verdict.UNFIT),
        (Run(1, ("NameError: name 'graze' is not defined",), ""), Verdict.UNFIT),
        (Run(2, (), "an error while a file was read"), Verdict.UNFIT),
        (Run(4, (), "there is no such test"), Verdict.UNFIT),
        (Run(5, (), ""), Verdict.UNFIT),
    ],
)
def test_only_a_test_that_ran_and_failed_has_caught_it(run: Run, verdict: Verdict) -> None:
    assert judge(run)[0] is verdict


async def test_a_mutant_is_tried_in_the_copy_and_the_copy_is_whole_again(root: Path) -> None:
    trial = await try_mutant(MUTANT, root)
    assert (trial.verdict, trial.why) == (Verdict.CAUGHT, "assert 10 == 5")
    assert (root / "grace.py").read_text() == SOURCE
    assert (await run_tests([MUTANT.caught_by], root)).code == 0


def test_the_copy_is_whole_again_also_after_an_error(root: Path) -> None:
    def fail_while_broken() -> None:
        with broken(root, MUTANT):
            raise RuntimeError((root / "grace.py").read_text())

    with pytest.raises(RuntimeError, match="return 10"):
        fail_while_broken()
    assert (root / "grace.py").read_text() == SOURCE


def test_the_last_line_says_how_many_were_caught_and_survivors_say_what_they_would_cost() -> None:
    printed = io.StringIO()
    trials = [
        Trial(MUTANT, Verdict.CAUGHT, 2.0, "assert 10 == 5"),
        Trial(MUTANT, Verdict.SURVIVED, 2.0, "the test passes all the same"),
    ]
    show(trials, 61.0, Console(file=printed, width=100))
    lines = printed.getvalue().splitlines()
    assert lines[-1] == "caught 1 of 2 in 61 s"
    assert lines[-2].strip() == "She is missed late."


async def test_a_test_that_does_not_end_has_caught_nothing(root: Path) -> None:
    (root / "test_grace.py").write_text("import time\n\ndef test_five() -> None:\n    time.sleep(60)\n")
    run = await run_tests([MUTANT.caught_by], root, at_most=2.0)
    assert judge(run) == (Verdict.UNFIT, "pytest ended with -9: it did not end in time")


def test_a_name_that_no_mutant_has_is_refused_before_anything_is_tried() -> None:
    assert main(["no such mutant"]) == 2
