"""A copy of the project in which one thing at a time may be broken; the project itself is never touched."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import cache_from_source
from pathlib import Path

from mutants.mutant import Mutant

NEEDED = ("bot", "handlers", "scheduler", "storage", "tests", "pyproject.toml")


def copy_project(project: Path, to: Path) -> None:
    """Copy what git knows of what the tests need, as it lies in the working folder."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *NEEDED],
        cwd=project,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (project / name).is_file():  # one that is deleted, but not yet committed, is still listed
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project / name, to / name)


@contextmanager
def broken(root: Path, mutant: Mutant) -> Iterator[None]:
    """While open, the copy below `root` is broken in this way. Raises `DoesNotApply`."""
    path = root / mutant.file
    whole = path.read_text(encoding="utf-8")
    _write(path, mutant.applied_in(root))
    try:
        yield
    finally:
        _write(path, whole)


def _write(path: Path, source: str) -> None:
    """Python takes a compiled file for fresh by second and size: two writes may be too close and too alike for it."""
    path.write_text(source, encoding="utf-8")
    Path(cache_from_source(str(path))).unlink(missing_ok=True)
