"""`make mutants` takes minutes; that each mutant still fits the code and names a test that exists is looked at here."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mutants.every import EVERY
from mutants.mutant import DoesNotApply, Mutant

ROOT = Path(__file__).parents[3]
ENOUGH = 25


def name_of(mutant: Mutant) -> str:
    return mutant.name


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


@pytest.mark.parametrize("mutant", EVERY, ids=name_of)
def test_it_still_applies_and_leaves_a_program(mutant: Mutant) -> None:
    whole = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert ast.dump(ast.parse(mutant.applied_in(ROOT))) != ast.dump(ast.parse(whole))


@pytest.mark.parametrize("mutant", EVERY, ids=name_of)
def test_the_test_that_catches_it_exists(mutant: Mutant) -> None:
    file, _, test = mutant.caught_by.partition("::")
    assert test.partition("[")[0] in names_in(file)


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(EVERY) >= ENOUGH
    assert max(Counter(mutant.name for mutant in EVERY).values()) == 1


@pytest.mark.parametrize("source", ["", "one, and one more"])
def test_a_text_that_does_not_stand_exactly_once_is_refused(source: str) -> None:
    mutant = Mutant("a name", "what it breaks", "a file", "one", "two", "a test")
    with pytest.raises(DoesNotApply):
        mutant.applied_to(source)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DoesNotApply):
        EVERY[0].applied_in(tmp_path)
