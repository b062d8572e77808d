"""Who may import whom. The tables below are the rule; CONTRIBUTING.md shows them."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "scheduler", "storage", "mutants")

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    # the inside: pure
    "bot.domain": (),
    "bot.texts": ("bot.domain",),
    "bot.errors": (),
    # units of work, and what people write
    "bot.use_cases": (
        "bot.domain",
        "bot.errors",
        "storage.deadlines",
        "storage.leases",
        "storage.outbox",
        "storage.phones",
        "storage.records",
    ),
    "handlers": (
        "bot.attachments",
        "bot.clock",
        "bot.domain",
        "bot.errors",
        "bot.lanes",
        "bot.log",
        "bot.use_cases",
        "bot.word_turns",
        "storage.outbox",
        "storage.records",
        "storage.unit_of_work",
    ),
    # the doors
    "storage": ("bot.domain", "bot.errors", "bot.ids"),
    "scheduler": (
        "bot.clock",
        "bot.domain",
        "bot.errors",
        "bot.log",
        "bot.use_cases",
        "storage.deadlines",
        "storage.leases",
        "storage.records",
        "storage.unit_of_work",
    ),
    "bot.transport": (),
    "bot.clock": (),
    "bot.ids": ("bot.clock",),
    "bot.log": ("bot.clock",),
    # the machinery between the doors
    "bot.attachments": ("bot.transport.attachment_fields",),
    "bot.attachment_sweep": ("bot.attachments", "bot.clock", "bot.errors", "bot.log", "storage"),
    "bot.clock_watch": ("bot.clock",),
    "bot.attempts": (),
    "bot.delivery": (
        "bot.attempts",
        "bot.domain",
        "bot.errors",
        "bot.group_care",
        "bot.group_making",
        "bot.operator_channel",
        "bot.in_words",
        "bot.judgement",
        "bot.parcels",
        "bot.transport",
    ),
    "bot.judgement": ("bot.attempts", "bot.domain", "bot.parcels", "bot.transport"),
    "bot.group_care": (
        "bot.clock",
        "bot.errors",
        "bot.group_making",
        "bot.log",
        "bot.transport",
        "bot.use_cases",
        "bot.wanted_groups",
        "storage.records",
        "storage.unit_of_work",
    ),
    "bot.fellow_bots": ("bot.errors", "bot.log", "storage"),
    "bot.group_making": ("bot.domain", "bot.parcels", "bot.transport", "bot.wanted_groups", "storage.unit_of_work"),
    "bot.inbox": ("bot.clock", "bot.errors", "bot.log", "bot.transport", "bot.use_cases", "storage"),
    "bot.lanes": (),
    "bot.outbox": (
        "bot.attempts",
        "bot.clock",
        "bot.clock_watch",
        "bot.delivery",
        "bot.domain",
        "bot.errors",
        "bot.log",
        "bot.operator_news",
        "bot.parcels",
        "bot.settling",
        "bot.side_tasks",
        "bot.signal_watch",
        "bot.transport",
        "bot.use_cases",
        "storage",
    ),
    "bot.operator_channel": (),
    "bot.operator_news": ("bot.clock", "bot.errors", "bot.log", "bot.use_cases", "storage.unit_of_work"),
    "bot.in_words": ("bot.parcels", "bot.texts"),
    "bot.parcels": ("bot.domain", "bot.errors", "bot.texts", "bot.wanted_groups", "storage"),
    "bot.wanted_groups": ("bot.domain", "bot.texts", "storage"),
    "bot.phone_watch": (
        "bot.clock",
        "bot.domain",
        "bot.errors",
        "bot.log",
        "bot.transport",
        "bot.use_cases",
        "storage.unit_of_work",
    ),
    "bot.profile": ("bot.log", "bot.transport"),
    "bot.settling": (),
    "bot.side_tasks": (),
    "bot.signal_watch": ("bot.log", "bot.settling", "bot.transport"),
    "bot.supervision": ("bot.log",),
    "bot.upkeep": ("bot.clock", "bot.domain", "bot.errors", "bot.log", "bot.use_cases", "storage"),
    "bot.word_turns": (),
    "bot.words_desk": ("bot.word_turns", "storage.words"),
    # putting it together
    "bot.settings": (
        "bot.domain.timing",
        "bot.errors",
        "bot.operator_channel",
        "bot.transport.endpoints",
        "handlers.door",
    ),
    "bot.opening": ("bot.clock", "bot.errors", "bot.fellow_bots", "bot.ids", "bot.settings", "storage"),
    "bot.qr_codes": ("bot.errors",),
    "bot.key_rotation": ("bot.clock", "bot.errors", "bot.ids", "bot.opening", "bot.settings", "storage"),
    "bot.app": ("bot", "handlers", "scheduler", "storage"),
    "bot.running": ("bot", "storage"),
    "bot.practice": (
        "bot.app",
        "bot.attachments",
        "bot.clock",
        "bot.domain",
        "bot.errors",
        "bot.fellow_bots",
        "bot.ids",
        "bot.log",
        "bot.qr_codes",
        "bot.settings",
        "bot.texts",
        "bot.transport.child",
        "bot.transport.connection",
        "bot.transport.timings",
        "storage",
    ),
    "bot.simulation": (
        "bot.attachments",
        "bot.domain.timing",
        "bot.errors",
        "bot.ids",
        "bot.log",
        "bot.practice",
        "bot.settings",
        "bot.transport.connection",
        "scheduler.clock_seam",
        "storage.records",
        "storage.sealing",
        "storage.servers",
        "storage.single_process",
        "storage.unit_of_work",
    ),
    "bot.simulation.oracle": ("bot.simulation.chronicle",),
    "bot.cli": (
        "bot.errors",
        "bot.key_rotation",
        "bot.practice",
        "bot.qr_codes",
        "bot.running",
        "bot.settings",
        "bot.simulation",
    ),
    "bot.__main__": ("bot.cli",),
    # beside the product: it reads and breaks it, and imports nothing of it
    "mutants": (),
}
"""Each room, and what it may import besides itself and the standard library."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "alembic": ("storage",),
    "apprise": ("bot.operator_channel",),
    "apscheduler": ("scheduler",),
    "argon2": ("storage.words",),
    "cryptography": ("storage.sealing",),
    "psycopg": ("storage",),
    "pydantic": ("bot.settings",),
    "pydantic_settings": ("bot.settings",),
    "rich": ("bot.cli", "bot.practice", "bot.simulation.telling", "mutants"),
    "segno": ("bot.qr_codes",),
    "signalbot": ("bot.transport.signalbot_seam", "handlers.entrance"),
    "sqlalchemy": ("storage",),
    "textual": ("bot.practice",),
    "typer": ("bot.cli",),
}
"""Each foreign package, and where alone it may be imported."""

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
