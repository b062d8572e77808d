"""What every test may use, and how `make test` shares them out between two processes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.lab.fixtures"]

settings.register_profile("no test is timed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no test is timed")

TESTS = Path(__file__).parent
WAIT_FOR_OTHER_PROGRAMS = frozenset({"contract", "end_to_end", "lab", "processes"})
"""One of the two processes takes all of these, for most of their time is waiting; the other one computes meanwhile.
Two labs side by side would only slow each other down."""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only the sharing out: every test runs alone, too, and in any order."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in WAIT_FOR_OTHER_PROGRAMS:
            item.add_marker(pytest.mark.xdist_group("waits for other programs"))
