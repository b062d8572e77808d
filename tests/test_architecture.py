"""Who may import whom. The tables in `tests/rooms.py` are the rule."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.rooms import MAY_IMPORT, ONLY_IN

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "scheduler", "storage", "mutants")

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
)


@cache
def imports_of(module: str) -> frozenset[str]:
    """Every module of which something is imported, wherever the import stands."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return frozenset(_imports(ast.parse(file.read_text(encoding="utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written whole"
            assert node.module is not None
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in names if name in MODULES]
            yield from modules or [node.module]


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str:
    """The room with the longest name in which the module is."""
    rooms = [room for room in MAY_IMPORT if is_in(module, room)]
    assert rooms, f"{module} is in no room of the table"
    return max(rooms, key=len)


def is_ours(name: str) -> bool:
    return name.split(".")[0] in PACKAGES


BUILDING = [module for module in MODULES if module not in PACKAGES]


@pytest.mark.parametrize("module", BUILDING)
def test_every_module_imports_only_what_its_room_may(module: str) -> None:
    room = room_of(module)
    allowed = (room, *MAY_IMPORT[room])
    forbidden = {name for name in imports_of(module) if is_ours(name) and not any(is_in(name, one) for one in allowed)}
    assert not forbidden, f"{room} may not import them"


@pytest.mark.parametrize("module", BUILDING)
def test_foreign_packages_stay_where_they_belong(module: str) -> None:
    for name in imports_of(module):
        package = name.split(".")[0]
        if is_ours(name) or package in sys.stdlib_module_names:
            continue
        assert package in ONLY_IN, f"{package} is in no row of the table"
        assert any(is_in(module, place) for place in ONLY_IN[package])


def test_there_are_no_import_cycles() -> None:
    waiting = {module: {name for name in imports_of(module) if name in BUILDING} for module in BUILDING}
    while waiting:
        free = {module for module, needs in waiting.items() if not needs & waiting.keys() - {module}}
        assert free, f"these import each other in a circle: {sorted(waiting)}"
        waiting = {module: needs for module, needs in waiting.items() if module not in free}


def test_every_row_of_the_tables_is_needed() -> None:
    used = {room: set[str]() for room in MAY_IMPORT}
    foreign: dict[str, set[str]] = {package: set() for package in ONLY_IN}
    for module in BUILDING:
        used[room_of(module)] |= imports_of(module)
        for name in imports_of(module):
            foreign.setdefault(name.split(".")[0], set()).add(module)
    idle = {
        (room, allowed)
        for room, row in MAY_IMPORT.items()
        for allowed in row
        if not any(is_in(name, allowed) for name in used[room])
    }
    idle |= {
        (package, place)
        for package, places in ONLY_IN.items()
        for place in places
        if not any(is_in(module, place) for module in foreign[package])
    }
    assert not idle, "nobody needs these any more: tighten the table"


def test_nobody_but_the_commands_and_practice_imports_the_whole_bot() -> None:
    importers = {module for module in BUILDING if "bot.app" in imports_of(module)}
    assert all(is_in(module, "bot.practice") or module == "bot.running" for module in importers)
    assert {module for module in BUILDING if "bot.cli" in imports_of(module)} == {"bot.__main__"}
