"""What every test may use, and how `make test` shares the tests out between two processes."""

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.lab.fixtures"]

settings.register_profile("no test is timed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no test is timed")

WAIT_FOR_OTHER_PROGRAMS = ("tests/contract/", "tests/end_to_end/", "tests/lab/", "tests/processes/")


class SharedOut(LoadScopeScheduling):
    """One process takes all tests that wait for other programs, and begins with them; the other one computes meanwhile.

    Two labs side by side would only slow each other down. Every test runs alone, too, and in any order.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Which tests stay together: those whose answers are the same."""
        return "wait for other programs" if nodeid.startswith(WAIT_FOR_OTHER_PROGRAMS) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharedOut:
    """How pytest-xdist learns of it."""
    return SharedOut(config, log)
