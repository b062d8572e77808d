"""The house rules that a machine can check."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ("bot", "handlers", "scheduler", "storage")
MOST_LINES = 300
MOST_FUNCTION_LINES = 45
MEDIAN_FUNCTION_LINES = 10

CODE = sorted(path for room in (*PRODUCT, "mutants") for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEXT_SUFFIXES = (".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".cfg", ".ini", ".tcss", ".mako", ".Dockerfile")
SKIPPED = {".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"}

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "an open end": ("TO-DO", "FIX-ME", "XX-X:"),
    "the name of a package registry's host": ("pypi-.org", "python-hosted", "registry.npm-js", "crates-.io"),
    "a path of somebody's machine": ("/wo-rk/", "/tm-p/", "/ro-ot/", "/ho-me/", "/Us-ers/"),
}
MADE_BY_MACHINES = {"package-lock.json"}
CLOCKS = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.(?:time|monotonic|perf_counter)(?:_ns)?)\(")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def texts() -> Iterator[Path]:
    """Every text of the project."""
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        named = path.name in ("Makefile", "run") or path.suffix in TEXT_SUFFIXES
        if path.is_file() and named and not parts & SKIPPED and path.name not in MADE_BY_MACHINES:
            yield path


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in definitions(path):
        if not isinstance(node, ast.ClassDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=name_of)
def test_a_file_fits_into_one_sitting(path: Path) -> None:
    allowed = MOST_LINES if path in CODE else 2 * MOST_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= allowed


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_function_fits_onto_one_screen(path: Path) -> None:
    assert [node.name for node in functions(path) if length(node) > MOST_FUNCTION_LINES] == []


def test_most_functions_are_short() -> None:
    lengths = sorted(length(node) for path in CODE for node in functions(path))
    assert lengths[len(lengths) // 2] < MEDIAN_FUNCTION_LINES


def public_without_words(path: Path) -> Iterator[str]:
    """Public classes, functions of modules and methods that say nothing about themselves."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{name}" for name in methods_without_words(node))


def methods_without_words(node: ast.ClassDef) -> Iterator[str]:
    """A method of one line may let its name speak."""
    for member in node.body:
        if not isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) or member.name.startswith("_"):
            continue
        if ast.get_docstring(member) is None and len(member.body) > 1:
            yield member.name


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_everything_public_says_what_it_means(path: Path) -> None:
    assert list(public_without_words(path)) == []


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "__init__.py"], ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_time_is_read_through_one_door(path: Path) -> None:
    if path == ROOT / "bot" / "clock.py":
        return
    assert CLOCKS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_project_has_no(what: str) -> None:
    words = [pieces.replace("-", "") for pieces in FORBIDDEN[what]]
    found = [
        name_of(path)
        for path in texts()
        if any(word in path.read_text(encoding="utf-8", errors="replace") for word in words)
    ]
    assert found == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_code_is_asleep_in_a_comment(path: Path) -> None:
    asleep = re.compile(r"^\s*#\s*(?:import |from \w+ import |def |class |return\b|await |print\()", re.MULTILINE)
    assert asleep.findall(path.read_text(encoding="utf-8")) == []


SKIPS = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b")


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_is_skipped_and_none_sleeps(path: Path) -> None:
    if path == Path(__file__):
        return
    assert SKIPS.findall(path.read_text(encoding="utf-8")) == []
    if "lab" not in path.parts and "end_to_end" not in path.parts:
        assert "time.sleep" not in calls(path)


def calls(path: Path) -> set[str]:
    """What is called, as it is written."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
